package portal_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"pgregory.net/rapid"

	"kompetansepilot/app"
	"kompetansepilot/app/grant"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/portal"
	"kompetansepilot/data"
)

var nb = lang.New("nb")

func rf1350(t testing.TB) []byte {
	t.Helper()
	raw, err := os.ReadFile("../../assets/portals/rf1350.json")
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func shipped(t testing.TB) *portal.Portal {
	t.Helper()
	p, faults := portal.Parse(rf1350(t))
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	return p
}

// sample opens the sample county and gives its first application.
func sample(t testing.TB) (*app.Program, string) {
	t.Helper()
	t.Setenv("KOMPETANSEPILOT_HOME", t.TempDir())
	p, err := app.Open(filepath.Join(t.TempDir(), "a.kpilot"), app.LoadState(), app.Options{Create: true, AnyPlace: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Close() })
	if err := app.MakeSample(p); err != nil {
		t.Fatal(err)
	}
	all, err := p.Grants.Applications()
	if err != nil || len(all) == 0 {
		t.Fatal(err)
	}
	return p, all[0].ID
}

func transfer(t testing.TB, p *app.Program, id string) *portal.Transfer {
	t.Helper()
	tr, err := p.Portals.Transfer(id, "", nb)
	if err != nil {
		t.Fatal(err)
	}
	return &tr
}

func item(t testing.TB, tr *portal.Transfer, field string) *portal.Item {
	t.Helper()
	for _, i := range tr.Items() {
		if i.Field == field {
			return i
		}
	}
	t.Fatalf("no item of %s", field)
	return nil
}

func set(t testing.TB, p *app.Program, id, field, text string) {
	t.Helper()
	if err := p.Grants.SetField("x", id, field, text); err != nil {
		t.Fatal(err)
	}
}

func TestTabsFollowThePortal(t *testing.T) {
	p, id := sample(t)
	tr := transfer(t, p, id)
	var tabs []string
	for _, tab := range tr.Tabs {
		tabs = append(tabs, tab.Label)
	}
	want := []string{"Søknadsopplysninger", "Kontaktopplysninger", "Tidligere offentlig støtte", "Spesifikasjon", "Økonomi", "Geografi", "Vedlegg"}
	if !slices.Equal(tabs, want) {
		t.Fatalf("tabs %q", tabs)
	}
	var spec []string
	for _, i := range tr.Tabs[3].Items {
		spec = append(spec, i.Field)
	}
	// What the portal doesn't name stands after its neighbour in the call's form.
	if got := strings.Join(spec, " "); !strings.Contains(got, "subGoals targetAlternative targetJustification anchoring") || spec[len(spec)-1] != "continuation" {
		t.Fatalf("order %s", got)
	}
	if i := item(t, tr, "mainGoals"); i.Label != "Prosjektmål" {
		t.Fatalf("label %q is not the portal's", i.Label)
	}
}

// TestEveryFieldOnce: whatever a portal names, every field of the call is there
// once.
func TestEveryFieldOnce(t *testing.T) {
	p, id := sample(t)
	_, call, err := p.Grants.Load(id)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]bool{}
	for _, s := range call.Form.Sections {
		for _, f := range s.Fields {
			if f.Type != grant.TypeFile && f.Type != grant.TypeFiles {
				want[f.ID] = true
			}
		}
	}
	for _, i := range transfer(t, p, id).Items() {
		if i.File == nil && !want[i.Field] {
			t.Errorf("%s twice, or not in the call", i.Field)
		}
		delete(want, i.Field)
	}
	if len(want) > 0 {
		t.Errorf("left out: %v", want)
	}
}

