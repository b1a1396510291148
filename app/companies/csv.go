package companies

import (
	"bytes"
	"strings"
)

// csvForm reads the bulk file's comma-separated form: its columns are found by
// their names, whose case differs from the JSON's.
type csvForm struct {
	comma byte
	set   []func(*raw, piece) // by column; nil for those not used
}

func set(part func(*raw) *piece) func(*raw, piece) {
	return func(r *raw, p piece) { *part(r) = p }
}

func setFlag(part func(*raw) *flag) func(*raw, piece) {
	return func(r *raw, p piece) { *part(r) = p.truth() }
}

// setAddress fills one part of an address, which is there once a part is.
func setAddress(of func(*raw) *address, part func(*address) *piece) func(*raw, piece) {
	return func(r *raw, p piece) {
		a := of(r)
		*part(a) = p
		a.there = a.there || len(p.b) > 0
	}
}

// csvColumns are the columns that are used, by their names in lower case.
func csvColumns() map[string]func(*raw, piece) {
	all := map[string]func(*raw, piece){
		"organisasjonsnummer":               set(func(r *raw) *piece { return &r.number }),
		"navn":                              set(func(r *raw) *piece { return &r.name }),
		"organisasjonsform.kode":            set(func(r *raw) *piece { return &r.form }),
		"naeringskode1.kode":                set(func(r *raw) *piece { return &r.industry }),
		"naeringskode1.beskrivelse":         set(func(r *raw) *piece { return &r.industryName }),
		"antallansatte":                     set(func(r *raw) *piece { return &r.employees }),
		"harregistrertantallansatte":        setFlag(func(r *raw) *flag { return &r.hasEmployees }),
		"overordnetenhet":                   set(func(r *raw) *piece { return &r.parent }),
		"respons_klasse":                    set(func(r *raw) *piece { return &r.class }),
		"hjemmeside":                        set(func(r *raw) *piece { return &r.website }),
		"epostadresse":                      set(func(r *raw) *piece { return &r.email }),
		"telefon":                           set(func(r *raw) *piece { return &r.phone }),
		"mobil":                             set(func(r *raw) *piece { return &r.mobile }),
		"maalform":                          set(func(r *raw) *piece { return &r.norm }),
		"registreringsdatoenhetsregisteret": set(func(r *raw) *piece { return &r.registered }),
		"stiftelsesdato":                    set(func(r *raw) *piece { return &r.founded }),
		"oppstartsdato":                     set(func(r *raw) *piece { return &r.started }),
		"slettedato":                        set(func(r *raw) *piece { return &r.deleted }),
		"nedleggelsesdato":                  set(func(r *raw) *piece { return &r.closed }),
		"konkurs":                           setFlag(func(r *raw) *flag { return &r.bankrupt }),
		"konkursdato":                       set(func(r *raw) *piece { return &r.bankruptOn }),
		"underavvikling":                    setFlag(func(r *raw) *flag { return &r.dissolving }),
		"undertvangsavviklingellertvangsopplosning": setFlag(func(r *raw) *flag { return &r.forced }),
	}
	for name, of := range map[string]func(*raw) *address{
		"forretningsadresse":  func(r *raw) *address { return &r.business },
		"beliggenhetsadresse": func(r *raw) *address { return &r.location },
		"postadresse":         func(r *raw) *address { return &r.postal },
	} {
		all[name+".kommunenummer"] = setAddress(of, func(a *address) *piece { return &a.number })
		all[name+".adresse"] = setAddress(of, func(a *address) *piece { return &a.street })
		all[name+".postnummer"] = setAddress(of, func(a *address) *piece { return &a.postCode })
		all[name+".poststed"] = setAddress(of, func(a *address) *piece { return &a.postPlace })
	}
	return all
}

// head reads the line of names. It gives errShort when the line is not whole.
func (f *csvForm) head(b []byte, atEnd bool) (used int, err error) {
	line := b
	if n := bytes.IndexByte(b, '\n'); n >= 0 {
		line = b[:n]
	} else if !atEnd {
		return 0, errShort
	}
	f.comma = ','
	for _, c := range []byte{';', '\t'} {
		if bytes.Count(line, []byte{c}) > bytes.Count(line, []byte{f.comma}) {
			f.comma = c
		}
	}
	columns := csvColumns()
	f.set = nil
	found := map[string]bool{}
	used, err = f.cells(b, atEnd, func(_ int, p piece) {
		name := strings.ToLower(p.text())
		f.set = append(f.set, columns[name])
		found[name] = true
	})
	if err == nil && !(found["organisasjonsnummer"] && found["navn"]) {
		return 0, errSyntax
	}
	return used, err
}

// row reads a row into r.
func (f *csvForm) row(b []byte, atEnd bool, r *raw) (used int, err error) {
	*r = raw{}
	return f.cells(b, atEnd, func(i int, p piece) {
		if i < len(f.set) && f.set[i] != nil {
			f.set[i](r, p)
		}
	})
}

// cells reads the cells of one row, whose quoted ones may hold line breaks. A row
// that the bytes do not end gives errShort unless they are the last.
func (f *csvForm) cells(b []byte, atEnd bool, each func(i int, p piece)) (used int, err error) {
	at := 0
	for i := 0; ; i++ {
		p := piece{kind: csvCell}
		if at < len(b) && b[at] == '"' {
			end := closingQuote(b, at+1)
			if end < 0 || end+1 == len(b) && !atEnd {
				return 0, errShort
			}
			p = piece{b[at+1 : end], csvQuoted}
			at = end + 1
		}
		from := at // behind a closing quote nothing should stand; it is left out
		for at < len(b) && b[at] != f.comma && b[at] != '\n' {
			at++
		}
		if at == len(b) && !atEnd {
			return 0, errShort
		}
		if p.kind == csvCell {
			p.b = bytes.TrimSuffix(b[from:at], []byte{'\r'})
		}
		each(i, p)
		switch {
		case at == len(b):
			return at, nil
		case b[at] == '\n':
			return at + 1, nil
		}
		at++
	}
}

// closingQuote is where the quote stands that ends a cell, or -1.
func closingQuote(b []byte, at int) int {
	for {
		n := bytes.IndexByte(b[at:], '"')
		if n < 0 {
			return -1
		}
		at += n
		if at+1 >= len(b) || b[at+1] != '"' {
			return at
		}
		at += 2
	}
}
