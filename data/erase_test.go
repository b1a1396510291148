package data_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kompetansepilot/data"
)

// county is a workspace with a person that stands in many places.
type county struct {
	*testing.T
	*data.Workspace
	path                   string
	person                 data.Person
	business, other        data.Organisation
	alone, shared          data.Interaction
	application            data.Application
	openTask, businessTask data.Task
}

func newCounty(t *testing.T) *county {
	path := filepath.Join(t.TempDir(), "a.kpilot")
	c := &county{T: t, Workspace: openWorkspace(t, path), path: path}
	c.business = data.Organisation{OrganisationOf: data.OrganisationBusiness, Name: "Fåvang Sag AS", Contact: "Kari Øverås", Email: "kari.overas@example.no", Phone: "+47 900 12 345",
		Note: "Spør etter KARI ØVERÅS. Ikke Kari Øveråsen."}
	c.other = data.Organisation{OrganisationOf: data.OrganisationBusiness, Name: "Tynset Bygg AS", Contact: "Ola Berg"}
	put(t, c.Workspace, &c.business, &c.other)
	// A name is typed letter by letter, each a save.
	c.person = data.Person{Basis: data.BasisTask}
	update(t, c.Workspace, "La til person", func(tx *data.Tx) error {
		if err := tx.Put(&c.person); err != nil {
			return err
		}
		return tx.Put(&data.PersonAt{Person: c.person.ID, Organisation: c.business.ID})
	})
	for _, name := range []string{"Kari", "Kari Ø", "Kari Øverås"} {
		c.person.Name = name
		update(t, c.Workspace, "Endret navn til "+name, func(tx *data.Tx) error { return tx.Put(&c.person) })
	}
	c.person.Email, c.person.Phone = "kari.overas@example.no", "90012345"
	put(t, c.Workspace, &c.person)
	c.alone = data.Interaction{InteractionOf: data.InteractionCall, Date: "2026-11-01", Text: "Hun er sykmeldt til jul."}
	c.shared = data.Interaction{InteractionOf: data.InteractionVisit, Date: "2026-11-02", Text: "Besøk hos Kari. Karin var ikke med."}
	put(t, c.Workspace, &c.alone, &c.shared)
	put(t, c.Workspace, &data.InteractionWith{Interaction: c.alone.ID, Person: c.person.ID},
		&data.InteractionWith{Interaction: c.shared.ID, Person: c.person.ID}, &data.InteractionWith{Interaction: c.shared.ID, Organisation: c.business.ID})
	c.openTask = data.Task{Text: "Ring Øverås", Person: c.person.ID}
	c.businessTask = data.Task{Text: "Send tilbud til Kari", Person: c.person.ID, Organisation: c.business.ID}
	put(t, c.Workspace, &c.openTask, &c.businessTask)
	long := strings.Repeat("Bakgrunnen er lang. ", 30)
	c.application = data.Application{Call: "x", Answers: data.Values{"title": "Prosjekt", "background": long + " med"}}
	put(t, c.Workspace, &c.application)
	for _, text := range []string{long + "Kari Ø med", long + "Kari Øverås med", long + "Kari Øverås, tlf. 900 12 345, med"} {
		update(t, c.Workspace, "Skrev", func(tx *data.Tx) error { return tx.SetValue(&c.application, "background", text) })
	}
	update(t, c.Workspace, "Tok vare på versjon", func(tx *data.Tx) error {
		d, err := data.LoadDraft(tx, c.application.ID)
		if err != nil {
			return err
		}
		return tx.SaveVersion(&d, &data.Version{Name: "Utkast"})
	})
	if _, err := c.Search("kari", 10); err != nil {
		t.Fatal(err)
	}
	_ = c.ReadRegister(func(data.Reader) error { return nil })
	return c
}

func (c *county) subject() data.Subject { return data.Subject{Kind: "person", ID: c.person.ID} }

func (c *county) erase(s data.Subject) data.Traces {
	c.Helper()
	found, err := c.Erase(s, data.EraseOptions{Label: "Slettet personopplysninger", Mark: "[slettet]", Reason: "request"})
	if err != nil {
		c.Fatal(err)
	}
	return found
}

// wantNoBytes looks into the files themselves.
func (c *county) wantNoBytes(names ...string) {
	c.Helper()
	for _, end := range []string{"", "-wal"} {
		raw, err := os.ReadFile(c.path + end)
		if err != nil && end == "" {
			c.Fatal(err)
		}
		for _, name := range names {
			if i := bytes.Index(bytes.ToLower(raw), bytes.ToLower([]byte(name))); i >= 0 {
				c.Errorf("%q stands in the file%s at %d: %q", name, end, i, raw[max(i-80, 0):min(i+80, len(raw))])
			}
		}
	}
}

