package needs

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"kompetansepilot/app"
	"kompetansepilot/app/need"
	"kompetansepilot/app/partner"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/saving"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/uitest"
)

const offerFile = "id,title,description,provider_kind,level,credits,form,place,language_norm,months_available,min_participants,max_participants,price_nok\n" +
	"O1,Nettbutikk for små bedrifter,\"Bygg og drift av nettbutikk, betaling og frakt.\",university,kurs,0,nett,,nb,1;2;9,10,40,0\n" +
	"O2,Krankurs og løfteoperasjoner,Sertifisering for kranførere.,private,kurs,0,samling,Kirkenes,nb,,10,30,4900\n" +
	"O3,Regnskap for ledere,\"Budsjett, regnskap og likviditet.\",fagskole,fagskole,10,nett+samling,,nb,,10,30,4900\n"

const needFile = "id,business_industry,municipality,kommunenr,employees,text,people,level_wanted,form_wanted,max_travel_km,from_month,to_month,norm\n" +
	"N1,Butikk (SN2007 47),Vadsø,5607,6,Vi vil selge på nett men aner ikke hvordan vi setter opp en nettbutikk,2,kurs,nett,0,1,5,nb\n" +
	"N2,Butikk (SN2007 47),Vadsø,5607,4,Treng ein nettbutikk med betaling,1,kurs,nett,0,1,5,nn\n" +
	"N3,Bygg (SN2007 41),Vardø,5606,12,Kranføraren sluttar og vi treng nokon med kranførarbevis,3,kurs,samling,60,1,12,nn\n"

// tried is a page in a window.
type tried struct {
	*uitest.Tried
	program *app.Program
}

func tryIn(t *testing.T, p *app.Program) *tried { return &tried{uitest.Window(t, p), p} }

func (w *tried) list(id string) *Page {
	page := New(w.Env, id).(*Page)
	w.Show(page)
	return page
}

// filled is a workspace with offers and needs.
func filled(t *testing.T) *app.Program {
	t.Helper()
	p := uitest.Program(t, false)
	if _, err := partner.NewOfferings(p.Workspace, p.Places).Import("Leste inn", "offers.csv", strings.NewReader(offerFile), false); err != nil {
		t.Fatal(err)
	}
	read, err := need.ReadNeeds(strings.NewReader(needFile), p.Places)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Needs.Import("Leste inn", read); err != nil {
		t.Fatal(err)
	}
	return p
}

func ids(p *Page) []string {
	var all []string
	for _, r := range p.Rows {
		all = append(all, r.ID)
	}
	return all
}

func offerIDs(all []need.Ranked) []string {
	var ids []string
	for _, r := range all {
		ids = append(ids, r.Offer)
	}
	return ids
}

func TestListsAndFilters(t *testing.T) {
	w := tryIn(t, filled(t))
	p := w.list("")
	if got := ids(p); len(got) != 3 || p.record.ID() == "" {
		t.Fatalf("lists %v, shows %q", got, p.record.ID())
	}
	p.Filter.SetText("kran")
	p.Refilter()
	if got := ids(p); !slices.Equal(got, []string{"N3"}) {
		t.Errorf("kran gives %v", got)
	}
	p.Filter.SetText("")
	if err := w.program.Needs.Decide("Godtok", data.MatchDecision{Need: "N1", Offering: "O1", Decision: data.MatchAccepted}); err != nil {
		t.Fatal(err)
	}
	p.chips.now.States = []string{need.StateAccepted}
	p.chips.changed()
	if got := ids(p); !slices.Equal(got, []string{"N1"}) {
		t.Errorf("with an offer: %v", got)
	}
	if len(w.Shell.Failed) > 0 {
		t.Errorf("failed: %v", w.Shell.Failed)
	}
}