func TestPlain(t *testing.T) {
	p := shipped(t)
	for text, want := range map[string]string{
		"1\u202f400\u202f000\u00a0kroner":      "1 400 000 kroner",
		"En\r\nto\rtre\u2028fire":              "En\nto\ntre\nfire",
		"\n\n  Innrykk  \nSlutt \t\n\n":        "  Innrykk\nSlutt",
		"Null\x00 og\u200b\u202e skjult\u00ad": "Null og skjult",
		"A\u030ampere":                         "Åmpere",
		"Čálli đ ŋ – «ja» 😀":                   "Čálli đ ŋ – «ja» 😀",
	} {
		if got := p.Plain(text, false); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
	if got := p.Plain("To\n linjer ", true); got != "To linjer" {
		t.Errorf("one line: %q", got)
	}
	p.Text.LineBreak = "\r\n"
	if got := p.Plain("a\nb", false); got != "a\r\nb" {
		t.Errorf("line break: %q", got)
	}
}

func TestPlainPutsTogetherWhatAnInvisibleSignParted(t *testing.T) {
	if got := shipped(t).Plain("A\x00\u030a", false); got != "Å" {
		t.Errorf("got %q", got)
	}
}

func TestPlainIsStable(t *testing.T) {
	p := shipped(t)
	rapid.Check(t, func(t *rapid.T) {
		once := p.Plain(rapid.String().Draw(t, "text"), rapid.Bool().Draw(t, "oneLine"))
		if twice := p.Plain(once, false); twice != once {
			t.Fatalf("%q became %q", once, twice)
		}
	})
}

// TestTheLengthIsThatOfTheForm: a web form counts the UTF-16 units of what it
// sends, and sends a line break as two signs (domain.md 2.3; inferred).
func TestTheLengthIsThatOfTheForm(t *testing.T) {
	p, id := sample(t)
	of := func(text string) int { return len(utf16.Encode([]rune(strings.ReplaceAll(text, "\n", "\r\n")))) }
	plain := shipped(t)
	call := transfer(t, p, id).Call
	text := rapid.OneOf(rapid.String(), rapid.StringMatching(`([a-zæøåÅ😀é][\n\r\t \x{200b}\x{0301}\x{2028}]{0,3}){0,40}`))
	rapid.Check(t, func(t *rapid.T) {
		got := plain.Plain(text.Draw(t, "text"), rapid.Bool().Draw(t, "oneLine"))
		if plain.Length(call, got) != of(got) {
			t.Fatalf("%q is %d, want %d", got, plain.Length(call, got), of(got))
		}
	})
	set(t, p, id, "background", "Å\r\nø😀\ted\u0301\xed\xa0\xbd\u2028slutt\n\n")
	for _, item := range transfer(t, p, id).Items() {
		if item.Length != of(item.Text) {
			t.Errorf("%s: %q is %d, want %d", item.Key, item.Text, item.Length, of(item.Text))
		}
	}
}

func TestFieldsAsThePortalTakesThem(t *testing.T) {
	p, id := sample(t)
	set(t, p, id, "shortDescription", "Å\nø😀")
	set(t, p, id, "amountRequested", "4 400 000")
	set(t, p, id, "accountNumber", "1234 56 78903")
	set(t, p, id, "schedule", "2020-11-01/2023-10-31")
	set(t, p, id, "mainGoals", "Nå 40 bedrifter\tAntall avtaler\t2022-12-31\nEn modell som andre kan bruke")
	tr := transfer(t, p, id)
	short := item(t, tr, "shortDescription")
	if short.Limit != 500 || short.Length != 1+2+1+2 {
		t.Errorf("length %d of %d", short.Length, short.Limit)
	}
	for field, want := range map[string]string{
		"amountRequested": "4400000", "accountNumber": "12345678903", "schedule": "01.11.2020\n31.10.2023",
		"mainGoals": "1. Nå 40 bedrifter · Antall avtaler · 31.12.2022\n2. En modell som andre kan bruke",
	} {
		if got := item(t, tr, field).Text; got != want {
			t.Errorf("%s is %q, want %q", field, got, want)
		}
	}
	contact := item(t, tr, "contactPerson")
	if contact.Grid == nil || len(contact.Grid.Rows) != 4 || contact.Grid.Rows[2].Cells[0] == "" {
		t.Errorf("contact %+v", contact.Grid)
	}
	for _, i := range tr.Items() {
		if strings.ContainsAny(i.Text, "\u202f\u00a0\r\x00") {
			t.Errorf("%s has signs that the portal doesn't take: %q", i.Field, i.Text)
		}
	}
}

func TestPlanIsNumberedAndHasPlainDigits(t *testing.T) {
	p, id := sample(t)
	plan := item(t, transfer(t, p, id), "financingPlan")
	if plan.Grid.Rows[0].Label != "01. Tilskudd fra Kompetansepiloter" {
		t.Fatalf("first row %q", plan.Grid.Rows[0].Label)
	}
	first, _, _ := strings.Cut(plan.Text, "\n")
	if cells := strings.Split(first, "\t"); len(cells) != 5 || cells[1] != "1400000" {
		t.Fatalf("row %q", first)
	}
	if foot := plan.Grid.Foot; foot[len(foot)-1] != "6282000" {
		t.Fatalf("sums %q", foot)
	}
	for i, row := range plan.Grid.Rows {
		if !strings.HasPrefix(row.Label, "0") || row.Label[1] != byte('1'+i) {
			t.Errorf("row %d is %q", i, row.Label)
		}
	}
}

func TestTransferredAndChangedSince(t *testing.T) {
	p, id := sample(t)
	set(t, p, id, "background", "Slik var det")
	before := transfer(t, p, id)
	if before.Done != 0 || before.Total == 0 {
		t.Fatalf("%d of %d", before.Done, before.Total)
	}
	note := func(field string, copied bool) {
		t.Helper()
		if err := p.Portals.Note("Overført", id, "rf1350", *item(t, transfer(t, p, id), field), copied); err != nil {
			t.Fatal(err)
		}
	}
	note("background", true)
	tr := transfer(t, p, id)
	if i := item(t, tr, "background"); tr.Done != 1 || !i.Done() || i.By == "" || i.Transferred.IsZero() {
		t.Fatalf("%d done, %+v", tr.Done, i)
	}
	set(t, p, id, "background", "Slik er det")
	tr = transfer(t, p, id)
	if i := item(t, tr, "background"); tr.Done != 0 || !i.Changed || i.Before != "Slik var det" {
		t.Fatalf("%d done, %+v", tr.Done, i)
	}
	// Only what the portal gets counts: another sort of space is no change.
	set(t, p, id, "background", "Slik\u00a0var det \n")
	if i := item(t, transfer(t, p, id), "background"); i.Changed {
		t.Fatalf("changed: %q", i.Text)
	}
	// What was emptied must be emptied in the portal too.
	set(t, p, id, "background", "")
	tr = transfer(t, p, id)
	if i := item(t, tr, "background"); !i.Changed || !i.Counts() || tr.Total != before.Total {
		t.Fatalf("%d in all, %+v", tr.Total, i)
	}
	note("background", false)
	tr = transfer(t, p, id)
	if i := item(t, tr, "background"); i.Changed || tr.Total != before.Total-1 {
		t.Fatalf("%d in all, %+v", tr.Total, i)
	}
	if _, err := p.Workspace.Undo(); err != nil {
		t.Fatal(err)
	}
	if i := item(t, transfer(t, p, id), "background"); !i.Changed {
		t.Fatal("undo did not bring the note back")
	}
}

func TestAnotherCallIsItsOwnPortal(t *testing.T) {
	p, _ := sample(t)
	raw, err := os.ReadFile("../../assets/calls/kompetansepiloter-2020.json")
	if err != nil {
		t.Fatal(err)
	}
	other := strings.NewReplacer(`"id": "kompetansepiloter-2020"`, `"id": "annen"`, `"system": "RF13.50"`, `"system": "Espresso"`).Replace(string(raw))
	if _, faults, err := p.Grants.Calls().Add([]byte(other), "Lagt til"); err != nil || len(faults) > 0 {
		t.Fatal(err, faults)
	}
	id, err := p.Grants.Create("Ny", "annen", "34", "nb", "Skog")
	if err != nil {
		t.Fatal(err)
	}
	tr := transfer(t, p, id)
	if tr.Portal.ID != "form" || len(tr.Tabs) != 5 { // it has no attachments
		t.Fatalf("portal %s with %d tabs", tr.Portal.ID, len(tr.Tabs))
	}
	if _, err := p.Portals.Transfer(id, "finnesikke", nb); data.Code(err) != "unknownPortal" {
		t.Fatalf("error %v", err)
	}
}

func TestUsersPortalTakesTheBuiltInsPlace(t *testing.T) {
	p, id := sample(t)
	raw := strings.Replace(string(rf1350(t)), `"Kort beskrivelse"`, `"Sammendrag"`, 1)
	if _, faults, err := p.Portals.Add("Lagt til portal", []byte(raw)); err != nil || len(faults) > 0 {
		t.Fatal(err, faults)
	}
	if got := item(t, transfer(t, p, id), "shortDescription").Label; got != "Sammendrag" {
		t.Fatalf("label %q", got)
	}
	if len(p.Portals.Portals()) != 1 {
		t.Fatalf("%d portals", len(p.Portals.Portals()))
	}
}

func TestFaultsNameLineAndReason(t *testing.T) {
	for name, c := range map[string]struct {
		old, new string
		reason   string
	}{
		"not JSON":   {`"schemaVersion": 1,`, `"schemaVersion": 1`, "ikke gyldig JSON"},
		"no id":      {`"id": "rf1350",`, `"id": "",`, "mangler «id»"},
		"wrong kind": {`"max": 10`, `"max": "ti"`, "et helt tall"},
		"same field": {`"id": "shortDescription"`, `"id": "title"`, "samme «id»"},
		"types":      {`"types": null`, `"types": ["PDF"]`, "«.pdf»"},
		"row":        {`"NN. Title"`, `"NN."`, "Title"},
		"address":    {`"https://www.regionalforvaltning.no/"`, `"javascript:alert(1)"`, "nettadresse"},
	} {
		t.Run(name, func(t *testing.T) {
			raw := string(rf1350(t))
			if !strings.Contains(raw, c.old) {
				t.Fatalf("the file has no %s", c.old)
			}
			p, faults := portal.Parse([]byte(strings.Replace(raw, c.old, c.new, 1)))
			if p != nil || len(faults) == 0 {
				t.Fatal("was taken")
			}
			if f := faults[0]; f.Line < 2 || !strings.Contains(f.Message, c.reason) {
				t.Fatalf("fault %+v", f)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	f.Add(rf1350(f))
	f.Add([]byte(`{"id":"a","name":"b","systems":["c"],"tabs":[{"id":"t","label":"T","fields":[null]}]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		p, faults := portal.Parse(raw)
		if (p == nil) == (len(faults) == 0) {
			t.Fatal("neither a portal nor a fault")
		}
	})
}