func TestEraseLeavesNoByte(t *testing.T) {
	c := newCounty(t)
	for _, name := range []string{"Kari Øverås", "kari.overas@example.no"} {
		raw, _ := os.ReadFile(c.path)
		wal, _ := os.ReadFile(c.path + "-wal")
		if !bytes.Contains(append(raw, wal...), []byte(name)) {
			t.Fatalf("%q was never in the file: the test tests nothing", name)
		}
	}
	preview, err := data.TracesOf(c.Workspace, c.subject())
	if err != nil {
		t.Fatal(err)
	}
	found := c.erase(c.subject())
	if fmt.Sprint(preview) != fmt.Sprint(found) {
		t.Errorf("the preview told\n%+v\nand done was\n%+v", preview, found)
	}
	wantVerified(t, c.Workspace)
	// The needle of other people's names must not be taken: "Kari Øveråsen".
	c.wantNoBytes("kari.overas", "90012345", "900 12 345", "sykmeldt", "Ring Øverås", c.person.ID, "Kari Ø.", "Kari Ø ", "Kari Øverås,", "Kari Øverås.", "Kari Øverås ")
	o, _ := data.Get[data.Organisation](c.Workspace, c.business.ID)
	if o.Contact != "" || o.Email != "" || o.Phone != "" || o.Note != "Spør etter [slettet]. Ikke Kari Øveråsen." {
		t.Errorf("the business is %+v", o)
	}
	i, _ := data.Get[data.Interaction](c.Workspace, c.shared.ID)
	if i.Text != "Besøk hos [slettet]. Karin var ikke med." {
		t.Errorf("the visit is %q", i.Text)
	}
	task, _ := data.Get[data.Task](c.Workspace, c.businessTask.ID)
	if task.Person != "" || task.Organisation != c.business.ID || task.Text != "Send tilbud til [slettet]" {
		t.Errorf("the task is %+v", task)
	}
	if _, err := data.Get[data.Task](c.Workspace, c.openTask.ID); data.Code(err) != data.CodeNotFound {
		t.Errorf("the person's own task is there: %v", err)
	}
	a, _ := data.Get[data.Application](c.Workspace, c.application.ID)
	if got := a.Answers["background"]; !strings.HasSuffix(got, "lang. [slettet], tlf. [slettet], med") {
		t.Errorf("the application says …%q", got[max(len(got)-60, 0):])
	}
	entries, err := c.History(c.application.ID, "background", 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if strings.Contains(e.Old+e.New, "Kari") {
			t.Errorf("the history holds …%q", e.New[max(len(e.New)-60, 0):])
		}
	}
	versions, _ := data.Find[data.Version](c.Workspace, "")
	if _, err := versions[0].Draft(); err != nil {
		t.Error(err)
	}
}

func TestEraseGivesAReceipt(t *testing.T) {
	c := newCounty(t)
	found := c.erase(c.subject())
	all, err := data.Find[data.Erasure](c.Workspace, "")
	if err != nil || len(all) != 1 {
		t.Fatalf("%d receipts, %v", len(all), err)
	}
	if r := all[0]; r.Subject != "person" || r.Reason != "request" || r.Removed != int64(len(found.Removed)) || r.Changed != int64(len(found.Changed)) || r.Date == "" {
		t.Errorf("receipt %+v", r)
	}
	kinds := map[string]int{}
	for _, x := range found.Removed {
		kinds[x.Kind]++
	}
	if want := map[string]int{"person": 1, "person_at": 1, "interaction": 1, "interaction_with": 2, "task": 1}; fmt.Sprint(kinds) != fmt.Sprint(want) {
		t.Errorf("removed %v, want %v", kinds, want)
	}
}

// TestUndoAfterErase: what is left of the undo list works, and brings nobody back.
func TestUndoAfterErase(t *testing.T) {
	c := newCounty(t)
	c.other.Contact = "Per Hansen"
	put(t, c.Workspace, &c.other)
	c.erase(c.subject())
	steps := 0
	for ; ; steps++ {
		if _, err := c.Undo(); data.Code(err) == data.CodeNothingToDo {
			break
		} else if err != nil {
			t.Fatalf("step %d: %v", steps, err)
		}
	}
	if steps < 5 {
		t.Errorf("only %d steps could be undone", steps)
	}
	wantVerified(t, c.Workspace)
	for range steps {
		if _, err := c.Redo(); err != nil {
			t.Fatal(err)
		}
	}
	wantVerified(t, c.Workspace)
	c.wantNoBytes("Kari Øverås,", "kari.overas", "sykmeldt")
	if o, _ := data.Get[data.Organisation](c.Workspace, c.other.ID); o.Contact != "Per Hansen" {
		t.Errorf("the other business has contact %q", o.Contact)
	}
	if all, _ := data.Find[data.Erasure](c.Workspace, ""); len(all) != 1 {
		t.Error("the receipt could be undone")
	}
}