func TestTypingIsSavedAndRead(t *testing.T) {
	w := tryIn(t, filled(t))
	p := w.list("N3")
	p.FocusField(need.FieldText)
	p.record.form.Field(need.FieldText).Frame.Control().(*kit.TextArea).SetText("")
	w.Write("Vi må lære å lage nettbutikk")
	w.Tasks.Advance(saving.TypingPause)
	w.Tasks.Advance(time.Second)
	if n, _ := p.store.Get("N3"); n.Text != "Vi må lære å lage nettbutikk" {
		t.Errorf("stored %q", n.Text)
	}
	uitest.Has(t, p.record.proposals.content, "Liknende behov", "nettbutikk")
	if got := offerIDs(p.record.offers.found.Fits); len(got) == 0 && len(p.record.offers.found.Nearly) == 0 {
		t.Error("no offers for a web shop")
	}
	p.FocusField(need.FieldPeople)
	w.Write("99999")
	if x := p.record.form.Field(need.FieldPeople); x.Frame.Error() == "" {
		t.Error("an absurd count is not told of")
	}
	p.Leave()
	if n, _ := p.store.Get("N3"); n.People > 10_000 {
		t.Errorf("an absurd count was kept: %d", n.People)
	}
}

func TestOneKeyDecides(t *testing.T) {
	w := tryIn(t, filled(t))
	p := w.list("N1")
	p.FocusField(fieldOffers)
	if got := offerIDs(p.record.offers.found.Fits); len(got) == 0 || got[0] != "O1" {
		t.Fatalf("fits %v", got)
	}
	w.Write("g")
	if d, _ := p.store.Decisions("N1"); len(d) != 1 || d[0].Decision != data.MatchAccepted || d[0].Offering != "O1" {
		t.Fatalf("G gives %+v", d)
	}
	if got := p.record.offers.found.Fits[0]; got.Decision.Decision != data.MatchAccepted {
		t.Errorf("not shown as accepted: %+v", got)
	}
	w.Write("u")
	if d, _ := p.store.Decisions("N1"); len(d) != 0 {
		t.Errorf("U leaves %+v", d)
	}
	w.Write("a")
	w.Key(fyne.KeyReturn)
	if d, _ := p.store.Decisions("N1"); len(d) != 1 || d[0].Decision != data.MatchRejected {
		t.Fatalf("A gives %+v", d)
	}
	if slices.Contains(offerIDs(p.record.offers.found.Fits), "O1") || !slices.Contains(offerIDs(p.record.offers.found.Rejected), "O1") {
		t.Error("what is rejected still fits")
	}
	if _, err := w.program.Workspace.Undo(); err != nil {
		t.Fatal(err)
	}
	if got := offerIDs(p.record.offers.found.Fits); len(got) == 0 || got[0] != "O1" {
		t.Errorf("undo gives %v", got)
	}
}

func TestWordsAreTaughtAndForgotten(t *testing.T) {
	w := tryIn(t, filled(t))
	p := w.list("N1")
	if _, err := p.store.Correct("Rettet", data.TermCorrection{Word: "nettbutikk", Concept: firstConcept(p), Sense: data.TermMeansNot, Need: "N1"}); err != nil {
		t.Fatal(err)
	}
	page := NewTerms(w.Env).(*Terms)
	w.Show(page)
	uitest.Has(t, page.Content(), "betyr ikke")
	all, err := p.store.Corrections()
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	page.onDelete(all[0].ID)
	if all, _ = p.store.Corrections(); len(all) != 0 {
		t.Errorf("left %v", all)
	}
	uitest.Has(t, page.Content(), "Her står ordene")
}

func firstConcept(p *Page) string { return p.record.proposals.found.Terms[0].Concept.ID }

