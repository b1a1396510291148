package people

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"kompetansepilot/app/document"
	"kompetansepilot/app/document/render"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/system"
	"kompetansepilot/data"
)

// Dossier is everything that a workspace holds about a person, for the person
// (GDPR article 15 and 20). The JSON names are a promise: add, never rename.
type Dossier struct {
	Subject      string             `json:"subject"` // "person" or "organisation"
	ID           string             `json:"id"`
	Name         string             `json:"name"`
	Made         time.Time          `json:"made"`
	Person       *data.Person       `json:"person,omitempty"`
	Organisation *data.Organisation `json:"organisation,omitempty"`
	At           []DossierLink      `json:"organisations"`
	Interactions []DossierContact   `json:"interactions"`
	Tasks        []DossierTask      `json:"tasks"`
	Mentions     []DossierMention   `json:"mentions"`
	Kept         []DossierMention   `json:"archived"`
	History      []DossierChange    `json:"history"`
	KeptUntil    string             `json:"kept_until"` // YYYY-MM-DD, "" when nothing tells

	norm, county string
}

// DossierLink is an organisation that the person belongs to.
type DossierLink struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// DossierContact is an interaction that the person took part in.
type DossierContact struct {
	ID   string   `json:"id"`
	Kind string   `json:"kind"`
	Date string   `json:"date"`
	Text string   `json:"text"`
	With []string `json:"with"`
}

// DossierTask is a task that is linked to the person.
type DossierTask struct {
	ID   string `json:"id"`
	Text string `json:"text"`
	Due  string `json:"due"`
	Done string `json:"done"`
}

// DossierMention is a record that names the person.
type DossierMention struct {
	Kind    string   `json:"kind"`
	ID      string   `json:"id"`
	Title   string   `json:"title"`
	Fields  []string `json:"fields,omitempty"`
	Excerpt string   `json:"excerpt,omitempty"`
	Reason  string   `json:"reason,omitempty"`
}

// DossierChange is an entry of the history.
type DossierChange struct {
	Time  time.Time `json:"time"`
	Actor string    `json:"actor"`
	Kind  string    `json:"kind"`
	Field string    `json:"field"`
	Old   string    `json:"old"`
	New   string    `json:"new"`
}

// Dossier gathers everything about a person.
func (s *Service) Dossier(subject data.Subject) (Dossier, error) {
	d := Dossier{Subject: subject.Kind, ID: subject.ID, Made: time.Now().UTC().Truncate(time.Second),
		At: []DossierLink{}, Interactions: []DossierContact{}, Tasks: []DossierTask{}, Mentions: []DossierMention{}, Kept: []DossierMention{}, History: []DossierChange{}}
	d.county = s.county().name
	if err := s.about(&d); err != nil {
		return d, err
	}
	if err := s.linked(&d); err != nil {
		return d, err
	}
	traces, err := data.TracesOf(s.store, subject)
	if err != nil {
		return d, err
	}
	for _, t := range traces.Changed {
		d.Mentions = append(d.Mentions, DossierMention{t.Kind, t.ID, t.Title, t.Fields, t.Excerpt, ""})
	}
	for _, t := range traces.Kept {
		d.Kept = append(d.Kept, DossierMention{t.Kind, t.ID, t.Title, t.Fields, t.Excerpt, t.Reason})
	}
	for _, t := range traces.Removed {
		entries, err := s.store.HistoryBySteps(t.ID, "", 0)
		if err != nil {
			return d, err
		}
		for _, e := range entries {
			if e.Field != "+" {
				d.History = append(d.History, DossierChange{e.Time.UTC(), e.Actor, e.Kind, e.Field, e.Old, e.New})
			}
		}
	}
	slices.SortStableFunc(d.History, func(a, b DossierChange) int { return a.Time.Compare(b.Time) })
	return d, nil
}

// about fills in the record itself.
func (s *Service) about(d *Dossier) error {
	if d.Subject == "organisation" {
		o, err := data.Get[data.Organisation](s.store, d.ID)
		d.Organisation, d.Name, d.norm = &o, o.Name, o.Norm
		return err
	}
	c, err := s.Card(d.ID)
	if err != nil {
		return err
	}
	d.Person, d.Name, d.norm, d.KeptUntil = &c.Person, c.Name, c.Norm, c.Clock.Until
	for _, at := range c.At {
		d.At = append(d.At, DossierLink(at))
	}
	return nil
}

