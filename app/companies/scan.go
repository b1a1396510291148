package companies

import (
	"bytes"
	"errors"
	"fmt"
)

// errShort is what a scanner gives when the bytes end inside a unit: more of
// them may help.
var errShort = errors.New("the text ends inside a unit")

// errSyntax is for bytes that no more bytes can mend.
var errSyntax = errors.New("not the form of a unit")

// maxDepth is how deep a unit may be nested.
const maxDepth = 64

// raw are the parts of a unit that the program uses, as they stand in the bytes
// that were read. They live until those bytes are moved.
type raw struct {
	number, name, form, parent, class piece
	industry, industryName            piece
	employees                         piece // digits, or what stands in their place
	hasEmployees                      flag
	website, email, phone, mobile     piece
	norm                              piece
	registered, founded, started      piece
	deleted, closed                   piece
	bankruptOn                        piece
	bankrupt, dissolving, forced      flag
	business, location, postal        address
}

type address struct {
	there                               bool
	street, postCode, postPlace, number piece
}

// piece is a text between quotes, or a number. json tells how it is written.
type piece struct {
	b    []byte
	kind pieceKind
}

type pieceKind byte

const (
	absent     pieceKind = iota
	jsonString           // what stands between the quotes
	jsonOther            // a number, a literal, an array or an object, whole
	csvCell              // a cell, with "" for a quote when it was quoted
	csvQuoted
)

// flag is true, false or not said.
type flag byte

const (
	unsaid flag = iota
	no
	yes
)

// scanner reads JSON in the known shape of a unit, without building anything. It
// is lenient where nothing depends on it: it does not check what it skips.
type scanner struct {
	b []byte
	i int
}

func (s *scanner) fail(what string) error { return fmt.Errorf("%w: %s at %d", errSyntax, what, s.i) }

// space skips white space and gives the byte after it.
func (s *scanner) space() (byte, error) {
	for s.i < len(s.b) {
		switch c := s.b[s.i]; c {
		case ' ', '\n', '\r', '\t':
			s.i++
		default:
			return c, nil
		}
	}
	return 0, errShort
}

// quoted reads a string from its first quote and gives what is between them.
func (s *scanner) quoted() ([]byte, error) {
	from := s.i + 1
	for at := from; ; {
		n := bytes.IndexByte(s.b[min(at, len(s.b)):], '"')
		if n < 0 {
			return nil, errShort
		}
		end := at + n
		back := end
		for back > from && s.b[back-1] == '\\' {
			back--
		}
		if (end-back)%2 == 0 {
			s.i = end + 1
			return s.b[from:end], nil
		}
		at = end + 1
	}
}

// member goes to the next member of an object: its key, with the scanner at its
// value. more is false at the object's end.
func (s *scanner) member(first bool) (key []byte, more bool, err error) {
	c, err := s.space()
	if err != nil {
		return nil, false, err
	}
	switch {
	case c == '}':
		s.i++
		return nil, false, nil
	case !first && c == ',':
		s.i++
		if c, err = s.space(); err != nil {
			return nil, false, err
		}
	case !first:
		return nil, false, s.fail("no comma")
	}
	if c != '"' {
		return nil, false, s.fail("no name")
	}
	if key, err = s.quoted(); err != nil {
		return nil, false, err
	}
	if bytes.IndexByte(key, '\\') >= 0 {
		key = []byte(piece{key, jsonString}.String())
	}
	if c, err = s.space(); err != nil {
		return nil, false, err
	}
	if c != ':' {
		return nil, false, s.fail("no colon")
	}
	s.i++
	_, err = s.space()
	return key, true, err
}

// value reads any value into p.
func (s *scanner) value(p *piece) error {
	if s.b[s.i] == '"' {
		text, err := s.quoted()
		*p = piece{text, jsonString}
		return err
	}
	from := s.i
	err := s.skip()
	*p = piece{s.b[from:s.i], jsonOther}
	return err
}

// truth reads a value into f, which says nothing when it is no boolean.
func (s *scanner) truth(f *flag) error {
	var p piece
	if err := s.value(&p); err != nil {
		return err
	}
	*f = p.truth()
	return nil
}