// TestInterview: a whole short interview with the keyboard.
func TestInterview(t *testing.T) {
	prog := filled(t)
	w := tryIn(t, prog)
	StartInterview(w.Env, "")
	if len(w.Shell.Went) != 1 || w.Shell.Went[0].Page != screen.PageInterview {
		t.Fatalf("went %v", w.Shell.Went)
	}
	p := NewInterview(w.Env, w.Shell.Went[0].ID).(*interview)
	w.Show(p)
	p.goTo("organisation")
	p.onFinish()
	if p.head.business.Error() == "" {
		t.Error("finished without a business")
	}
	p.head.onBusiness(makeNew + "Vadsø Mek AS")
	if p.now.Business.Name != "Vadsø Mek AS" {
		t.Fatalf("business %+v", p.now.Business)
	}
	p.head.onPlace("5607")
	p.goTo(need.AskNeeds)
	w.Write("Vi trenger sveisesertifikat")
	w.Tasks.Advance(saving.TypingPause)
	p.onMore()
	w.Write("Nettbutikk")
	w.Tasks.Advance(saving.TypingPause)
	p.goTo("reach")
	w.Write("80")
	w.Tasks.Advance(saving.TypingPause)
	for _, q := range p.questions {
		if q.Kind == need.AskConsent || q.Kind == need.AskShare {
			q.frame.Control().(*kit.Radio).OnChanged(need.AnswerYes)
		}
	}
	p.onFinish()
	w.Tasks.Advance(time.Second)
	if len(w.Shell.Failed) > 0 {
		t.Fatal(w.Shell.Failed)
	}
	all, err := data.NeedsIn(prog.Workspace, p.id)
	if err != nil || len(all) != 2 || all[0].Text != "Vi trenger sveisesertifikat" || !all[0].Shareable || all[0].Reach != 80 || all[0].Municipality != "5607" {
		t.Fatalf("needs %+v, %v", all, err)
	}
	o, err := data.Get[data.Organisation](prog.Workspace, all[0].Organisation)
	if err != nil || o.Status != string(partner.StatusMapped) {
		t.Errorf("business %+v, %v", o, err)
	}
	log, err := data.InteractionsAt(prog.Workspace, o.ID, 0)
	if err != nil || len(log) != 1 || !strings.Contains(log[0].Text, "sveisesertifikat") {
		t.Errorf("log %+v, %v", log, err)
	}
}

// TestThousandNeeds: the grid draws those in sight, and the selection is whole.
func TestThousandNeeds(t *testing.T) {
	p := filled(t)
	var lines strings.Builder
	lines.WriteString("id,text,people,kommunenr\n")
	for i := range 1000 {
		fmt.Fprintf(&lines, "M%04d,Vi trenger nettbutikk på avdeling %d,%d,5607\n", i, i, 1+i%5)
	}
	read, err := need.ReadNeeds(strings.NewReader(lines.String()), p.Places)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Needs.Import("Leste inn", read); err != nil {
		t.Fatal(err)
	}
	w := tryIn(t, p)
	page := w.list("M0500")
	if len(page.Rows) != 1003 || page.record.form.Now.ID != "M0500" || page.Grid.Current() != "M0500" {
		t.Fatalf("%d rows, shows %q", len(page.Rows), page.record.form.Now.ID)
	}
	w.Picture("thousand")
	page.Grid.SelectAll()
	page.onShare(true)
	if n, err := p.Workspace.Count("SELECT count(*) FROM need WHERE shareable = 1"); err != nil || n != 1003 {
		t.Errorf("shared %d, %v", n, err)
	}
	page.Remove(page.Grid.Selected())
	if len(page.Rows) != 0 {
		t.Errorf("%d are left", len(page.Rows))
	}
}

