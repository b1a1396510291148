package need

import (
	"fmt"
	"io"
	"strings"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// Bounds of what a person can mean; what lies outside is left out with a notice.
const (
	maxPeople = 10_000
	maxReach  = 3_000 // kilometres
)

// Notice is what was odd in a row of a list, and what was done about it.
type Notice struct {
	Row  int    // line of the file, 2 is the first after the header
	Need string // id
	Kind string // one of the Notice constants
	Text string // what stood there
}

// Kinds of notices.
const (
	NoticeEmpty       = "empty"       // no text
	NoticePlace       = "place"       // a municipality that is not known
	NoticeFormerPlace = "formerPlace" // an old number, taken as today's
	NoticeNumber      = "number"      // a count that cannot be
	NoticeMonth       = "month"       // no such month
	NoticeLevel       = "level"       // no such level
	NoticeForm        = "form"        // no such form
	NoticeLong        = "long"        // only the beginning is matched
	NoticeTwice       = "twice"       // the id stands twice
	NoticeNoWords     = "noWords"     // only digits or signs
	NoticeEmployees   = "employees"   // many more people than employees
)

// Sentence says what was odd, and what was done.
func (n *Notice) Sentence(words *lang.Printer) string {
	switch n.Kind {
	case NoticeEmpty:
		return words.T("need.notice.empty")
	case NoticePlace:
		return words.T("need.notice.place", "Text", n.Text)
	case NoticeFormerPlace:
		return words.T("need.notice.formerPlace", "Text", n.Text)
	case NoticeNumber:
		return words.T("need.notice.number", "Text", n.Text)
	case NoticeMonth:
		return words.T("need.notice.month", "Text", n.Text)
	case NoticeLevel:
		return words.T("need.notice.level", "Text", n.Text)
	case NoticeForm:
		return words.T("need.notice.form", "Text", n.Text)
	case NoticeLong:
		return words.T("need.notice.long", "Most", n.Text)
	case NoticeTwice:
		return words.T("need.notice.twice", "Text", n.Text)
	case NoticeNoWords:
		return words.T("need.notice.noWords")
	case NoticeOrgNumber:
		return words.T("need.notice.orgNumber", "Text", n.Text)
	}
	return words.T("need.notice.employees", "People", n.Text)
}

// Read are the needs of a list.
type Read struct {
	Needs   []data.Need
	Notices []Notice
}

// ReadNeeds reads needs from CSV with the columns id, business_industry,
// municipality, kommunenr, employees, text, people, level_wanted, form_wanted,
// max_travel_km, from_month, to_month and norm; and where they are there
// organisation, own_words, credits, urgency, shareable and interview. Only text
// must be there. The error has CodeFile when it is not such a file.
func ReadNeeds(r io.Reader, places *reference.Tables) (*Read, error) {
	table, err := readTable(r, "text")
	if err != nil {
		return nil, err
	}
	read := &Read{}
	seen := map[string]bool{}
	for i, row := range table.rows {
		get := func(column string) string { return table.cell(row, column) }
		n := data.Need{Row: data.Row{ID: get("id")}, Industry: get("business_industry"), Text: get("text"), OwnWords: get("own_words"),
			Organisation: get("organisation"), Norm: strings.ToLower(get("norm")), Level: strings.ToLower(get("level_wanted")), Form: strings.ToLower(get("form_wanted")),
			Credits: hundredths(get("credits")), Urgency: get("urgency"), Interview: get("interview")}
		n.Shareable = get("shareable") == "1" || strings.EqualFold(get("shareable"), "ja") || strings.EqualFold(get("shareable"), "true")
		note := func(kind, text string) {
			read.Notices = append(read.Notices, Notice{i + 2, n.ID, kind, text})
		}
		if n.ID != "" && seen[n.ID] {
			note(NoticeTwice, n.ID)
			continue
		}
		seen[n.ID] = true
		n.Employees = count(get("employees"), 1_000_000, note)
		n.People = count(get("people"), maxPeople, note)
		n.Reach = count(get("max_travel_km"), maxReach, note)
		n.FromMonth = count(get("from_month"), 0, note)
		n.ToMonth = count(get("to_month"), 0, note)
		n.Municipality = get("kommunenr")
		if n.Municipality == "" {
			n.Municipality = numberOf(get("municipality"), places)
		}
		for _, f := range Tidy(&n, places) {
			note(f.Kind, f.Text)
		}
		read.Needs = append(read.Needs, n)
	}
	return read, nil
}

// count reads a number that is not negative; most 0 sets no bound.
func count(text string, most int64, note func(kind, text string)) int64 {
	if text == "" {
		return 0
	}
	n, ok := number(text)
	if !ok || n < 0 || most > 0 && n > most {
		note(NoticeNumber, text)
		return 0
	}
	return n
}

// numberOf is the number of the municipality of a name, or the name itself.
func numberOf(name string, places *reference.Tables) string {
	found := ""
	for _, m := range places.Municipalities() {
		if strings.EqualFold(m.Name, name) || strings.EqualFold(m.UniqueName, name) || m.SamiName != "" && strings.EqualFold(m.SamiName, name) {
			if found != "" {
				return name
			}
			found = m.Number
		}
	}
	if found == "" {
		return name
	}
	return found
}

// Tidy puts a need in order for keeping, and tells what was odd: numbers of
// former municipalities become today's, months that do not exist go, unknown
// levels and forms become [Any].
func Tidy(n *data.Need, places *reference.Tables) []Notice {
	var all []Notice
	note := func(kind, text string) { all = append(all, Notice{Need: n.ID, Kind: kind, Text: text}) }
	n.Text = strings.TrimSpace(strings.ToValidUTF8(n.Text, "\uFFFD"))
	words := split(n.Text + " " + n.OwnWords)
	switch {
	case n.Text == "" && n.OwnWords == "":
		note(NoticeEmpty, "")
	case !hasWord(words):
		note(NoticeNoWords, n.Text)
	case len([]rune(n.Text)) > maxText:
		note(NoticeLong, fmt.Sprint(maxText))
	}
	if n.Municipality != "" {
		if len(n.Municipality) == 3 && strings.Trim(n.Municipality, "0123456789") == "" { // a sheet dropped the zero
			n.Municipality = "0" + n.Municipality
		}
		r, ok := places.Resolve(n.Municipality)
		switch {
		case !ok:
			note(NoticePlace, n.Municipality)
		case r.Change != "":
			note(NoticeFormerPlace, n.Municipality)
			n.Municipality = r.Number
		}
	}
	for _, m := range []*int64{&n.FromMonth, &n.ToMonth} {
		if *m < 0 || *m > 12 {
			note(NoticeMonth, fmt.Sprint(*m))
			*m = 0
		}
	}
	if n.FromMonth == 0 {
		n.FromMonth = n.ToMonth
	} else if n.ToMonth == 0 {
		n.ToMonth = n.FromMonth
	}
	for _, c := range []struct {
		value *int64
		most  int64
	}{{&n.People, maxPeople}, {&n.Reach, maxReach}, {&n.Employees, 1_000_000}} {
		if *c.value < 0 || *c.value > c.most {
			note(NoticeNumber, fmt.Sprint(*c.value))
			*c.value = 0
		}
	}
	if n.Employees > 0 && n.People > 3*n.Employees {
		note(NoticeEmployees, fmt.Sprint(n.People))
	}
	if _, ok := levelRank[n.Level]; !ok && n.Level != Any {
		if n.Level != "" {
			note(NoticeLevel, n.Level)
		}
		n.Level = Any
	}
	switch n.Form {
	case FormOnline, FormBlended, FormGather, FormOnSite, Any:
	default:
		if n.Form != "" {
			note(NoticeForm, n.Form)
		}
		n.Form = Any
	}
	return all
}

// hasWord tells whether there is a word of letters.
func hasWord(words []word) bool {
	for _, w := range words {
		if len([]rune(w.raw)) > 1 && strings.ContainsAny(w.raw, "aeiouyæøå") {
			return true
		}
	}
	return false
}
