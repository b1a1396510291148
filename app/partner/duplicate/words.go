package duplicate

import "kompetansepilot/app/lang"

// Level is the confidence as a word.
func (p *Pair) Level(words *lang.Printer) string {
	switch {
	case p.Confidence >= Sure:
		return words.T("duplicate.level.sure")
	case p.Confidence >= Likely:
		return words.T("duplicate.level.likely")
	}
	return words.T("duplicate.level.possible")
}

// Sentences are the reasons in words.
func (p *Pair) Sentences(words *lang.Printer) []string {
	all := make([]string, len(p.Reasons))
	for i, r := range p.Reasons {
		all[i] = r.sentence(words)
	}
	return all
}

func (r Reason) sentence(words *lang.Printer) string {
	switch r.What {
	case SameNumber:
		return words.T("duplicate.reason.number")
	case LikeNumber:
		return words.T("duplicate.reason.slip")
	case SameName:
		return words.T("duplicate.reason.name")
	case LikeName:
		return words.T("duplicate.reason.like")
	case PartName:
		return words.T("duplicate.reason.part")
	case SamePlace:
		return words.T("duplicate.reason.place", "Place", r.Value)
	case SameEmail:
		return words.T("duplicate.reason.email", "Email", r.Value)
	case SamePhone:
		return words.T("duplicate.reason.phone", "Phone", r.Value)
	}
	return words.T("duplicate.reason.site", "Site", r.Value)
}