// TestSurvey: a file is matched, shown and taken in as one step.
func TestSurvey(t *testing.T) {
	path := filepath.Join(t.TempDir(), "svar.csv")
	if err := os.WriteFile(path, []byte("Hva heter bedriften?;Kommune;Hva trenger dere å lære?;Kan det deles anonymt?\nFjord Fisk AS;Vadsø;Hygiene;Ja\nTom AS;Vadsø;;Nei\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	w := tryIn(t, uitest.Program(t, false))
	p := NewSurvey(w.Env, &kit.FakeChooser{Path: path}).(*survey)
	w.Show(p)
	p.onChoose()
	uitest.Has(t, p.Content(), "Hva trenger dere å lære?", "Hygiene")
	w.Picture("survey-columns")
	p.look()
	w.Picture("survey-rows")
	for _, said := range []string{"Fjord Fisk AS", "Ny bedrift", "Behovet har ingen tekst og er utelatt."} {
		if texts := uitest.Texts(p.Content()); !strings.Contains(texts, said) {
			t.Errorf("does not say %q", said)
		}
	}
	p.onTake()
	if list, err := w.program.Needs.List(need.Query{}); err != nil || len(list) != 1 || list[0].Business != "Fjord Fisk AS" || !list[0].Shareable {
		t.Errorf("took in %+v, %v", list, err)
	}
	if len(w.Shell.Failed) > 0 {
		t.Errorf("failed: %v", w.Shell.Failed)
	}
}

// TestQuestionsAreTheCountysOwn: a change makes the form the county's own.
func TestQuestionsAreTheCountysOwn(t *testing.T) {
	w := tryIn(t, uitest.Program(t, false))
	p := NewQuestions(w.Env, &kit.FakeChooser{}).(*questions)
	w.Show(p)
	first, second := p.form.Parts[0].Questions[0].ID, p.form.Parts[0].Questions[1].ID
	p.move(first, 1)
	if got := p.form.Parts[0].Questions; got[0].ID != second || got[1].ID != first || !p.own {
		t.Errorf("moved to %v", got)
	}
	p.onDelete(first)
	if _, ok := p.form.Question(first); ok {
		t.Error("the question is still there")
	}
	p.onDelete("needs")
	if _, ok := p.form.Question("needs"); !ok {
		t.Error("the needs can be taken away")
	}
	w.Key(fyne.KeyEscape)
	p.onAdd()
	w.Write("Har dere verneombud?")
	w.Picture("question-dialog")
	w.Key(fyne.KeyReturn)
	if q, ok := p.form.Question("own1"); !ok || q.Label["nb"] != "Har dere verneombud?" {
		t.Errorf("added %+v", q)
	}
	p.onReset()
	if p.own {
		t.Error("still the county's own")
	}
	if len(w.Shell.Failed) > 0 {
		t.Errorf("failed: %v", w.Shell.Failed)
	}
}

// TestPictures makes pictures to look at, when PICTURES names a folder.
func TestPictures(t *testing.T) {
	full, empty := filled(t), uitest.Program(t, false)
	id, err := full.Needs.Start("Begynte", data.Interview{Short: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := full.Needs.CreateBusiness("Ny", id, "Vadsø Mek AS", "5607"); err != nil {
		t.Fatal(err)
	}
	inside, _ := data.NeedsIn(full.Workspace, id)
	if err := full.Needs.Type("Endret", inside[0].ID, need.FieldText, func(n *data.Need) { n.Text = "Vi trenger å lære å selge på nett" }); err != nil {
		t.Fatal(err)
	}
	for look, options := range uitest.Looks() {
		for _, size := range []fyne.Size{{Width: 1280, Height: 800}, {Width: 1024, Height: 700}} {
			navigation := float32(180)
			if options.TextScale > 1 {
				navigation = 60
			}
			show := func(p *app.Program, name string, make func(*uitest.Tried) screen.Page) {
				w := uitest.WindowIn(t, p, "nb", options, size.Width-navigation, size.Height-80)
				page := make(w)
				w.Show(page)
				w.Picture(fmt.Sprintf("%s-%s-%d", name, look, int(size.Width)))
			}
			show(full, "needs", func(w *uitest.Tried) screen.Page { return New(w.Env, "N1") })
			show(full, "offers", func(w *uitest.Tried) screen.Page {
				p := New(w.Env, "N1").(*Page)
				p.FocusField(fieldOffers)
				return p
			})
			show(full, "interview", func(w *uitest.Tried) screen.Page { return NewInterview(w.Env, id) })
			show(full, "questions", func(w *uitest.Tried) screen.Page { return NewQuestions(w.Env, &kit.FakeChooser{}) })
			show(empty, "empty", func(w *uitest.Tried) screen.Page { return New(w.Env, "") })
			show(empty, "terms", func(w *uitest.Tried) screen.Page { return NewTerms(w.Env) })
			show(empty, "survey", func(w *uitest.Tried) screen.Page { return NewSurvey(w.Env, &kit.FakeChooser{}) })
		}
	}
}
