package portal

import (
	"net/url"
	"strings"

	"kompetansepilot/app/grant"
)

// Parse reads a portal from the bytes of its file. With any faults there is no
// portal.
func Parse(raw []byte) (*Portal, []grant.CallError) {
	p := &Portal{}
	file, faults := grant.ReadJSON(raw, p)
	if file == nil {
		return nil, faults
	}
	v := &validator{p: p, file: file, faults: faults}
	v.validate()
	if len(v.faults) > 0 {
		return nil, v.faults
	}
	return p, nil
}

type validator struct {
	p      *Portal
	file   *grant.JSONFile
	faults []grant.CallError
}

func (v *validator) add(path, format string, args ...any) {
	v.faults = append(v.faults, v.file.Fault(path, format, args...))
}

func (v *validator) validate() {
	p := v.p
	if p.ID == "" {
		v.add("id", "Portalen mangler «id».")
	}
	if strings.Trim(p.ID, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		v.add("id", "«id» kan bare ha små bokstaver a–z, tall og bindestrek, ikke «%s».", p.ID)
	}
	if p.Name == "" {
		v.add("name", "Portalen mangler «name».")
	}
	if len(p.Systems) == 0 {
		v.add("systems", "Portalen mangler «systems»: navnene som utlysningene bruker på den.")
	}
	if u, err := url.Parse(p.URL); p.URL != "" && (err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "") {
		v.add("url", "«%s» er ikke en nettadresse. Den må begynne med https://.", p.URL)
	}
	if c := p.Text.Counting; c.Unit != "" && c.Unit != "utf16" && c.Unit != "character" {
		v.add("text.counting.unit", "Tegn kan telles som «utf16» eller «character», ikke «%s».", c.Unit)
	}
	if n := p.Text.Counting.LineBreak; n < 0 || n > 2 {
		v.add("text.counting.lineBreak", "Et linjeskift kan telle som 1 eller 2 tegn, ikke %d.", n)
	}
	switch p.Text.LineBreak {
	case "":
		p.Text.LineBreak = "\n"
	case "\n", "\r\n":
	default:
		v.add("text.lineBreak", "Linjeskift må være \\n eller \\r\\n.")
	}
	if f := p.Budget.RowFormat; f != "" && !strings.Contains(f, "Title") {
		v.add("budget.rowFormat", "Radens form «%s» må inneholde «Title», der navnet på raden skal stå.", f)
	}
	v.tabs()
	v.files()
}

func (v *validator) tabs() {
	if len(v.p.Tabs) == 0 {
		v.add("tabs", "Portalen har ingen faner («tabs»).")
	}
	tabs, fields, sections := map[string]bool{}, map[string]bool{}, map[string]bool{}
	once := func(seen map[string]bool, id, path, what string) {
		switch {
		case id == "":
			v.add(path, "%s mangler «id».", what)
		case seen[id]:
			v.add(path+".id", "%s har samme «id» som en annen: «%s».", what, id)
		}
		seen[id] = true
	}
	for i, tab := range v.p.Tabs {
		path := index("tabs", i)
		once(tabs, tab.ID, path, "Fanen")
		if tab.Label == "" {
			v.add(path+".label", "Fanen «%s» mangler navn («label»).", tab.ID)
		}
		if tab.Section != "" && sections[tab.Section] {
			v.add(path+".section", "To faner tar resten av feltene i delen «%s».", tab.Section)
		}
		sections[tab.Section] = true
		for j, f := range tab.Fields {
			path := index(path+".fields", j)
			once(fields, f.ID, path, "Feltet")
			if f.Label == "" {
				v.add(path+".label", "Feltet «%s» mangler navn («label»).", f.ID)
			}
			if f.MaxLength < 0 {
				v.add(path+".maxLength", "Lengden i feltet «%s» kan ikke være mindre enn null.", f.ID)
			}
		}
	}
}

func (v *validator) files() {
	f := &v.p.Files
	if f.Max != nil && *f.Max < 0 {
		v.add("attachments.max", "Antallet vedlegg kan ikke være mindre enn null.")
	}
	if f.MaxBytes != nil && *f.MaxBytes <= 0 {
		v.add("attachments.maxBytes", "Største fil må være over null. Skriv null (uten hermetegn) når grensen ikke er kjent.")
	}
	if f.MaxNameLength != nil && *f.MaxNameLength < shortestName {
		v.add("attachments.maxNameLength", "Filnavn må kunne ha minst %d tegn.", shortestName)
	}
	for i, t := range f.Types {
		if !strings.HasPrefix(t, ".") || t != strings.ToLower(t) {
			v.add(index("attachments.types", i), "Filtypen «%s» må skrives som «.pdf»: punktum og små bokstaver.", t)
		}
	}
}
