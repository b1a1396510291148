// Package submission turns an application into a document to hand in and to
// archive: a cover with a summary, and every section of the call in order. It
// decides what is told and in which words; package document knows how a
// document looks.
package submission

import (
	"strings"
	"time"

	"kompetansepilot/app/document"
	"kompetansepilot/app/grant"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/reference"
	"kompetansepilot/app/system"
	"kompetansepilot/data"
)

// Content is all that a document is made from. The same content gives the same
// document: nothing is read from the clock or the disk.
type Content struct {
	Call   *grant.Call
	Draft  *data.Draft
	Places *reference.Tables
	// Words speak the written norm of the document.
	Words *lang.Printer
	// Others and Businesses are as they stand in the workspace now. A version kept
	// neither, so they are nil for one.
	Others     []grant.Commitment
	Businesses map[string]int
	// Version is the kept version that Draft came from, nil for the application
	// as it is now.
	Version *data.Version
	// Letterhead is the logo at the top, nil for none. It says who applies, so the
	// running head does not.
	Letterhead *document.Letterhead
}

// Document builds the document of an application.
func Document(in Content) document.Document {
	b := newBuilder(in)
	b.cover()
	for i := range in.Call.Form.Sections {
		b.section(&in.Call.Form.Sections[i])
	}
	title := b.title()
	applicant := b.applicant()
	scheme := in.Call.Title.In(b.words.Code())
	head := b.words.T("document.header", "Title", title)
	if in.Letterhead == nil {
		head = joined(" · ", applicant.Name, head)
	}
	return document.Document{
		Title: title, Subject: b.words.T("document.subject", "Call", scheme), Author: applicant.Name,
		Keywords: strings.Join(nonEmpty(scheme, applicant.Name, in.Call.Owner.Name), ", "),
		Lang:     b.words.Tag(), Created: in.created(),
		Header: head, Letterhead: in.Letterhead,
		Footer: func(page, pages int) string { return b.words.T("document.footer", "Page", page, "Pages", pages) },
		Blocks: b.blocks,
	}
}

// FileName is what the document's file is called when nobody says otherwise.
func FileName(d *data.Draft, words *lang.Printer) string {
	title := d.Application.Title()
	if grant.Blank(title) {
		return system.SafeName(words.T("document.untitled") + ".pdf")
	}
	return system.SafeName(words.T("document.fileName", "Title", strings.Join(strings.Fields(title), " ")) + ".pdf")
}

// created is the moment that the file tells: when the version was kept, or when
// the application was begun.
func (c *Content) created() time.Time {
	text := c.Draft.Application.Created
	if c.Version != nil {
		text = c.Version.Created
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return t.UTC().Truncate(time.Second)
}

// builder collects the blocks of a document.
type builder struct {
	Content
	words  *lang.Printer
	budget grant.Budget
	target grant.Target
	blocks []document.Block

	chapter, part   int // numbers of the headings
	tables, figures int
	missing         []string // labels of the section's empty fields
}

func newBuilder(in Content) *builder {
	b := &builder{Content: in, words: in.Words}
	b.budget = grant.ComputeBudget(in.Call, in.Draft, in.Others, b.words.Code())
	for _, f := range in.Call.FieldsOf(grant.TypeMunicipalities) {
		b.target = grant.ComputeTarget(in.Call, in.Places, b.answer(f), in.Businesses)
	}
	return b
}

func (b *builder) add(blocks ...document.Block) { b.blocks = append(b.blocks, blocks...) }

func (b *builder) answer(f *grant.Field) string { return b.Draft.Application.Answers[f.ID] }

func (b *builder) label(f *grant.Field) string { return f.Label.In(b.words.Code()) }

// firstAnswer is the first answer that says something among the fields of a type.
func (b *builder) firstAnswer(fieldType string) string {
	for _, f := range b.Call.FieldsOf(fieldType) {
		if a := b.answer(f); !grant.Blank(a) {
			return a
		}
	}
	return ""
}

// title is the project's name. A document must have one, so a name of invisible
// characters only counts as none.
func (b *builder) title() string {
	title := strings.TrimSpace(document.NewCleaner().Clean(b.Draft.Application.Title()))
	if title == "" {
		return b.words.T("document.untitled")
	}
	return b.Draft.Application.Title()
}

// applicant is who applies: the answer, or else the county council.
func (b *builder) applicant() grant.Organisation {
	if o := grant.ParseOrganisation(b.firstAnswer(grant.TypeOrganisation)); o.Name != "" {
		return o
	}
	if c, ok := b.Places.County(b.Draft.Application.County); ok {
		return grant.Organisation{Name: c.Body, OrgNumber: c.OrgNumber}
	}
	return grant.Organisation{}
}

// chapterHeading and heading number themselves.
func (b *builder) chapterHeading(text string) {
	b.chapter, b.part = b.chapter+1, 0
	b.add(document.Heading{Level: 1, Text: b.words.Number(int64(b.chapter)) + " " + text})
}

func (b *builder) heading(text string) {
	b.part++
	b.add(document.Heading{Level: 2, Text: b.words.Number(int64(b.chapter)) + "." + b.words.Number(int64(b.part)) + " " + text})
}

func (b *builder) paragraph(text string) {
	b.add(document.Paragraph{Spans: document.Text(text)})
}

// quiet is a line that says that there is nothing to say.
func (b *builder) quiet(text string) {
	b.add(document.Paragraph{Spans: []document.Span{{Text: text, Italic: true}}})
}

// tableCaption and figureCaption number themselves.
func (b *builder) tableCaption(text string) string {
	b.tables++
	return b.words.T("document.table", "Number", b.tables, "Text", text)
}

func (b *builder) figureCaption(text string) string {
	b.figures++
	return b.words.T("document.figure", "Number", b.figures, "Text", text)
}

func nonEmpty(parts ...string) []string {
	var all []string
	for _, p := range parts {
		if !grant.Blank(p) {
			all = append(all, p)
		}
	}
	return all
}

// joined puts the parts that say something together.
func joined(between string, parts ...string) string {
	return strings.Join(nonEmpty(parts...), between)
}
