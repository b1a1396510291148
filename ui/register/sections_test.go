package register

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"kompetansepilot/app"
	"kompetansepilot/app/partner"
	"kompetansepilot/app/stateaid"
	"kompetansepilot/data"
	"kompetansepilot/ui/parts"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/theme"
	"kompetansepilot/ui/uitest"
)

// withParts gives a business agreements and support, and a provider offerings,
// campuses and enquiries.
func withParts(t *testing.T) (p *app.Program, business, provider string) {
	t.Helper()
	p = uitest.Program(t, true)
	one := func(kind string) data.Organisation {
		all, err := data.Live[data.Organisation](p.Workspace, "kind = ?", "name", kind)
		if err != nil || len(all) == 0 {
			t.Fatal(err)
		}
		return all[0]
	}
	b, v := one(data.OrganisationBusiness), one(data.OrganisationProvider)
	agreements := partner.NewAgreements(p.Workspace)
	for _, a := range []data.Signed{
		{Agreement: data.Agreement{AgreementOf: data.AgreementCooperation, Name: "Samarbeid om kompetanse i tømmerverdikjeden", Date: "2026-03-01", Finish: "2027-12-31"},
			Parties: []data.Signature{{Organisation: b.ID, Party: b.Name, Name: "Kari Nordmann"}, {Party: "Innlandet fylkeskommune", Name: "Ola Vik", Done: "2026-03-02"}}},
		{Agreement: data.Agreement{AgreementOf: data.AgreementSupport, Date: "2026-02-01"}, Parties: []data.Signature{{Organisation: b.ID, Party: b.Name, Name: "Kari Nordmann", Done: "2026-02-01"}}},
	} {
		if _, err := agreements.Save("Ny avtale", a, &partner.File{Name: "avtale.pdf", MediaType: "application/pdf", Content: []byte("pdf")}); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.Workspace.Update("Nye", func(tx *data.Tx) error {
		for _, r := range []data.Record{
			&data.Aid{Organisation: b.ID, Donor: "Innlandet fylkeskommune", Scheme: "Bedriftsintern opplæring", Date: "2025-03-10", Amount: 2_858_125, Rate: 114_325, Basis: stateaid.BasisDeMinimis, Reference: "2025/1234"},
			&data.Aid{Organisation: b.ID, Donor: "Innovasjon Norge", Scheme: "Kompetansestøtte", Date: "2026-02-01", Amount: 120_000, Basis: stateaid.BasisDeMinimis},
			&data.Offering{Row: data.Row{ID: "O1"}, Organisation: v.ID, Title: "Massivtre i praksis", Level: partner.LevelVocational, Credits: 1000, Form: partner.FormNetGatherings, Municipality: "3427", Start: "2026-09-01", Price: 4900},
			&data.Campus{Organisation: v.ID, Name: "Avdeling Tynset", Municipality: "3427", Contact: "Anne Li"},
			&data.Enquiry{Organisation: v.ID, Name: "Kan dere gi kurset på Tynset?", Contact: "Anne Li", Status: partner.EnquirySent, Date: "2026-11-01"},
		} {
			if err := tx.Put(r); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return p, b.ID, v.ID
}

func section(t *testing.T, w *tried, id string) parts.Part {
	t.Helper()
	for _, s := range w.record.sections {
		if s.ID() == id {
			return s
		}
	}
	t.Fatalf("no section %s", id)
	return nil
}

// says tells whether a part, unfolded, says something.
func says(t *testing.T, p parts.Part, wanted ...string) {
	t.Helper()
	p.Open()
	texts := uitest.Texts(p.Object())
	for _, text := range wanted {
		if !strings.Contains(texts, text) {
			t.Errorf("%s does not say %q: %s", p.ID(), text, texts)
		}
	}
}

func TestPartsOfABusiness(t *testing.T) {
	p, business, _ := withParts(t)
	w := try(t, p, data.OrganisationBusiness, business)
	says(t, section(t, w, partner.PartAgreements), "2 avtaler", "1 mangler underskrift", "Mangler underskrift fra", "(Kari Nordmann)", "Alle har skrevet under", "avtale.pdf")
	says(t, section(t, w, partner.PartAid), "2 tildelinger", "nær taket", "250 000 av 300 000 euro er brukt (83 %)", "mangler kurs", "Ikke bekreftet", "2 858 125 kr = 250 000 euro (kurs 11,4325)")
	if err := stateaid.New(p.Workspace).Delete("Slettet", mustFirstAid(t, p)); err != nil {
		t.Fatal(err)
	}
	says(t, section(t, w, partner.PartAid), "1 tildeling")
	// Another business has none of this.
	w.focusOn(w.grid)
	w.Key(fyne.KeyDown)
	says(t, section(t, w, partner.PartAgreements), "Ingen avtaler ennå")
	if len(w.Shell.Failed) > 0 {
		t.Errorf("failed: %v", w.Shell.Failed)
	}
}

func mustFirstAid(t *testing.T, p *app.Program) string {
	t.Helper()
	all, err := data.Live[data.Aid](p.Workspace, "", "date")
	if err != nil || len(all) == 0 {
		t.Fatal(err)
	}
	return all[0].ID
}

func TestPartsOfAProvider(t *testing.T) {
	p, _, provider := withParts(t)
	w := try(t, p, data.OrganisationProvider, provider)
	says(t, section(t, w, partner.PartOfferings), "1 tilbud", "Massivtre i praksis", "10 studiepoeng", "Nett og samlinger", "Tynset")
	says(t, section(t, w, partner.PartCampuses), "Avdeling Tynset", "Anne Li")
	says(t, section(t, w, partner.PartEnquiries), "1 venter på svar", "sendt 01.11.2026")
	w.FocusField(fieldAccreditation)
	w.Write("Institusjon")
	w.Leave()
	if got := w.stored(provider).Accreditation; !strings.HasSuffix(got, "Institusjon") {
		t.Errorf("accreditation %q", got)
	}
}

// TestSuggestion: a new provider is filled in from the list, in one step.
func TestSuggestion(t *testing.T) {
	w := try(t, uitest.Program(t, false), data.OrganisationProvider, "")
	w.onNew()
	id := w.record.ID()
	hits := w.record.suggestions(w.program.Places.Providers(), "nord univ")
	if len(hits) != 1 || hits[0].Label != "Nord universitet" {
		t.Fatalf("suggestions %+v", hits)
	}
	for _, p := range w.program.Places.Providers() {
		if p.Name == hits[0].Label {
			w.record.onSuggestion(w.record.form.Fields()[0], p)
		}
	}
	if o := w.stored(id); o.Name != "Nord universitet" || o.OrgNumber != "970940243" || o.ProviderKind != partner.ProviderUniversity || o.Municipality != "1804" || o.Source == "" {
		t.Errorf("filled in %+v", o)
	}
	w.undo()
	if o := w.stored(id); o.Name != "" || o.OrgNumber != "" {
		t.Errorf("undo left %+v", o)
	}
}

// TestNewAgreement goes through the dialog by keyboard.
func TestNewAgreement(t *testing.T) {
	p := uitest.Program(t, true)
	w := try(t, p, data.OrganisationBusiness, "")
	part := section(t, w, partner.PartAgreements).(*parts.Agreements)
	part.Open()
	part.Add()
	w.Picture("agreement-dialog")
	w.Key(fyne.KeyTab, fyne.KeyTab)
	submit(t, w)
	all, err := partner.NewAgreements(p.Workspace).OfOrganisation(w.record.ID())
	if err != nil || len(all) != 1 || len(all[0].Parties) != 2 || all[0].Parties[1].Party != "Innlandet fylkeskommune" {
		t.Errorf("%+v, %v", all, err)
	}
	says(t, part, "1 avtale", "Samarbeidsavtale")
	w.undo()
	says(t, part, "Ingen avtaler ennå")
}

// submit presses the main button of the dialog with Ctrl+Enter's twin: Enter in
// a line of text.
func submit(t *testing.T, w *tried) {
	t.Helper()
	for range 40 {
		if w.Shell.Window().Canvas().Focused() == nil {
			break
		}
		if b, ok := w.Shell.Window().Canvas().Focused().(interface{ Text() string }); ok && b.Text() == "Lagre" {
			w.Key(fyne.KeyReturn)
			return
		}
		w.Shell.Window().Canvas().FocusNext()
	}
	t.Fatal("the main button is not reached with Tab")
}

func TestDeclarationIsWritten(t *testing.T) {
	p, business, _ := withParts(t)
	pdf, name, err := p.AidDeclarationPDF(business, "2026-11-25", "")
	if err != nil || !strings.HasPrefix(name, "Egenerklæring ") || len(pdf) < 5000 {
		t.Fatalf("%q, %d bytes, %v", name, len(pdf), err)
	}
	again, _, _ := p.AidDeclarationPDF(business, "2026-11-25", "")
	if string(again) != string(pdf) {
		t.Error("the same content gives other bytes")
	}
	if folder := os.Getenv("PICTURES"); folder != "" {
		if err := os.WriteFile(filepath.Join(folder, "declaration.pdf"), pdf, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// TestPartPictures makes pictures to look at.
func TestPartPictures(t *testing.T) {
	p, business, provider := withParts(t)
	for look, options := range uitest.Looks() {
		for kind, id := range map[string]string{data.OrganisationBusiness: business, data.OrganisationProvider: provider} {
			for _, width := range []float32{1280, 1024} {
				w := uitest.WindowIn(t, p, "nb", options, width-navigation(options), 720)
				page := New(w.Env, kind, id).(*Page)
				w.Show(page)
				for _, s := range page.record.sections {
					s.Open()
				}
				page.record.scroll.ScrollToBottom()
				w.Picture(fmt.Sprintf("parts-%s-%s-%d", kind, look, int(width)))
				if kind == data.OrganisationBusiness {
					page.record.scroll.ScrollToOffset(fyne.NewPos(0, 560*options.TextScale+560))
					w.Picture(fmt.Sprintf("parts-%s-%s-%d-mid", kind, look, int(width)))
				}
			}
		}
	}
	for _, language := range []string{"nn", "en"} {
		w := uitest.WindowIn(t, p, language, theme.Options{Variant: theme.Light}, 1100, 720)
		page := New(w.Env, data.OrganisationBusiness, business).(*Page)
		w.Show(page)
		for _, s := range page.record.sections {
			s.Open()
			if a, ok := s.(*parts.Aid); ok {
				a.Add()
				w.Picture("aid-dialog-" + language)
				w.Key(fyne.KeyEscape)
				a.Rules()
				w.Picture("aid-rules-" + language)
				w.Key(fyne.KeyEscape)
			}
		}
		page.record.scroll.ScrollToBottom()
		w.Picture("parts-" + language)
	}
	var _ screen.Page = (*Page)(nil)
}

// TestClosedDialogKeepsWhatWasWritten: Escape loses nothing.
func TestClosedDialogKeepsWhatWasWritten(t *testing.T) {
	p, business, _ := withParts(t)
	w := try(t, p, data.OrganisationBusiness, business)
	aid := section(t, w, partner.PartAid).(*parts.Aid)
	aid.Open()
	aid.Add()
	w.Write("Innovasjon Norge")
	w.Key(fyne.KeyEscape)
	if len(w.Shell.Toasts) != 1 || !strings.Contains(w.Shell.Toasts[0], "ikke lagret") {
		t.Errorf("told %q", w.Shell.Toasts)
	}
	aid.Add()
	if texts := uitest.Texts(w.Shell.Window().Canvas().Overlays().Top()); !strings.Contains(texts, "Innovasjon Norge") {
		t.Error("what was written is gone")
	}
	submit(t, w)
	aid.Add()
	if texts := uitest.Texts(w.Shell.Window().Canvas().Overlays().Top()); strings.Contains(texts, "Innovasjon Norge") {
		t.Error("what was saved is still in the dialog of the next")
	}
	w.Key(fyne.KeyEscape)
	if len(w.Shell.Toasts) != 2 { // the saving
		t.Errorf("told %q", w.Shell.Toasts)
	}
	agreements := section(t, w, partner.PartAgreements).(*parts.Agreements)
	agreements.Open()
	agreements.Add()
	w.Key(fyne.KeyEscape)
	if len(w.Shell.Toasts) != 2 {
		t.Errorf("an agreement that nobody wrote in: %q", w.Shell.Toasts)
	}
}

// tabTo goes with Tab to what says a text, in the window or the dialog over it.
func tabTo(t *testing.T, w *tried, text string) {
	t.Helper()
	c := w.Shell.Window().Canvas()
	for range 80 {
		if f, ok := c.Focused().(interface{ Text() string }); ok && f.Text() == text {
			return
		}
		c.FocusNext()
	}
	t.Fatalf("%q is not reached with Tab", text)
}

// TestCampusByKeyboard: a campus is made, opened, changed and thrown away, each
// a step to undo.
func TestCampusByKeyboard(t *testing.T) {
	p, _, provider := withParts(t)
	w := try(t, p, data.OrganisationProvider, provider)
	campuses := section(t, w, partner.PartCampuses)
	names := func() (all []string) {
		t.Helper()
		stored, err := w.register.Campuses(provider)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range stored {
			all = append(all, c.Name)
		}
		return all
	}
	campuses.Open()
	tabTo(t, w, "Nytt studiested")
	w.Key(fyne.KeyReturn)
	w.Write("Evenstad")
	tabTo(t, w, "Lagre")
	w.Key(fyne.KeyReturn)
	if got := names(); len(got) != 2 || got[1] != "Evenstad" {
		t.Fatalf("campuses %q", got)
	}
	campuses.Open()
	tabTo(t, w, "Evenstad")
	w.Key(fyne.KeyReturn)
	w.Key(fyne.KeyEnd)
	w.Write(" skole")
	tabTo(t, w, "Lagre")
	w.Key(fyne.KeyReturn)
	says(t, campuses, "Evenstad skole")
	tabTo(t, w, "Avdeling Tynset")
	w.Key(fyne.KeyReturn)
	tabTo(t, w, "Flytt til papirkurven")
	w.Key(fyne.KeyReturn)
	if got := names(); len(got) != 1 || got[0] != "Evenstad skole" {
		t.Errorf("after throwing one away: %q", got)
	}
	for range 3 {
		w.undo()
	}
	if got := names(); len(got) != 1 || got[0] != "Avdeling Tynset" {
		t.Errorf("after undo: %q", got)
	}
	if len(w.Shell.Failed) > 0 {
		t.Errorf("failed: %v", w.Shell.Failed)
	}
}
