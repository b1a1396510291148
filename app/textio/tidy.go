package textio

import (
	"kompetansepilot/app/grant"
	"kompetansepilot/app/typography"
)

// Tidy tells what setting the signs right would change in an application's
// texts, field by field: only fields that change are in the plan. It writes
// nothing. Labels are in the language of s.Words.
func Tidy(s Source) *Plan {
	p := &Plan{Application: s.Draft.Application.ID, Changes: []Change{}}
	for i := range s.Call.Form.Sections {
		for j := range s.Call.Form.Sections[i].Fields {
			if c, changes := s.tidy(&s.Call.Form.Sections[i].Fields[j]); changes {
				p.Changes = append(p.Changes, c)
			}
		}
	}
	return p
}

func (s Source) tidy(f *grant.Field) (Change, bool) {
	old := s.Draft.Application.Answers[f.ID]
	now := typography.Mend(old)
	if !f.Prose() || now == old {
		return Change{}, false
	}
	c := Change{Field: f.ID, Label: f.Label.In(s.Words.Code()), Status: Changed, Limit: f.MaxLength, Old: old, New: now, Diff: diff(old, now)}
	s.count(&c)
	return c, true
}
