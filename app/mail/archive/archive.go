// Package archive hands chosen mail over to the archive: each message as it came
// (.eml), as an archive PDF that a person can read, its attachments beside it, and
// a journal list. It is a working tool's hand-over, not the archive (domain 4.3).
package archive

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"kompetansepilot/app/document"
	"kompetansepilot/app/document/render"
	"kompetansepilot/app/exchange"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/mail/parse"
	"kompetansepilot/assets"
	"kompetansepilot/data"
)

// Code of the errors that a person may see.
const Code = "mailArchive"

// Basis is a legal basis for exempting a document from public access.
type Basis struct {
	Code  string `json:"code"`
	Basis string `json:"basis"`
	NB    string `json:"nb"`
	NN    string `json:"nn"`
	EN    string `json:"en"`
}

// Words are what the basis protects, in a language of the program.
func (b *Basis) Words(language string) string {
	switch language {
	case "nn":
		return b.NN
	case "en":
		return b.EN
	}
	return b.NB
}

// Laws are the legal bases that are offered, and whether another may be written.
type Laws struct {
	Bases []Basis `json:"bases"`
	Other bool    `json:"other"`
}

// ReadLaws reads the list of legal bases.
func ReadLaws() (Laws, error) {
	var l Laws
	raw, err := fs.ReadFile(assets.FS, "reference/exemptions.json")
	if err != nil {
		return l, err
	}
	if err := json.Unmarshal(raw, &l); err != nil {
		return l, fmt.Errorf("read exemptions: %w", err)
	}
	return l, nil
}

// Check is the legal basis that a text means, as it is written in the journal: one of
// the list, by its code or its words, or another one where the list allows that. It
// must then name a paragraph, for an exemption without one does not hold (domain 4.2).
func (l *Laws) Check(text string) (string, error) {
	text = strings.Join(strings.Fields(text), " ")
	if text == "" {
		return "", nil
	}
	var codes []string
	for i := range l.Bases {
		b := &l.Bases[i]
		for _, known := range []string{b.Code, b.Basis, b.NB, b.NN, b.EN} {
			if strings.EqualFold(text, known) {
				return b.Basis, nil
			}
		}
		codes = append(codes, b.Code)
	}
	if l.Other && strings.Contains(text, "§") && strings.ContainsAny(text, "0123456789") {
		return text, nil
	}
	return "", data.NewError(Code+".basis", "«{{.Basis}}» er ingen hjemmel for unntak. Ingenting er endret. Velg en av {{.Codes}}, eller skriv loven og paragrafen, som «Offl. § 24».", nil, "Basis", text, "Codes", strings.Join(codes, ", "))
}

// Item is a message to hand over.
type Item struct {
	Raw  []byte
	Date time.Time // when it came, for one without a date of its own
	Sent bool      // by the county
	Mark data.MailMark
}

// Result tells what was written.
type Result struct {
	Folder   string `json:"folder"`
	Messages int    `json:"messages"`
	Files    int    `json:"files"`
	Bytes    int64  `json:"bytes"`
}

// Write makes the folder, which must not be there yet, and writes the messages in
// the order they are given. The PDFs and the journal speak the language of words.
// What was written is taken away when something fails.
func Write(folder string, words *lang.Printer, items []Item) (r Result, err error) {
	if err := os.Mkdir(folder, 0o755); err != nil {
		return r, notMade(folder, err)
	}
	defer func() {
		if err != nil {
			_ = os.RemoveAll(folder) // it is ours: it was not there before
		}
	}()
	r = Result{Folder: folder}
	w := writer{folder: folder, words: words, result: &r}
	for i := range items {
		if err := w.message(i+1, &items[i]); err != nil {
			return r, err
		}
	}
	return r, w.journal()
}

func notMade(folder string, err error) error {
	if errors.Is(err, fs.ErrExist) {
		return data.NewError(Code+".exists", "{{.Folder}} finnes fra før. Ingenting er skrevet. Velg et annet navn.", err, "Folder", filepath.Base(folder))
	}
	return data.NewError(Code, "Kunne ikke skrive i {{.Folder}}. Ingenting ble liggende. Velg en annen mappe.", err, "Folder", filepath.Base(filepath.Dir(folder)))
}

type writer struct {
	folder string
	words  *lang.Printer
	result *Result
	rows   [][]string
}

func (w *writer) file(name string, content []byte) error {
	path := filepath.Join(w.folder, name)
	if err := os.WriteFile(path, content, 0o644); err != nil {
		return notMade(w.folder, err)
	}
	w.result.Files++
	w.result.Bytes += int64(len(content))
	return nil
}

