package bundle

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"strings"

	"kompetansepilot/app/document"
	"kompetansepilot/app/grant"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/system"
	"kompetansepilot/assets"
	"kompetansepilot/data"
)

//go:embed readme.nb.txt readme.nn.txt
var readMe embed.FS

// PDF writes an application, or one of its versions, as PDF: app.Program.PDF.
type PDF func(id, version, lang string) ([]byte, []document.Replacement, error)

// Maker makes bundles of the applications of a workspace.
type Maker struct {
	Workspace *data.Workspace
	Grants    *grant.Service
	PDF       PDF
	Program   Program
}

// attempts is how many times Make begins again when somebody types meanwhile.
const attempts = 4

// Make gathers an application as it is now, or one of its versions, into a
// bundle. language is that of the PDF and the findings, "" for the
// application's own. Nothing is written.
func (m *Maker) Make(id, version, language string) (*Bundle, error) {
	// The PDF reads the workspace by itself: the two must have read the same.
	for range attempts {
		before, err := m.Workspace.DataVersion()
		if err != nil {
			return nil, err
		}
		b, err := m.make(id, version, language)
		if err != nil {
			return nil, err
		}
		after, err := m.Workspace.DataVersion()
		if err != nil {
			return nil, err
		}
		if before == after {
			return b, nil
		}
	}
	return nil, data.NewError("bundleMoving", "Søknaden ble endret mens pakken ble laget. Ingen fil er skrevet. Vent til alt er lagret, og prøv igjen.", nil)
}

// state is what a bundle is made of.
type state struct {
	draft    data.Draft
	content  []byte // draft as JSON
	version  *data.Version
	call     *grant.Call
	rawCall  []byte
	language string
	words    *lang.Printer
}

func (m *Maker) make(id, version, language string) (*Bundle, error) {
	s, err := m.read(id, version, language)
	if err != nil {
		return nil, err
	}
	pdf, replaced, err := m.PDF(id, version, s.language)
	if err != nil {
		return nil, fmt.Errorf("make pdf: %w", err)
	}
	if pdfFault(pdf, pdf) {
		return nil, data.NewError("bundleNoPDF", "PDF-en av søknaden ble ikke laget, så pakken er ikke skrevet. Lag PDF-en alene for å se hva som er galt.", nil)
	}
	b := &Bundle{Replaced: replaced}
	if err := m.fill(b, s, pdf); err != nil {
		return nil, err
	}
	submitted := ""
	if s.version != nil {
		submitted = s.version.Submitted
	}
	b.Name = FileStem(s.words.T("bundle.fileName"), s.draft.Application.Title(), submitted) + ".zip"
	return b, nil
}

// FileStem is what a file may be called, without its ending: what it is, of
// which application, and when that was handed in (YYYY-MM-DD, or "").
func FileStem(what, title, submitted string) string {
	title = strings.Join(strings.Fields(title), " ")
	if runes := []rune(title); len(runes) > 60 {
		title = string(runes[:60])
		if at := strings.LastIndexByte(title, ' '); runes[60] != ' ' && at > 30 { // no half words
			title = title[:at]
		}
		title = strings.TrimRight(title, " .,:-")
	}
	return system.SafeName(lang.Joined(" ", lang.Joined(" - ", what, title), submitted))
}

func (m *Maker) read(id, version, language string) (*state, error) {
	s := &state{}
	if version == "" {
		draft, err := data.LoadDraft(m.Workspace, id)
		if err != nil {
			return nil, err
		}
		if s.content, err = json.Marshal(draft); err != nil {
			return nil, fmt.Errorf("write application: %w", err)
		}
		s.draft = draft
	} else {
		v, err := m.Grants.Version(version)
		if err != nil {
			return nil, err
		}
		if v.Application != id {
			return nil, data.NewError(data.CodeNotFound+".version", "Versjonen hører til en annen søknad. Ingen fil er skrevet. Velg en av søknadens egne versjoner.", nil)
		}
		if s.draft, err = v.Draft(); err != nil {
			return nil, err
		}
		s.version, s.content = &v, []byte(v.Content)
	}
	if err := s.leaveOutNote(); err != nil {
		return nil, err
	}
	var err error
	if s.call, err = m.Grants.Calls().Get(s.draft.Application.Call); err != nil {
		return nil, err
	}
	if s.rawCall, err = m.Grants.Calls().Raw(s.call.ID); err != nil {
		return nil, err
	}
	s.language = language
	if s.language == "" {
		s.language = s.draft.Application.Language
	}
	if s.language != "nn" {
		s.language = "nb"
	}
	s.words = lang.New(s.language)
	return s, nil
}

// leaveOutNote takes out the internal note, which never leaves the county.
func (s *state) leaveOutNote() (err error) {
	if s.draft.Application.Note == "" {
		return nil
	}
	s.draft.Application.Note = ""
	if s.content, err = json.Marshal(s.draft); err != nil {
		return fmt.Errorf("write application: %w", err)
	}
	return nil
}

