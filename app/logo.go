package app

import (
	"path/filepath"
	"strings"
	"sync"
	"time"

	"kompetansepilot/app/disk"
	"kompetansepilot/app/document"
	"kompetansepilot/app/document/picture"
	"kompetansepilot/app/lang"
	"kompetansepilot/data"
)

// logos keeps the last logo that was read, for the preview follows the typing.
type logos struct {
	mu      sync.Mutex
	sha     string
	picture *document.Picture
}

// Logo is the county's logo; its name is "" when there is none.
func (p *Program) Logo() data.Logo {
	l, err := data.CurrentLogo(p.Workspace)
	if err != nil {
		return data.Logo{}
	}
	return l
}

// SetLogo makes the picture in a file the county's logo, on every document from
// now on. A picture that a document can't hold is refused with a sentence.
func (p *Program) SetLogo(label, path string) error {
	name := filepath.Base(path)
	content, err := disk.Read(path, picture.MaxBytes)
	if err != nil {
		return err
	}
	if _, err := picture.Read(name, content); err != nil {
		return err
	}
	return p.Workspace.Update(label, func(tx *data.Tx) error {
		sha, err := tx.PutBlob(content)
		if err != nil {
			return err
		}
		return tx.PutLogo(data.Logo{SHA256: sha, FileName: name})
	})
}

// RemoveLogo lets documents be without a logo from now on.
func (p *Program) RemoveLogo(label string) error {
	return p.Workspace.Update(label, func(tx *data.Tx) error { return tx.PutLogo(data.Logo{}) })
}

// Letterhead is the top of what the county writes that has a cover with the
// county's name: the logo, or nil without one.
func (p *Program) Letterhead() (*document.Letterhead, error) {
	return p.letterhead(p.Logo(), p.countyBody())
}

func (p *Program) countyBody() string {
	c, _ := p.Places.County(p.Setting(SettingCounty))
	return c.Body
}

// headed puts the sender on a document of the county's own: the logo, the county,
// who wrote it and when. It speaks the document's language.
func (p *Program) headed(doc document.Document) (document.Document, error) {
	head, err := p.Letterhead()
	if err != nil {
		return doc, err
	}
	if head == nil {
		head = &document.Letterhead{}
	}
	code, _, _ := strings.Cut(doc.Lang, "-")
	head.Name = p.countyBody()
	for _, line := range []string{doc.Author, lang.New(code).DateLong(doc.Created.Local().Format(time.DateOnly))} {
		if line != "" {
			head.Lines = append(head.Lines, line)
		}
	}
	doc.Letterhead = head
	return doc, nil
}

// letterhead is the top of a document with a logo, or nil.
func (p *Program) letterhead(l data.Logo, county string) (*document.Letterhead, error) {
	if l.SHA256 == "" {
		return nil, nil
	}
	p.logos.mu.Lock()
	defer p.logos.mu.Unlock()
	if p.logos.sha != l.SHA256 {
		content, err := data.Blob(p.Workspace, l.SHA256)
		if err != nil {
			return nil, err
		}
		read, err := picture.Read(l.FileName, content)
		if err != nil {
			return nil, err
		}
		p.logos.sha, p.logos.picture = l.SHA256, read
	}
	return &document.Letterhead{Logo: p.logos.picture, LogoAlt: county}, nil
}