// message writes one message and notes its line of the journal.
func (w *writer) message(n int, item *Item) error {
	m := parse.Message(item.Raw)
	if m.Date.IsZero() {
		m.Date = item.Date
	}
	name := fmt.Sprintf("%04d %s %s", n, m.Date.Format(time.DateOnly), short(m.Subject))
	name = strings.TrimSuffix(parse.CleanName(name+".eml"), ".eml")
	if err := w.file(name+".eml", item.Raw); err != nil {
		return err
	}
	doc := w.document(m, item)
	pdf, _, err := render.PDF(doc)
	if err != nil {
		return fmt.Errorf("write PDF of a message: %w", err)
	}
	if err := w.file(name+".pdf", pdf); err != nil {
		return err
	}
	var files []string
	for i := range m.Attachments {
		a := &m.Attachments[i]
		file := fmt.Sprintf("%04d-%02d %s", n, i+1, a.Name)
		if err := w.file(file, a.Content()); err != nil {
			return err
		}
		files = append(files, file)
	}
	sum := sha256.Sum256(item.Raw)
	way := "in"
	if item.Sent {
		way = "out"
	}
	w.rows = append(w.rows, []string{fmt.Sprint(n), w.words.DateShort(m.Date.Format(time.DateOnly)), w.words.T("mailarchive." + way),
		people(m.From), people(m.To), m.Subject, item.Mark.CaseNumber, w.yes(item.Mark.Journaled), item.Mark.Basis, strings.Join(files, ", "), name + ".eml", hex.EncodeToString(sum[:])})
	w.result.Messages++
	return nil
}

func (w *writer) yes(b bool) string {
	if b {
		return w.words.T("mailarchive.yes")
	}
	return w.words.T("mailarchive.no")
}

// short is a subject as a part of a file's name.
func short(s string) string {
	s = strings.NewReplacer("/", "-", `\`, "-", ":", " ").Replace(s) // 2026/1234 is no folder
	r := []rune(strings.Join(strings.Fields(s), " "))
	return string(r[:min(len(r), 60)])
}

func people(all []parse.Address) string {
	var out []string
	for _, a := range all {
		if a.Name != "" {
			out = append(out, a.Name+" <"+a.Address+">")
		} else {
			out = append(out, a.Address)
		}
	}
	return strings.Join(out, ", ")
}

// document is a message to be read on paper.
func (w *writer) document(m *parse.Mail, item *Item) document.Document {
	t := w.words.T
	title := m.Subject
	if title == "" {
		title = t("mailarchive.noSubject")
	}
	facts := [][]string{{t("mailarchive.from"), people(m.From)}, {t("mailarchive.to"), people(m.To)}}
	fact := func(key, value string) {
		if value != "" {
			facts = append(facts, []string{t(key), value})
		}
	}
	fact("mailarchive.cc", people(m.Cc))
	fact("mailarchive.date", w.words.DateLong(m.Date.Format(time.DateOnly))+" "+m.Date.Format("15:04 -07:00"))
	fact("mailarchive.id", m.MessageID)
	fact("mailarchive.case", item.Mark.CaseNumber)
	fact("mailarchive.basis", item.Mark.Basis)
	for i := range m.Attachments {
		sum := sha256.Sum256(m.Attachments[i].Content())
		fact("mailarchive.file", m.Attachments[i].Name+" (SHA-256 "+hex.EncodeToString(sum[:])+")")
	}
	d := document.Document{Title: title, Subject: t("mailarchive.kind"), Author: people(m.From), Lang: w.words.Tag(), Created: m.Date, Header: title,
		Footer: func(page, pages int) string { return t("mailarchive.page", "Page", page, "Pages", pages) }}
	d.Blocks = append(d.Blocks, document.Heading{Level: 1, Text: title},
		document.Table{Caption: t("mailarchive.facts"), Columns: []document.Column{{Header: t("mailarchive.field"), Weight: 1}, {Header: t("mailarchive.value"), Weight: 4}}, Rows: facts, RowHeader: true},
		document.Heading{Level: 2, Text: t("mailarchive.text")})
	for _, b := range m.Blocks {
		if strings.TrimSpace(b.Text) == "" {
			continue
		}
		text := strings.Repeat("> ", b.Quote) + b.Text
		switch {
		case b.Kind == parse.Item:
			d.Blocks = append(d.Blocks, document.List{Items: [][]document.Span{document.Text(text)}})
		case b.Kind == parse.Link && b.Address != "" && b.Address != b.Text:
			d.Blocks = append(d.Blocks, document.Paragraph{Spans: document.Text(text + " <" + b.Address + ">")})
		default:
			d.Blocks = append(d.Blocks, document.Paragraph{Spans: document.Text(text)})
		}
	}
	return d
}

// journal writes the list, for Excel and for programs.
func (w *writer) journal() error {
	var header []string
	for _, key := range []string{"number", "date", "way", "from", "to", "subject", "case", "journaled", "basis", "files", "eml", "sum"} {
		header = append(header, w.words.T("mailarchive.column."+key))
	}
	for _, kind := range []string{".xlsx", ".csv"} {
		path := filepath.Join(w.folder, w.words.T("mailarchive.journal")+kind)
		if err := exchange.WriteTable(path, header, func(yield func([]string) error) error {
			for _, row := range w.rows {
				if err := yield(row); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			return err
		}
		w.result.Files++
	}
	return nil
}