// fill puts the files into the bundle, in the order of the ZIP.
func (m *Maker) fill(b *Bundle, s *state, pdf []byte) error {
	application, err := m.application(s)
	if err != nil {
		return err
	}
	b.Manifest = Manifest{Format: Format, FormatVersion: FormatVersion, Program: m.Program, Application: s.draft.Application.ID, Title: s.draft.Application.Title(),
		Call: s.call.ID, Language: s.language, ContentSHA256: application.ContentSHA256, Files: []File{},
		Figures: Figures{application.Budget.Cost.Total.Amount, application.Budget.Financing.Total.Amount, application.Budget.Grant.Amount}}
	b.Manifest.TextsInPDF = []string{}
	if len(pdf) <= maxText {
		texts := pdfTexts(pdf)
		b.Manifest.FiguresInPDF = texts.showFigures(b.Manifest.Figures)
		for _, f := range s.call.FieldsOf(grant.TypeText, grant.TypeMultiline) {
			if answer := s.draft.Application.Answers[f.ID]; !grant.Blank(answer) && texts.show(answer) {
				b.Manifest.TextsInPDF = append(b.Manifest.TextsInPDF, f.ID)
			}
		}
	}
	if s.version != nil {
		b.Manifest.Version = s.version.ID
	}
	readme, err := readMe.ReadFile("readme." + s.language + ".txt")
	if err != nil {
		return err
	}
	schema, err := fs.ReadFile(assets.FS, "schema/application.schema.json")
	if err != nil {
		return err
	}
	written, err := encode(application)
	if err != nil {
		return fmt.Errorf("write application: %w", err)
	}
	b.add(File{Name: NameReadMe, Role: RoleReadMe, MediaType: "text/plain; charset=utf-8"}, readme)
	b.add(File{Name: NamePDF, Role: RolePDF, MediaType: "application/pdf"}, pdf)
	b.add(File{Name: NameApplication, Role: RoleApplication, MediaType: "application/json"}, written)
	b.add(File{Name: NameSchema, Role: RoleSchema, MediaType: "application/schema+json"}, schema)
	b.add(File{Name: application.Call.File, Role: RoleCall, MediaType: "application/json"}, s.rawCall)
	if err := m.addAttachments(b, s.draft.Attachments); err != nil {
		return err
	}
	manifest, err := encode(b.Manifest)
	if err != nil {
		return fmt.Errorf("write manifest: %w", err)
	}
	b.entries = append(b.entries, held(NameManifest, manifest), held(NameSums, sums(b.Manifest.Files, hashBytes(manifest))))
	return nil
}

func (b *Bundle) add(f File, content []byte) {
	f.Size, f.SHA256 = int64(len(content)), hashBytes(content)
	b.Manifest.Files = append(b.Manifest.Files, f)
	b.entries = append(b.entries, held(f.Name, content))
}

// addAttachments reads each attachment once to check it, and lets it go: it is
// read again when the ZIP is written.
func (m *Maker) addAttachments(b *Bundle, attachments []data.Attachment) error {
	fileNames := make([]string, len(attachments))
	for i := range attachments {
		fileNames[i] = attachments[i].FileName
	}
	total := int64(0)
	for i, name := range attachmentNames(fileNames) {
		a := attachments[i]
		content, err := data.Blob(m.Workspace, a.SHA256)
		if err != nil || hashBytes(content) != a.SHA256 {
			return data.NewError("bundleAttachment", "Innholdet i vedlegget «{{.Name}}» mangler eller er skadet, så pakken er ikke skrevet. Legg ved filen på nytt.", err, "Name", shown(a.FileName))
		}
		if total += int64(len(content)); total > maxTotal/2 {
			return data.NewError("bundleTooMuch", "Vedleggene er til sammen større enn {{.Max}} MB, så pakken er ikke skrevet. Lag mindre utgaver av de største.", nil, "Max", maxTotal>>21)
		}
		b.Manifest.Files = append(b.Manifest.Files, File{Name: name, Role: RoleAttachment, MediaType: a.MediaType, Size: int64(len(content)), SHA256: a.SHA256, Record: a.ID})
		sha := a.SHA256
		b.entries = append(b.entries, entry{name: name, size: int64(len(content)), crc: crc32.ChecksumIEEE(content), open: func() (io.ReadCloser, error) {
			content, err := data.Blob(m.Workspace, sha)
			return io.NopCloser(bytes.NewReader(content)), err
		}})
	}
	return nil
}

// application computes what søknad.json tells.
func (m *Maker) application(s *state) (*Application, error) {
	d := &s.draft
	others, err := m.Grants.Others(d, s.call)
	if err != nil {
		return nil, err
	}
	report, err := m.Grants.CheckDraft(d, s.call, s.words, d.Application.Submitted)
	if err != nil {
		return nil, err
	}
	target, err := m.Grants.Target(d, s.call)
	if err != nil {
		return nil, err
	}
	businesses := map[string][]string{}
	for _, place := range target.Municipalities {
		found, err := data.Live[data.Organisation](m.Workspace, "kind = ? AND municipality = ?", "id", data.OrganisationBusiness, place.Number)
		if err != nil {
			return nil, err
		}
		for i := range found {
			businesses[place.Number] = append(businesses[place.Number], found[i].ID)
		}
	}
	budget := grant.ComputeBudget(s.call, d, others, s.language)
	a := &Application{Schema: NameSchema, SchemaVersion: SchemaVersion, Program: m.Program, ID: d.Application.ID, Title: d.Application.Title(),
		Language: s.language, ContentSHA256: hashBytes(s.content),
		Call:   Call{ID: s.call.ID, Title: s.call.Title.In(s.language), File: folderCall + safeName(s.call.ID+".json"), SHA256: hashBytes(s.rawCall)},
		Budget: budgetOf(s.call, d, &budget, others), Target: targetOf(&target, businesses), Report: report, Draft: s.content}
	if v := s.version; v != nil {
		a.Version = &Version{ID: v.ID, Name: v.Name, Created: v.Created, Actor: v.Actor, Frozen: v.Frozen, Submitted: v.Submitted, CaseNumber: v.CaseNumber, SHA256: v.SHA256}
	}
	return a, nil
}
