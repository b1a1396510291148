package exchange

import (
	"io"
	"strings"
	"unicode/utf8"

	"kompetansepilot/app/exchange/table"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/partner"
	"kompetansepilot/data"
)

// exportPage is how many organisations are read at a time.
const exportPage = 2000

// Export writes all organisations of a kind, Partners or Providers, to a file of
// the format that its name asks for, sorted by name, and tells how many they
// were.
func (s *Service) Export(path string, kind Kind, words *lang.Printer) (int, error) {
	format, err := FormatOf(path)
	if err != nil {
		return 0, err
	}
	n := 0
	each := func(yield func(*data.Organisation) error) error {
		return s.each(partner.Query{Kind: kind.Organisation(), Sort: []partner.Sort{{Column: partner.ColumnName}}}, func(o *data.Organisation) error {
			n++
			return yield(o)
		})
	}
	if format == table.VCard {
		err := s.WriteCards(path, each)
		return n, err
	}
	fields := kind.Fields()
	header := make([]string, len(fields))
	for i, f := range fields {
		header[i] = f.Label(words)
	}
	err = WriteTable(path, header, func(yield func([]string) error) error {
		return each(func(o *data.Organisation) error { return yield(Cells(words, s.places, fields, o)) })
	})
	return n, err
}

// each gives the organisations of a query one after the other.
func (s *Service) each(q partner.Query, yield func(*data.Organisation) error) error {
	register := partner.NewRegister(s.store, s.places)
	ids, err := register.IDs(q)
	if err != nil {
		return err
	}
	for from := 0; from < len(ids); from += exportPage {
		rows, err := data.OrganisationsByID(s.store, ids[from:min(from+exportPage, len(ids))])
		if err != nil {
			return err
		}
		for i := range rows {
			if err := yield(&rows[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// Each gives the organisations that a list shows, in its order.
func (s *Service) Each(q partner.Query, yield func(*data.Organisation) error) error {
	return s.each(q, yield)
}

// WriteCards writes organisations as contact cards of version 3.0, which Outlook
// reads too.
func (s *Service) WriteCards(path string, each func(yield func(*data.Organisation) error) error) error {
	return Replace(path, func(w io.Writer) error {
		return each(func(o *data.Organisation) error {
			_, err := io.WriteString(w, s.card(o))
			return err
		})
	})
}

func (s *Service) card(o *data.Organisation) string {
	var b strings.Builder
	line := func(name, value string) {
		if value != "" {
			fold(&b, name+":"+value)
		}
	}
	name := first(o.Contact, o.Name, o.OrgNumber)
	line("BEGIN", "VCARD")
	line("VERSION", "3.0")
	if o.Contact != "" {
		words := strings.Fields(o.Contact)
		line("N", escaped(words[len(words)-1])+";"+escaped(strings.Join(words[:len(words)-1], " "))+";;;")
	} else {
		fold(&b, "N:"+escaped(name)+";;;;")
	}
	fold(&b, "FN:"+escaped(name))
	line("ORG", escaped(o.Name))
	line("EMAIL;TYPE=INTERNET,WORK", escaped(o.Email))
	line("TEL;TYPE=WORK,VOICE", escaped(o.Phone))
	line("URL", escaped(o.Website))
	if p, ok := s.places.Resolve(o.Municipality); ok {
		line("ADR;TYPE=WORK", ";;;"+escaped(p.UniqueName)+";;;")
	}
	var tags []string
	for _, t := range partner.Tags(o.Tags) {
		tags = append(tags, escaped(t))
	}
	line("CATEGORIES", strings.Join(tags, ","))
	line("NOTE", escaped(o.Note))
	line(table.CardNumber, o.OrgNumber)
	line("UID", "urn:uuid:"+o.ID)
	line("END", "VCARD")
	return b.String()
}

// escaped is a text as a card writes it.
func escaped(s string) string {
	return strings.NewReplacer(`\`, `\\`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`, ",", `\,`, ";", `\;`).Replace(s)
}

// fold breaks a line of a card after 75 bytes, between characters.
func fold(b *strings.Builder, line string) {
	for most := 75; len(line) > most; most = 74 {
		cut := most
		for !utf8.RuneStart(line[cut]) {
			cut--
		}
		b.WriteString(line[:cut])
		b.WriteString("\r\n ")
		line = line[cut:]
	}
	b.WriteString(line)
	b.WriteString("\r\n")
}
