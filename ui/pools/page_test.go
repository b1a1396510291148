package pools

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"kompetansepilot/app"
	"kompetansepilot/app/need"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/uitest"
)

// fill gives five businesses the same need, one another, and an offering that fits.
func fill(t *testing.T, p *app.Program, each int64) {
	t.Helper()
	for i := range 5 {
		n := data.Need{Text: fmt.Sprintf("Vi trenger førstehjelpskurs til skift %d på sagbruket", i+1), Municipality: "3446", People: each, Level: "any", Form: "any", Reach: 100, Industry: "Sagbruk (SN2025 16)", Shareable: i == 0, Norm: "nb"}
		if _, err := p.Needs.Add("La til", &n); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := p.Needs.Add("La til", &data.Need{Text: "Tysk for resepsjonen", Municipality: "5001", People: 1, Level: "any", Form: "any"}); err != nil {
		t.Fatal(err)
	}
	if err := p.Workspace.Update("La til", func(tx *data.Tx) error {
		return tx.Put(&data.Offering{Title: "Førstehjelp på arbeidsplassen", Description: "Kurs i førstehjelp for ansatte", Municipality: "3446", Place: "Gran", Capacity: 20, Price: 1000, Language: "nb"})
	}); err != nil {
		t.Fatal(err)
	}
}

// TestSeesWhyPlansAndAsks shows a group with its reasons and needs, makes a request
// and finds the plan.
func TestSeesWhyPlansAndAsks(t *testing.T) {
	program := uitest.Program(t, false)
	fill(t, program, 3)
	w := uitest.Window(t, program)
	p := New(w.Env, "").(*Page)
	w.Show(p)
	if len(p.found.Pools) == 0 || p.found.Pools[0].People != 15 {
		t.Fatalf("%+v %v", p.found.Pools, w.Shell.Failed)
	}
	uitest.Has(t, p.Content(), "Nok til et kurs", "førstehjelpskurs til skift 1")
	uitest.Find(t, p.group, "link to a need", func(l *kit.TextLink) bool { return l.Text() == "Åpne behovet" }).Tapped(nil)
	if got := w.Shell.Went[len(w.Shell.Went)-1]; got.Page != screen.PageNeeds || got.ID == "" {
		t.Error(got)
	}
	path := filepath.Join(t.TempDir(), "a.pdf")
	p.chooser = &kit.FakeChooser{Path: path}
	p.onBrief("nn")
	if raw, err := os.ReadFile(path); err != nil || len(raw) < 1000 {
		t.Error(err, w.Shell.Failed)
	}
	p.tabs.Select(tabPlan)
	p.onPlan()
	uitest.Has(t, p.Content(), "15 personer får kurs for 15 000 kroner")
	p.budget.SetValue(100)
	p.onPlan()
	uitest.Has(t, p.Content(), "pengene rekker ikke")
}

// TestTellsWhatIsMissing counts who is missing.
func TestTellsWhatIsMissing(t *testing.T) {
	program := uitest.Program(t, false)
	fill(t, program, 1)
	w := uitest.Window(t, program)
	p := New(w.Env, "").(*Page)
	w.Show(p)
	uitest.Has(t, p.Content(), "3 til, så er det kurs")
}

// press presses the button of a text in something.
func press(t *testing.T, in fyne.CanvasObject, text string) {
	t.Helper()
	uitest.Find(t, in, text, func(b *kit.Button) bool { return b.Text() == text && !b.Disabled() }).Tapped(nil)
}

// tick ticks the box of a text.
func tick(t *testing.T, in fyne.CanvasObject, text string) {
	t.Helper()
	uitest.Find(t, in, text, func(c *kit.Check) bool { return strings.Contains(c.Label(), text) }).Tapped(nil)
}

// TestDecidesByHand locks, splits, moves and takes out as a person does, and takes
// it back.
func TestDecidesByHand(t *testing.T) {
	program := uitest.Program(t, false)
	fill(t, program, 3)
	w := uitest.Window(t, program)
	p := New(w.Env, "").(*Page)
	w.Show(p)
	first := p.roll.Shown
	uitest.Has(t, p.Content(), "Forslag", "Velg behov i listen for å dele gruppen")
	press(t, p.group, "Lås gruppen")
	if pool := p.pool(); p.roll.Shown != first || !pool.Locked {
		t.Fatalf("%+v %v", pool, w.Shell.Failed)
	}
	uitest.Has(t, p.Content(), "[Lås opp]", "Låst", "[Løs opp gruppen]")
	if last := w.Shell.Toasts[len(w.Shell.Toasts)-1]; !strings.HasPrefix(last, "Låste gruppen «") {
		t.Error(last)
	}
	tick(t, p.group, "skift 2")
	tick(t, p.group, "skift 4")
	uitest.Has(t, p.Content(), "2 behov er valgt.")
	press(t, p.group, "Ny gruppe av valgte")
	if pool := p.pool(); p.roll.Shown == first || len(pool.Needs) != 2 || len(p.found.Pools) != 2 {
		t.Fatalf("%+v %v", pool, w.Shell.Failed)
	}
	if label, err := program.Workspace.Undo(); err != nil || !strings.HasPrefix(label, "Delte gruppen") {
		t.Fatal(label, err)
	}
	p.Changed(data.Changed{Kinds: []string{"pool"}})
	if p.roll.Shown != first || len(p.found.Pools) != 1 || len(p.pool().Needs) != 5 {
		t.Fatalf("taken back: %+v", p.found.Pools)
	}
	tick(t, p.group, "skift 3")
	press(t, p.group, "Ta valgte ut")
	if pool := p.pool(); len(pool.Needs) != 4 || len(pool.Out) != 1 {
		t.Fatalf("%+v", pool)
	}
	uitest.Has(t, p.near, "skift 3", "Noen har tatt behovet ut av gruppen.")
	press(t, p.near, "Ta med i gruppen")
	if pool := p.pool(); len(pool.Needs) != 5 || len(pool.Out) != 0 {
		t.Fatalf("%+v", pool)
	}
	uitest.Has(t, p.near, "Ingen andre behov gjelder det samme.")
	press(t, p.group, "Løs opp gruppen")
	if pool := p.pool(); pool.Stored || len(pool.Needs) != 5 {
		t.Fatalf("%+v %v", pool, w.Shell.Failed)
	}
	press(t, p.group, "Sted, tid og antall …")
	dialog := w.Shell.Window().Canvas().Overlays().Top()
	w.Picture("pools-set")
	tick(t, dialog, "nov")
	tick(t, dialog, "des")
	press(t, dialog, "Endre")
	if pool := p.pool(); !pool.Timed || !slices.Equal(pool.Months, []int{11, 12}) || pool.Place != "3446" {
		t.Fatalf("%+v %v", pool, w.Shell.Failed)
	}
	uitest.Has(t, p.Content(), "Noen har bestemt at de møtes i november–desember.")
	if len(w.Shell.Failed) > 0 {
		t.Error(w.Shell.Failed)
	}
}

// TestAsksBusinesses shows the letters before anything is saved; without a mailbox
// they are copied.
func TestAsksBusinesses(t *testing.T) {
	program := uitest.Program(t, false)
	fill(t, program, 1)
	for i, norm := range []string{"nb", "nn"} {
		if err := program.Workspace.Update("Ny", func(tx *data.Tx) error {
			return tx.Put(&data.Organisation{OrganisationOf: data.OrganisationBusiness, Name: fmt.Sprintf("Sag %d AS", i+1), Municipality: "3446", Industry: "16.100", IndustryStd: "SN2025", Norm: norm, Email: fmt.Sprintf("post@sag%d.example", i+1)})
		}); err != nil {
			t.Fatal(err)
		}
	}
	w := uitest.Window(t, program)
	p := New(w.Env, "").(*Page)
	w.Show(p)
	p.tabs.Select(tabAsk)
	uitest.Has(t, p.ask, "Sag 1 AS", "Er i samme bransje som 5 av behovene.", "Ligger i Gran.")
	tick(t, p.ask, "Sag 1 AS")
	press(t, p.ask, "Skriv til de valgte …")
	top := w.Shell.Window().Canvas().Overlays().Top()
	uitest.Has(t, top, "Brev til 1 bedrift", "Til Sag 2 AS (nynorsk)", "Ingen postkasse er lagt til")
	press(t, top, "Kopier tekstene")
	if text := fyne.CurrentApp().Clipboard().Content(); !strings.Contains(text, "post@sag2.example") || !strings.Contains(text, "Venleg helsing") || !strings.Contains(text, "3 til, så blir det kurs") || strings.Contains(text, "Sag 1") {
		t.Error(text)
	}
	w.Key(fyne.KeyEscape)
	accounts := []*data.MailAccount{{Address: "anne@fylke.example"}, {Address: "post@fylke.example"}}
	for i, a := range accounts {
		if err := program.Workspace.Update("La til", func(tx *data.Tx) error { return tx.Put(a) }); err != nil {
			t.Fatal(err)
		}
		press(t, p.ask, "Skriv til de valgte …")
		top = w.Shell.Window().Canvas().Overlays().Top()
		if i == 0 {
			uitest.HasNot(t, top, "Kladden legges i denne postkassen.") // there is no choice
			w.Key(fyne.KeyEscape)
		}
	}
	uitest.Has(t, top, "Kladden legges i denne postkassen.")
	mailbox := uitest.Find(t, top, "the mailbox", func(*kit.Select) bool { return true })
	if mailbox.Selected() != accounts[0].ID {
		t.Error("chosen from the start:", mailbox.Selected())
	}
	mailbox.SetSelected(accounts[1].ID)
	mailbox.OnChanged(accounts[1].ID)
	press(t, top, "Legg kladdene i postkassen")
	kept, err := data.Live[data.MailDraft](program.Workspace, "", "")
	if err != nil || len(kept) != 1 || kept[0].Account != accounts[1].ID {
		t.Errorf("%+v %v", kept, err)
	}
}

// labelled reads in the set of labelled needs and offers, and gives some of the
// needs to businesses of the register.
func labelled(t *testing.T, p *app.Program) {
	t.Helper()
	f, err := os.Open("../../app/need/testdata/matching/needs.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	read, err := need.ReadNeeds(f, p.Places)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Needs.Import("Leste inn", read); err != nil {
		t.Fatal(err)
	}
	g, err := p.Needs.Group(need.PoolLimits{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	pool := &g.Pools[0]
	if err := p.Workspace.Update("Ny", func(tx *data.Tx) error {
		for i, name := range []string{"Østlandets Landbruks- og Maskinsamvirke avdeling Gudbrandsdalen SA", "Ål Sag", "Fåberg Mekaniske Verksted AS", "Ørsta Trevare"} {
			o := data.Organisation{OrganisationOf: data.OrganisationBusiness, Name: name, Municipality: pool.Place, Industry: "01.500", IndustryStd: "SN2007", Norm: []string{"nb", "nn"}[i%2], SizeBand: "5-9", Status: "mapped"}
			if d := need.Division(g.ByID()[pool.Needs[i%len(pool.Needs)]].Industry); d > 0 {
				o.Industry = fmt.Sprintf("%02d.100", d)
			}
			if i > 0 {
				o.Email = fmt.Sprintf("post@bedrift%d.example", i)
			}
			if err := tx.Put(&o); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

// TestPictures makes pictures to look at, when PICTURES names a folder.
func TestPictures(t *testing.T) {
	full, empty := uitest.Program(t, true), uitest.Program(t, false)
	if os.Getenv("PICTURES") == "" {
		t.Skip("PICTURES names no folder")
	}
	labelled(t, full)
	for look, options := range uitest.Looks() {
		for _, size := range []struct{ width, height float32 }{{1280, 800}, {1024, 700}} {
			for name, program := range map[string]*app.Program{"full": full, "empty": empty} {
				w := uitest.WindowIn(t, program, "nb", options, size.width-180, size.height-80)
				p := New(w.Env, "").(*Page)
				w.Show(p)
				picture := func(part string) { w.Picture(fmt.Sprintf("pools-%s-%s-%s-%d", name, part, look, int(size.width))) }
				picture("start")
				if name == "full" {
					p.roll.Sides.ShowRecord(true)
					press(t, p.group, "Lås gruppen")
					tick(t, p.group, said(p.found.needs[p.pool().Needs[1]]))
					picture("group")
					if _, err := program.Workspace.Undo(); err != nil {
						t.Fatal(err)
					}
					p.tabs.Select(tabNear)
					picture("near")
					p.tabs.Select(tabAsk)
					picture("ask")
					press(t, p.ask, "Skriv til de valgte …")
					picture("letters")
					w.Key(fyne.KeyEscape)
					p.tabs.Select(tabPlan)
					p.onPlan()
					picture("plan")
				}
			}
		}
	}
}
