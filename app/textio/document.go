package textio

import (
	"kompetansepilot/app/grant"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// Source is what text is written from.
type Source struct {
	Call   *grant.Call
	Draft  *data.Draft
	Places *reference.Tables
	Words  *lang.Printer // the language of headings and notes
}

// Write makes the file. The same source gives the same bytes.
func Write(s Source, format Format) ([]byte, error) {
	d := s.document()
	if format == Word {
		return writeWord(d)
	}
	return []byte(writeMarkdown(d)), nil
}

// document is what both formats are written from.
type document struct {
	title    string
	intro    []string
	tag      string // language
	mark     mark   // of the application
	sections []section
}

type section struct {
	label  string
	fields []field
}

type field struct {
	label string
	mark  mark
	text  string
}

func (s Source) document() document {
	words, code := s.Words, s.Words.Code()
	title := clean(s.Draft.Application.Title())
	if title == "" {
		title = words.T("textio.untitled")
	}
	d := document{title: title, tag: words.Tag(), mark: mark{file: true, id: s.Draft.Application.ID},
		intro: []string{words.T("textio.intro.write"), words.T("textio.intro.marks")}}
	reader := grant.Reader{Call: s.Call, Places: s.Places, Words: words}
	for i := range s.Call.Form.Sections {
		from := &s.Call.Form.Sections[i]
		to := section{label: from.Label.In(code)}
		for j := range from.Fields {
			f := &from.Fields[j]
			text := clean(reader.Text(s.Draft, f))
			to.fields = append(to.fields, field{label: f.Label.In(code), text: text,
				mark: mark{id: f.ID, hash: hashOf(text), note: noteOf(f, words)}})
		}
		d.sections = append(d.sections, to)
	}
	return d
}

// noteOf is what helps the writer of a field: its help text, its limit, or that
// it is only there to be read.
func noteOf(f *grant.Field, words *lang.Printer) string {
	help := f.Help.In(words.Code())
	switch {
	case !f.Prose():
		return words.T("textio.note.readOnly")
	case f.MaxLength > 0:
		return lang.Joined(" ", help, words.T("textio.note.limit", "Max", words.Number(int64(f.MaxLength))))
	case f.SuggestedMaxLength > 0:
		return lang.Joined(" ", help, words.T("textio.note.advice", "Max", words.Number(int64(f.SuggestedMaxLength))))
	}
	return help
}