func TestEraseKeepsWhatWasSubmitted(t *testing.T) {
	c := newCounty(t)
	update(t, c.Workspace, "Sendte inn", func(tx *data.Tx) error {
		d, err := data.LoadDraft(tx, c.application.ID)
		if err != nil {
			return err
		}
		return tx.SaveVersion(&d, &data.Version{Name: "Innsendt", Frozen: true})
	}, data.Fixed())
	sha, file := "", []byte("Brev fra Kari Øverås")
	update(t, c.Workspace, "La ved", func(tx *data.Tx) (err error) {
		if sha, err = tx.PutBlob(file); err != nil {
			return err
		}
		return tx.Put(&data.Attachment{Application: c.application.ID, Title: "Brev", SHA256: sha})
	})
	found := c.erase(c.subject())
	var reasons []string
	for _, k := range found.Kept {
		reasons = append(reasons, k.Kind+" "+k.Title+" "+k.Reason)
	}
	slices.Sort(reasons)
	if want := []string{"attachment Brev file", "version Innsendt frozen"}; !slices.Equal(reasons, want) {
		t.Errorf("kept %q, want %q", reasons, want)
	}
	wantVerified(t, c.Workspace)
}

func TestEraseOfASoleProprietorship(t *testing.T) {
	c := newCounty(t)
	sole := data.Organisation{OrganisationOf: data.OrganisationBusiness, Name: "Nygårdshaugs Foto", OrgNumber: "914594685", LegalForm: data.LegalFormSole, Email: "foto@example.no"}
	put(t, c.Workspace, &sole)
	visit := data.Interaction{InteractionOf: data.InteractionVisit, Text: "Vil slutte."}
	put(t, c.Workspace, &visit)
	put(t, c.Workspace, &data.InteractionWith{Interaction: visit.ID, Organisation: sole.ID}, &data.PersonAt{Person: c.person.ID, Organisation: sole.ID},
		&data.Partner{Application: c.application.ID, Name: "Nygårdshaugs Foto", OrgNumber: "914 594 685", Organisation: sole.ID})
	c.erase(data.Subject{Kind: "organisation", ID: sole.ID})
	wantVerified(t, c.Workspace)
	c.wantNoBytes("Nygårdshaugs", "914594685", "914 594 685", "foto@example.no", "Vil slutte")
	if _, err := data.Get[data.Person](c.Workspace, c.person.ID); err != nil {
		t.Errorf("another person went too: %v", err)
	}
	p, _ := data.Find[data.Partner](c.Workspace, "")
	if len(p) != 1 || p[0].Name != "[slettet]" || p[0].Organisation != "" {
		t.Errorf("the partner is %+v", p)
	}
}

// TestEraseLetsCachesFollow: entries of the log that went free their numbers; no
// cache may pass over what comes next.
func TestEraseLetsCachesFollow(t *testing.T) {
	c := newCounty(t)
	late := data.Person{Name: "Ida Ny"}
	put(t, c.Workspace, &late) // has the last number
	if _, err := c.Search("ida", 10); err != nil {
		t.Fatal(err)
	}
	c.erase(data.Subject{Kind: "person", ID: late.ID})
	put(t, c.Workspace, &data.Organisation{OrganisationOf: data.OrganisationBusiness, Name: "Nyest AS"})
	for text, want := range map[string]int{"nyest": 1, "ida": 0, "tynset": 1, "kari": 5} {
		hits, err := c.Search(text, 10)
		if err != nil || len(hits) != want {
			t.Errorf("%q finds %d, want %d: %v %v", text, len(hits), want, hits, err)
		}
	}
	err := c.ReadRegister(func(r data.Reader) error {
		all, err := data.Organisations(r, data.OrganisationQuery{Kind: data.OrganisationBusiness}, 0, 10)
		if len(all) != 3 {
			t.Errorf("the register has %d", len(all))
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// TestErasePacksLater: while somebody reads an older state the file can't be
// emptied; it is when it is opened next.
func TestErasePacksLater(t *testing.T) {
	c := newCounty(t)
	err := c.Read(func(r data.Reader) error {
		if _, err := data.Find[data.Person](r, ""); err != nil {
			return err
		}
		short := openWorkspace(t, c.path)
		_, err := short.Erase(c.subject(), data.EraseOptions{Label: "Slettet", Mark: "x"})
		return err
	})
	wantCode(t, err, data.CodeErasedNotPacked)
	c.Close()
	again := openWorkspace(t, c.path)
	defer again.Close()
	c.wantNoBytes("kari.overas", "sykmeldt")
}

func TestWrittenBeforeTheClock(t *testing.T) {
	now := time.Date(2026, 11, 25, 9, 0, 0, 0, time.Local)
	w := newWorkspace(t, at(&now))
	p := data.Person{Name: "Bo"}
	put(t, w, &p, &data.Organisation{Name: "Bo", Note: "Bo bor her. Boligen er ny."})
	found, err := w.Erase(data.Subject{Kind: "person", ID: p.ID}, data.EraseOptions{Label: "Slettet", Mark: "▢"})
	if err != nil {
		t.Fatal(err)
	}
	o, _ := data.Find[data.Organisation](w, "")
	if o[0].Note != "Bo bor her. Boligen er ny." || o[0].Name != "▢" || len(found.Changed) != 1 {
		t.Errorf("a short name took %+v with it", o[0])
	}
	if r, _ := data.Find[data.Erasure](w, ""); r[0].Date != "2026-11-25" {
		t.Errorf("receipt of %s", r[0].Date)
	}
	wantVerified(t, w)
}
