package app

import (
	"kompetansepilot/app/disk"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/textio"
)

// TextOut writes an application's text to a file whose ending chooses the
// format, for colleagues who write elsewhere. language is that of headings and
// notes, "" for the application's own. A file that is there already is replaced
// whole, or left as it was.
func (p *Program) TextOut(id, path, language string) error {
	format, err := textio.FormatOf(path)
	if err != nil {
		return err
	}
	d, call, err := p.Grants.Load(id)
	if err != nil {
		return err
	}
	if language == "" {
		language = d.Application.Language
	}
	content, err := textio.Write(textio.Source{Call: call, Draft: &d, Places: p.Places, Words: lang.New(language)}, format)
	if err != nil {
		return err
	}
	return disk.Write(path, content)
}

// TextIn reads such a file back and tells what is changed, field by field. It
// writes nothing. language is that of the labels.
func (p *Program) TextIn(id, path, language string) (*textio.Plan, error) {
	f, err := textio.ReadFile(path)
	if err != nil {
		return nil, err
	}
	d, call, err := p.Grants.Load(id)
	if err != nil {
		return nil, err
	}
	return textio.Compare(textio.Source{Call: call, Draft: &d, Places: p.Places, Words: lang.New(language)}, f)
}

// TextTidy tells what setting quotes, dashes and spaces right would change in an
// application's texts. It writes nothing. language is that of the labels.
func (p *Program) TextTidy(id, language string) (*textio.Plan, error) {
	d, call, err := p.Grants.Load(id)
	if err != nil {
		return nil, err
	}
	return textio.Tidy(textio.Source{Call: call, Draft: &d, Places: p.Places, Words: lang.New(language)}), nil
}