// linked fills in the interactions and tasks.
func (s *Service) linked(d *Dossier) error {
	column, found := "person", data.InteractionsOf
	if d.Subject == "organisation" {
		column = "organisation"
		found = func(r data.Reader, id string) ([]data.Interaction, error) { return data.InteractionsAt(r, id, 0) }
	}
	all, err := found(s.store, d.ID)
	if err != nil {
		return err
	}
	contacts, err := s.contacts(s.store, all)
	if err != nil {
		return err
	}
	for _, c := range contacts {
		one := DossierContact{ID: c.ID, Kind: c.InteractionOf, Date: c.Date, Text: c.Text, With: []string{}}
		for _, n := range append(slices.Clone(c.People), c.Organisations...) {
			if n.ID != d.ID {
				one.With = append(one.With, n.Name)
			}
		}
		d.Interactions = append(d.Interactions, one)
	}
	tasks, err := data.Live[data.Task](s.store, column+" = ?", "due, id", d.ID)
	for _, t := range tasks {
		d.Tasks = append(d.Tasks, DossierTask{t.ID, t.Text, t.Due, t.Done})
	}
	return err
}

// Zip is the dossier as a file to hand over: the data as JSON, and the same as a
// PDF to read.
func (d *Dossier) Zip() ([]byte, error) {
	raw, err := json.MarshalIndent(d, "", "  ")
	if err != nil {
		return nil, err
	}
	pdf, _, err := render.PDF(d.Document())
	if err != nil {
		return nil, err
	}
	words := lang.New(d.norm)
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range []struct {
		name    string
		content []byte
	}{{words.T("people.dossier.file") + ".pdf", pdf}, {words.T("people.dossier.file") + ".json", append(raw, '\n')}} {
		w, err := z.CreateHeader(&zip.FileHeader{Name: system.SafeName(f.name), Method: zip.Deflate, Modified: d.Made})
		if err != nil {
			return nil, fmt.Errorf("pack dossier: %w", err)
		}
		if _, err := w.Write(f.content); err != nil {
			return nil, fmt.Errorf("pack dossier: %w", err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("pack dossier: %w", err)
	}
	return b.Bytes(), nil
}

// FileName is what the file is called when nobody says otherwise.
func (d *Dossier) FileName() string {
	return system.SafeName(lang.New(d.norm).T("people.dossier.zip", "Name", d.Name, "Date", d.Made.Format(time.DateOnly)) + ".zip")
}

// Document is the dossier to read, in the person's own norm.
func (d *Dossier) Document() document.Document {
	w := lang.New(d.norm)
	b := &dossierText{Dossier: d, words: w}
	title := w.T("people.dossier.title", "Name", orElse(d.Name, w.T("people.unnamed")))
	b.blocks = []document.Block{document.Cover{County: b.county, Kind: w.T("people.dossier.kind"), Title: title, Summary: []document.SummaryRow{
		{Label: w.T("people.notice.date"), Value: w.DateLong(d.Made.Format(time.DateOnly))},
		{Label: w.T("people.dossier.keptUntil"), Value: w.DateLong(d.KeptUntil)},
	}}}
	b.fields()
	b.interactions()
	b.tasks()
	b.mentions(w.T("people.dossier.mentions"), d.Mentions)
	b.mentions(w.T("people.dossier.archived"), d.Kept)
	b.history()
	return document.Document{Title: title, Subject: w.T("people.dossier.kind"), Author: d.county, Lang: w.Tag(), Created: d.Made,
		Footer: func(page, pages int) string { return w.T("document.footer", "Page", page, "Pages", pages) }, Blocks: b.blocks}
}

func orElse(a, b string) string {
	if strings.TrimSpace(a) == "" {
		return b
	}
	return a
}

type dossierText struct {
	*Dossier
	words  *lang.Printer
	blocks []document.Block
}

func (b *dossierText) add(blocks ...document.Block) { b.blocks = append(b.blocks, blocks...) }

func (b *dossierText) heading(text string) { b.add(document.Heading{Level: 1, Text: text}) }

// fields are the record's own data in words.
func (b *dossierText) fields() {
	w := b.words
	b.heading(w.T("people.dossier.about"))
	t := document.Table{Columns: []document.Column{{Header: w.T("people.dossier.datum"), Weight: 1}, {Header: w.T("people.dossier.content"), Weight: 2}}, RowHeader: true}
	row := func(field, value string) {
		if value != "" {
			t.Rows = append(t.Rows, []string{FieldWord(w, b.Subject, field), value})
		}
	}
	if p := b.Person; p != nil {
		row("name", p.Name)
		row("role", p.Role)
		row("email", p.Email)
		row("phone", p.Phone)
		row("norm", NormWord(w, p.Norm))
		row("note", p.Note)
		row("basis", BasisWord(w, p.Basis))
		row("basis_note", p.BasisNote)
		row("basis_date", w.DateLong(p.BasisDate))
		row("source", p.Source)
		row("obtained", w.DateLong(p.Obtained))
		row("told", w.DateLong(p.Told))
		row("told_how", p.ToldHow)
		row("keep_until", w.DateLong(p.KeepUntil))
	}
	if o := b.Organisation; o != nil {
		for _, f := range []struct{ field, value string }{{"name", o.Name}, {"org_number", o.OrgNumber}, {"contact", o.Contact}, {"email", o.Email}, {"phone", o.Phone},
			{"municipality", o.Municipality}, {"industry", o.Industry}, {"size_band", o.SizeBand}, {"website", o.Website}, {"norm", NormWord(w, o.Norm)},
			{"tags", o.Tags}, {"note", o.Note}, {"source", o.Source}, {"legal_form", o.LegalForm}} {
			row(f.field, f.value)
		}
	}
	for _, at := range b.At {
		row("organisation", at.Name)
	}
	b.add(t)
}

func (b *dossierText) interactions() {
	w := b.words
	b.heading(w.T("people.dossier.interactions"))
	if len(b.Interactions) == 0 {
		b.none()
		return
	}
	t := document.Table{Columns: []document.Column{{Header: w.T("people.field.date"), Weight: 1}, {Header: w.T("people.field.kind"), Weight: 1}, {Header: w.T("people.field.text"), Weight: 4}}}
	for _, i := range b.Interactions {
		t.Rows = append(t.Rows, []string{w.DateShort(i.Date), w.T("people.interaction." + i.Kind), i.Text})
	}
	b.add(t)
}

func (b *dossierText) tasks() {
	if len(b.Tasks) == 0 {
		return
	}
	w := b.words
	b.heading(w.T("people.dossier.tasks"))
	t := document.Table{Columns: []document.Column{{Header: w.T("people.field.due"), Weight: 1}, {Header: w.T("people.field.done"), Weight: 1}, {Header: w.T("people.field.task"), Weight: 4}}}
	for _, i := range b.Tasks {
		t.Rows = append(t.Rows, []string{w.DateShort(i.Due), w.DateShort(i.Done), i.Text})
	}
	b.add(t)
}

func (b *dossierText) mentions(title string, all []DossierMention) {
	if len(all) == 0 {
		return
	}
	b.heading(title)
	l := document.List{}
	for _, m := range all {
		text := KindWord(b.words, m.Kind)
		if m.Title != "" {
			text = b.words.T("people.named", "Kind", text, "Title", m.Title)
		}
		l.Items = append(l.Items, document.Text(lang.Joined(": ", text, lang.Joined(" – ", m.Excerpt, ReasonWord(b.words, m.Reason)))))
	}
	b.add(l)
}

func (b *dossierText) history() {
	w := b.words
	b.heading(w.T("people.dossier.history"))
	t := document.Table{Columns: []document.Column{{Header: w.T("people.field.date"), Weight: 2}, {Header: w.T("people.dossier.by"), Weight: 2},
		{Header: w.T("people.dossier.datum"), Weight: 2}, {Header: w.T("people.dossier.before"), Weight: 3}, {Header: w.T("people.dossier.after"), Weight: 3}}}
	for _, c := range b.History {
		if !linkField(c.Field) {
			t.Rows = append(t.Rows, []string{w.Moment(c.Time), c.Actor, FieldWord(w, c.Kind, c.Field), c.Old, c.New})
		}
	}
	if len(t.Rows) == 0 {
		b.none()
		return
	}
	b.add(t)
}

// linkField tells whether a field holds an id, which says nothing to a reader.
func linkField(field string) bool {
	return slices.Contains([]string{"person", "organisation", "interaction"}, field)
}

func (b *dossierText) none() {
	b.add(document.Paragraph{Spans: []document.Span{{Text: b.words.T("people.dossier.none"), Italic: true}}})
}
