package duplicates

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"kompetansepilot/app"
	"kompetansepilot/app/partner"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/theme"
	"kompetansepilot/ui/uitest"
)

// filled is a register with three pairs, of which two are certain.
func filled(t testing.TB, more int) *app.Program {
	t.Helper()
	p := uitest.Program(t, false)
	all := []data.Organisation{
		{Name: "Fåvang Sag og Høvleri AS", OrgNumber: "314950283", Municipality: "3439", Email: "post@favangsag.no", Source: "Enhetsregisteret", SourceTime: "2026-11-01T10:00:00Z", Status: "contacted", Tags: "sag", SizeBand: "10-19", Industry: "16.110"},
		{Name: "FÅVANG SAG & HØVLERI A/S", Municipality: "3439", Website: "www.favangsag.no", Phone: "61 28 20 00", Contact: "Åse Haugsbakk", Status: "mapped", Tags: "tre, høst 2026", Note: "Snakket med Åse i mai. De trenger folk som kan tørke trelast."},
		{Name: "Berg Bakeri", Municipality: "3434", Phone: "61203040"}, {Name: "Bakeri Berg ENK", Municipality: "3434", Phone: "+47 61203040"},
		{Name: "Nordfjell Trelast", Municipality: "3436"}, {Name: "Nordfjel Trelast", Municipality: "3436"},
		{Name: "Noe helt annet"},
	}
	for i := range more {
		name := fmt.Sprintf("%c%c%c Allmenne Tømmer- og Trelastforretning i Nord-Østerdalen %d", 'A'+i%26, 'a'+i/26%26, 'q', 7000+i)
		all = append(all, data.Organisation{Name: name, Municipality: "3427"}, data.Organisation{Name: name + " AS", Municipality: "3427"})
	}
	if err := p.Workspace.Update("Nye", func(tx *data.Tx) error {
		for i := range all {
			all[i].OrganisationOf = data.OrganisationBusiness
			if err := tx.Put(&all[i]); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return p
}

func open(t *testing.T, p *app.Program) (*uitest.Tried, *page) {
	t.Helper()
	w := uitest.Window(t, p)
	page := New(w.Env, data.OrganisationBusiness).(*page)
	w.Show(page)
	return w, page
}

func live(t *testing.T, p *page) int {
	t.Helper()
	all, err := p.register.All(data.OrganisationBusiness)
	if err != nil {
		t.Fatal(err)
	}
	return len(all)
}

func TestMergesAsItIsTicked(t *testing.T) {
	w, p := open(t, filled(t, 0))
	if len(p.all) != 3 || p.grid.Total() != 3 || p.detail.keep.Name != "Fåvang Sag og Høvleri AS" {
		for _, c := range p.all {
			t.Log(c.Confidence, c.Keep.Name, c.Lose.Name)
		}
		t.Fatalf("%d pairs, keeps %q", len(p.all), p.detail.keep.Name)
	}
	texts := uitest.Texts(p.Content())
	for _, want := range []string{"samme navn", "samme kommune (Ringebu)", "Slå sammen 2 sikre par", "Åse Haugsbakk", "3 par som kan være samme"} {
		if !strings.Contains(texts, want) {
			t.Errorf("%q is not shown", want)
		}
	}
	if p.detail.sides["tags"] != partner.Both || p.detail.sides["status"] != partner.Lost || p.detail.sides["contact"] != partner.Lost || p.detail.sides["name"] != partner.Kept {
		t.Errorf("proposed %v", p.detail.sides)
	}
	check(t, p, "Kontaktet").Tapped(nil) // the status of the one that is kept
	check(t, p, "sag").Tapped(nil)       // no longer both
	keep, lose := p.detail.keep.ID, p.detail.lose.ID
	p.detail.onMerge()
	o, err := p.register.Get(keep)
	if err != nil || o.Status != "contacted" || o.Contact != "Åse Haugsbakk" || o.Tags != "tre, høst 2026" {
		t.Errorf("merged %+v, %v", o, err)
	}
	if o, err = p.register.Get(lose); err != nil || !o.InTrash() {
		t.Errorf("the loser is %+v, %v", o, err)
	}
	if len(p.all) != 2 || p.detail.keep.ID == keep || len(w.Shell.Toasts) != 1 {
		t.Errorf("%d pairs left, toasts %q", len(p.all), w.Shell.Toasts)
	}
}

// check is the box with a label.
func check(t *testing.T, p *page, label string) *kit.Check {
	t.Helper()
	var found *kit.Check
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		switch x := o.(type) {
		case *kit.Check:
			if x.Label() == label {
				found = x
			}
		case *fyne.Container:
			for _, c := range x.Objects {
				walk(c)
			}
		}
	}
	walk(p.detail.scroll.Content)
	if found == nil {
		t.Fatalf("no box %q", label)
	}
	return found
}

func TestOneSideIsAlwaysTicked(t *testing.T) {
	_, p := open(t, filled(t, 0))
	left, right := check(t, p, "Kontaktet"), check(t, p, "Kartlagt")
	right.Tapped(nil) // was ticked: stays so
	if left.Checked() || !right.Checked() || p.detail.sides["status"] != partner.Lost {
		t.Errorf("sides %v", p.detail.sides)
	}
	left.Tapped(nil)
	if !left.Checked() || right.Checked() {
		t.Error("both or none are ticked")
	}
	p.detail.onSwap()
	if p.detail.keep.Name != "FÅVANG SAG & HØVLERI A/S" || p.detail.sides["org_number"] != partner.Lost {
		t.Errorf("after the swap %q keeps %v", p.detail.keep.Name, p.detail.sides)
	}
}

func TestManyAreOneStep(t *testing.T) {
	program := filled(t, 100)
	_, p := open(t, program)
	before := live(t, p)
	if len(p.surest()) != 102 {
		t.Fatalf("%d are sure", len(p.surest()))
	}
	p.onSure()
	if n := live(t, p); n != before-102 || len(p.all) != 1 {
		t.Errorf("%d of %d left, %d pairs", n, before, len(p.all))
	}
	if label, err := program.Workspace.Undo(); err != nil || label != "Slo sammen 102 par" {
		t.Error(label, err)
	}
	if live(t, p) != before || len(p.all) != 103 {
		t.Errorf("after undo %d of %d, %d pairs", live(t, p), before, len(p.all))
	}
}

func TestNotTheSameIsRemembered(t *testing.T) {
	program := filled(t, 0)
	w, p := open(t, program)
	w.Shell.Window().Canvas().Focus(p.grid.FocusTarget())
	w.Key(fyne.KeyDelete)
	if len(p.all) != 2 {
		t.Fatalf("%d pairs left", len(p.all))
	}
	p.detail.onApart()
	p.detail.onApart()
	if len(p.all) != 0 || !strings.Contains(uitest.Texts(p.Content()), "Ingen står der to ganger") {
		t.Errorf("%d pairs left", len(p.all))
	}
	if again := New(w.Env, data.OrganisationBusiness).(*page); len(again.all) != 0 {
		t.Error("forgotten")
	}
	if live(t, p) != 7 {
		t.Error("something was merged")
	}
	p.goRegister()
	if w.Shell.Went[0] != (screen.Route{Page: screen.PageBusinesses}) {
		t.Errorf("went %v", w.Shell.Went)
	}
}

// TestPictures makes pictures to look at, when PICTURES names a folder.
func TestPictures(t *testing.T) {
	programs := map[string]*app.Program{"three": filled(t, 0), "many": filled(t, 60), "empty": uitest.Program(t, false)}
	for look, options := range uitest.Looks() {
		for _, size := range [][2]float32{{1100, 720}, {964, 620}} {
			for name, program := range programs {
				w := uitest.WindowIn(t, program, "nb", options, size[0], size[1])
				p := New(w.Env, "").(*page)
				w.Show(p)
				w.Picture(fmt.Sprintf("%s-%s-%d", name, look, int(size[0])))
				if options.TextScale > 1 && name == "three" {
					p.goPair()
					w.Picture(fmt.Sprintf("pair-%s-%d", look, int(size[0])))
				}
			}
		}
	}
	w := uitest.WindowIn(t, programs["three"], "nn", theme.Options{Variant: theme.Light}, 1100, 720)
	w.Show(New(w.Env, ""))
	w.Picture("language-nn")
}