// skip goes past any value.
func (s *scanner) skip() error {
	switch s.b[s.i] {
	case '"':
		_, err := s.quoted()
		return err
	case '{', '[':
		return s.skipNested()
	}
	for from := s.i; s.i < len(s.b); s.i++ {
		switch s.b[s.i] {
		case ',', '}', ']', ' ', '\n', '\r', '\t':
			if s.i == from {
				return s.fail("no value")
			}
			return nil
		case '"', '{', '[', ':':
			return s.fail("no value")
		}
	}
	return errShort
}

func (s *scanner) skipNested() error {
	depth := 0
	for s.i < len(s.b) {
		switch s.b[s.i] {
		case '"':
			if _, err := s.quoted(); err != nil {
				return err
			}
			continue
		case '{', '[':
			if depth++; depth > maxDepth {
				return s.fail("too deep")
			}
		case '}', ']':
			if depth--; depth == 0 {
				s.i++
				return nil
			}
		}
		s.i++
	}
	return errShort
}

// unit reads a unit from its brace on.
func (s *scanner) unit(r *raw) error {
	*r = raw{}
	s.i++
	for first := true; ; first = false {
		key, more, err := s.member(first)
		if err != nil || !more {
			return err
		}
		switch string(key) {
		case "organisasjonsnummer":
			err = s.value(&r.number)
		case "navn":
			err = s.value(&r.name)
		case "organisasjonsform":
			err = s.coded(&r.form, nil)
		case "naeringskode1":
			err = s.coded(&r.industry, &r.industryName)
		case "forretningsadresse":
			err = s.address(&r.business)
		case "beliggenhetsadresse":
			err = s.address(&r.location)
		case "postadresse":
			err = s.address(&r.postal)
		case "antallAnsatte":
			err = s.value(&r.employees)
		case "harRegistrertAntallAnsatte":
			err = s.truth(&r.hasEmployees)
		case "overordnetEnhet":
			err = s.value(&r.parent)
		case "respons_klasse":
			err = s.value(&r.class)
		case "hjemmeside":
			err = s.value(&r.website)
		case "epostadresse":
			err = s.value(&r.email)
		case "telefon":
			err = s.value(&r.phone)
		case "mobil":
			err = s.value(&r.mobile)
		case "maalform":
			err = s.value(&r.norm)
		case "registreringsdatoEnhetsregisteret", "registreringsdatoIEnhetsregisteret":
			err = s.value(&r.registered)
		case "stiftelsesdato", "stiftelsedato":
			err = s.value(&r.founded)
		case "oppstartsdato":
			err = s.value(&r.started)
		case "slettedato":
			err = s.value(&r.deleted)
		case "nedleggelsesdato":
			err = s.value(&r.closed)
		case "konkurs":
			err = s.truth(&r.bankrupt)
		case "konkursdato":
			err = s.value(&r.bankruptOn)
		case "underAvvikling":
			err = s.truth(&r.dissolving)
		case "underTvangsavviklingEllerTvangsopplosning":
			err = s.truth(&r.forced)
		default:
			err = s.skip()
		}
		if err != nil {
			return err
		}
	}
}

// coded reads an object of "kode" and "beskrivelse".
func (s *scanner) coded(code, name *piece) error {
	*code = piece{}
	if name != nil {
		*name = piece{}
	}
	if s.b[s.i] != '{' {
		return s.skip()
	}
	s.i++
	for first := true; ; first = false {
		key, more, err := s.member(first)
		if err != nil || !more {
			return err
		}
		switch {
		case string(key) == "kode":
			err = s.value(code)
		case name != nil && string(key) == "beskrivelse":
			err = s.value(name)
		default:
			err = s.skip()
		}
		if err != nil {
			return err
		}
	}
}

func (s *scanner) address(a *address) error {
	*a = address{}
	if s.b[s.i] != '{' {
		return s.skip()
	}
	a.there = true
	s.i++
	for first := true; ; first = false {
		key, more, err := s.member(first)
		if err != nil || !more {
			return err
		}
		switch string(key) {
		case "kommunenummer":
			err = s.value(&a.number)
		case "adresse":
			err = s.value(&a.street)
		case "postnummer":
			err = s.value(&a.postCode)
		case "poststed":
			err = s.value(&a.postPlace)
		default:
			err = s.skip()
		}
		if err != nil {
			return err
		}
	}
}
