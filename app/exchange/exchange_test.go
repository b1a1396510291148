package exchange

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"kompetansepilot/app/disk"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// tried is a workspace to import to.
type tried struct {
	*testing.T
	*Service
	store *data.Workspace
	dir   string
}

func try(t *testing.T, all ...*data.Organisation) *tried {
	t.Helper()
	dir := t.TempDir()
	w, err := data.Open(filepath.Join(dir, "a.kpilot"), data.Options{Create: true, Actor: "Kari", AnyPlace: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	if err := w.Update("Nye", func(tx *data.Tx) error {
		for _, o := range all {
			if o.OrganisationOf == "" {
				o.OrganisationOf = data.OrganisationBusiness
			}
			if err := tx.Put(o); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return &tried{t, New(w, reference.Load()), w, dir}
}

func (w *tried) file(text string, kind Kind) *File {
	w.Helper()
	path := filepath.Join(w.dir, "liste.csv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		w.Fatal(err)
	}
	f, err := w.Open(path, "", kind)
	if err != nil {
		w.Fatal(err)
	}
	return f
}

func (w *tried) take(f *File, policy Policy) Result {
	w.Helper()
	r, err := w.Import(context.Background(), "Importerte", f, policy, false)
	if err != nil {
		w.Fatal(err)
	}
	return r
}

// names are those of the register, with what else matters.
func (w *tried) register(show func(o *data.Organisation) string) []string {
	w.Helper()
	all, err := data.Live[data.Organisation](w.store, "", "name, id")
	if err != nil {
		w.Fatal(err)
	}
	var got []string
	for i := range all {
		got = append(got, show(&all[i]))
	}
	return got
}

func (w *tried) reasons(r Result) []string {
	words := lang.New("nb")
	var all []string
	for _, x := range r.Rejected {
		all = append(all, fmt.Sprintf("%d: %s", x.Row, x.Reason.Sentence(words)))
	}
	return all
}

const faulty = `Liste fra kommunen;;;;
;;;;
Bedriftens navn;Org.nr.;Kommune;E-post;Antall ansatte
Berg Sag AS;NO 974 760 673 MVA;Lom;post@berg.example.no;7
Dal Bygg;974 760 674;Lom;;
Vik Trelast;9747606731;Lom;;
Ås Bakeri;97476067A;Lom;;
Igjen;974760673;Lom;;
Herøy Fisk;;Herøy;;
Øy Hotell;;Oppdiktet;;
Post Feil;;Lom;post(a)feil;
;;Lom;;
Nes "Mek" AS;;3434 Lom;;250
"Åpen;;Lom;;
Siste Mann DA;;lom kommune;;ingen
`

func TestImportsWhatIsGoodAndSaysWhy(t *testing.T) {
	w := try(t)
	f := w.file(faulty, Partners)
	if want := []Field{FieldName, FieldNumber, FieldMunicipality, FieldEmail, FieldSize}; !slices.Equal(f.Matching, want) || f.HeaderRow != 3 || f.Remembered {
		t.Fatalf("matched %q, header in row %d", f.Matching, f.HeaderRow)
	}
	dry, err := w.Import(context.Background(), "x", f, PolicyUpdate, true)
	if err != nil || dry.Created != 3 || dry.Transaction != 0 || len(w.register(func(o *data.Organisation) string { return o.Name })) != 0 {
		t.Errorf("dry run: %+v, %v", dry, err)
	}
	r := w.take(f, PolicyUpdate)
	if r.Created != 3 || r.Updated != 0 || r.Transaction == 0 {
		t.Errorf("result %+v", r)
	}
	want := []string{
		"5: Kontrollsifferet i 974760674 stemmer ikke. Et av sifrene er trolig skrevet feil.",
		"6: Organisasjonsnummeret 9747606731 har 10 siffer, men skal ha ni.",
		"7: «97476067A» er ikke et organisasjonsnummer: det skal være ni siffer.",
		"8: «974760673» står også i rad 4.",
		"9: Flere kommuner heter «Herøy». Skriv kommunenummeret, eller navnet med fylket etter.",
		"10: Det finnes ingen kommune som heter «Oppdiktet».",
		"11: «post(a)feil» ser ikke ut som en e-postadresse.",
		"12: Raden har verken navn eller organisasjonsnummer.",
		"14: Et anførselstegn i raden blir aldri lukket.",
	}
	if got := w.reasons(r); !slices.Equal(got, want) {
		t.Errorf("reasons\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	got := w.register(func(o *data.Organisation) string {
		return strings.Join([]string{o.Name, o.OrgNumber, o.Municipality, o.Email, o.SizeBand, o.Status, o.OrganisationOf}, "|")
	})
	if want := []string{"Berg Sag AS|974760673|3434|post@berg.example.no|5-9|new|business", `Nes "Mek" AS||3434||250+|new|business`, "Siste Mann DA||3434||0|new|business"}; !slices.Equal(got, want) {
		t.Errorf("register %q", got)
	}
	if label, err := w.store.Undo(); err != nil || label != "Importerte" || len(w.register(func(o *data.Organisation) string { return o.Name })) != 0 {
		t.Errorf("undo of %q, %v", label, err)
	}
}

func TestRejectedRowsComeBack(t *testing.T) {
	for _, ending := range []string{".csv", ".xlsx"} {
		w := try(t)
		f := w.file(faulty, Partners)
		r := w.take(f, PolicyUpdate)
		path := filepath.Join(w.dir, "feil"+ending)
		if err := WriteRejected(path, f, r.Rejected, lang.New("nb")); err != nil {
			t.Fatal(err)
		}
		again, err := w.Open(path, "", Partners)
		if err != nil {
			t.Fatal(err)
		}
		if want := []Field{FieldName, FieldNumber, FieldMunicipality, FieldEmail, FieldSize, "", ""}; !slices.Equal(again.Matching, want) {
			t.Errorf("%s: matched %q", ending, again.Matching)
		}
		if len(again.Sample) != 9 || again.Sample[0].Cells[1] != "974 760 674" || again.Sample[0].Cells[5] != "5" || !strings.HasPrefix(again.Sample[0].Cells[6], "Kontrollsifferet") {
			t.Errorf("%s: %+v", ending, again.Sample)
		}
	}
}

func TestKnownOnesAreUpdatedSkippedOrNew(t *testing.T) {
	make := func() (*tried, *File) {
		w := try(t, &data.Organisation{Name: "Berg Sag AS", OrgNumber: "974760673", Municipality: "3434", Phone: "1"}, &data.Organisation{Name: "Dal Bygg AS", Municipality: "3434"},
			&data.Organisation{Name: "Vik Mek"}, &data.Organisation{Name: "Tvilling"}, &data.Organisation{Name: "Tvilling AS"}, &data.Organisation{Name: "Nes", Municipality: "3437"})
		return w, w.file("Navn;Orgnr;Kommune;Telefon\nBerg;974760673;;2\nDAL BYGG A/S;;Lom;3\nVik Mek;;;\nTvilling;;;4\nNes;;Lom;5\nNy;;;6\n", Partners)
	}
	show := func(o *data.Organisation) string { return o.Name + " " + o.Phone }
	w, f := make()
	r := w.take(f, PolicyUpdate)
	if r.Created != 2 || r.Updated != 2 || r.Unchanged != 1 || len(r.Rejected) != 1 {
		t.Errorf("update: %+v", r)
	}
	if got, want := w.register(show), []string{"Berg 2", "DAL BYGG A/S 3", "Nes ", "Nes 5", "Ny 6", "Tvilling ", "Tvilling AS ", "Vik Mek "}; !slices.Equal(got, want) {
		t.Errorf("update: %q", got)
	}
	w, f = make()
	if r = w.take(f, PolicySkip); r.Created != 2 || r.Skipped != 2 || r.Updated != 0 || slices.Contains(w.register(show), "Berg 2") {
		t.Errorf("skip: %+v", r)
	}
	w, f = make()
	if r = w.take(f, PolicyNew); r.Created != 5 || r.Unchanged != 1 || len(w.register(show)) != 11 {
		t.Errorf("new: %+v", r)
	}
}

func TestPlanIsCarriedOut(t *testing.T) {
	berg, dal, vik := &data.Organisation{Name: "Berg", Phone: "1"}, &data.Organisation{Name: "Dal"}, &data.Organisation{Name: "Vik"}
	w := try(t, berg, dal, vik)
	f := w.file("Navn;Telefon\nBerg;2\nDal;3\nVik;4\nNy;5\n;6\n", Partners)
	told := 0
	p, err := w.Look(context.Background(), f, PolicyUpdate, func(int) { told++ })
	if err != nil {
		t.Fatal(err)
	}
	if want := map[Action]int{Create: 1, Update: 3, Refuse: 1}; !reflect.DeepEqual(p.Count(), want) || p.Decisions[0].MatchName != "Berg" || p.Decisions[0].ByNumber {
		t.Errorf("plan %+v", p.Decisions)
	}
	p.SetAction(1, Skip)
	p.SetAction(3, Skip) // is new: nothing to choose
	p.SetAction(4, Create)
	if err := w.store.Update("Slettet", func(tx *data.Tx) error { return tx.Delete(vik) }); err != nil {
		t.Fatal(err)
	}
	r, err := w.Apply(context.Background(), "Importerte", p)
	if err != nil || r.Created != 1 || r.Updated != 1 || r.Skipped != 1 || len(r.Rejected) != 2 || r.Transaction == 0 {
		t.Errorf("result %+v, %v", r, err)
	}
	if got := w.reasons(r); !strings.Contains(got[0], "slettet") {
		t.Errorf("reasons %q", got)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := w.Apply(ctx, "Importerte", p); err == nil {
		t.Error("a stopped import went on")
	}
	if _, err := w.Look(ctx, f, PolicyUpdate, nil); err == nil {
		t.Error("a stopped look went on")
	}
}

func TestColumnsAreRemembered(t *testing.T) {
	w := try(t)
	text := "Firma;Nr.;Dato\nBerg;974760673;1.1.2026\n"
	f := w.file(text, Partners)
	if f.Remembered || !slices.Equal(f.Matching, []Field{FieldName, FieldNumber, ""}) {
		t.Fatalf("guessed %q", f.Matching)
	}
	if err := ParseMatching([]byte(`{"Dato": "note", "nr": ""}`), f); err != nil {
		t.Fatal(err)
	}
	w.take(f, PolicyUpdate)
	again := w.file("firma;NR;dato\nDal;1;2\n", Partners)
	if !again.Remembered || !slices.Equal(again.Matching, []Field{FieldName, "", FieldNote}) {
		t.Errorf("remembered %q", again.Matching)
	}
	if other := w.file(text, Providers); other.Remembered {
		t.Error("remembered for another kind")
	}
	for _, wrong := range []string{"[", `{"Nei": "name"}`, `{"Firma": "moon"}`} {
		if err := ParseMatching([]byte(wrong), f); data.Code(err) != CodeMatching {
			t.Errorf("%s: %v", wrong, err)
		}
	}
	f.Matching = []Field{"", "", FieldNote}
	if _, err := w.Import(context.Background(), "x", f, PolicyUpdate, false); data.Code(err) != CodeMatching {
		t.Errorf("without names: %v", err)
	}
}

func TestGuesses(t *testing.T) {
	w := try(t)
	for text, want := range map[string][]Field{
		"Company name,VAT number,E-mail,Phone number\nA,1,b,c\n":                                                               {FieldName, FieldNumber, FieldEmail, FieldPhone},
		"Namn;Føretaksnummer;Talet på tilsette;Heimeside;Merkelappar\nA;1;2;3;4\n":                                             {FieldName, FieldNumber, FieldSize, FieldWebsite, FieldTags},
		"Organisasjonsnummer;Navn;Organisasjonsform.kode;Næringskode 1;Forretningsadresse.kommune;Antall ansatte\n1;2;3;4;5\n": {FieldNumber, FieldName, "", FieldIndustry, FieldMunicipality, FieldSize},
		"Berg AS;974760673;post@example.no;61203040;Lom\nDal AS;;a@example.no;+47 61 20 30 41;Sel\n":                           {FieldName, FieldNumber, FieldEmail, FieldPhone, FieldMunicipality},
		"Navn på bedriften;E-postadresse (felles);Kontaktperson;Tlf. kontakt\nA;b;c;d\n":                                       {FieldName, FieldEmail, FieldContact, FieldPhone},
	} {
		if f := w.file(text, Partners); !slices.Equal(f.Matching, want) {
			t.Errorf("%s: %q", strings.SplitN(text, "\n", 2)[0], f.Matching)
		}
	}
	if f := w.file("Berg AS;974760673\nDal AS;\n", Partners); f.HeaderRow != -1 || w.take(f, PolicyUpdate).Created != 2 {
		t.Errorf("a table without a header: %+v", f)
	}
}

func TestOrgNumber(t *testing.T) {
	for text, want := range map[string]string{
		"974760673": "974760673", "NO 974 760 673 MVA": "974760673", "no974760673mva": "974760673", "974.760.673": "974760673", "Org.nr. 974 760 673": "974760673",
		"974\u00a0760\u202f673": "974760673", "974760673,00": "974760673", "NO-974760673": "974760673", "974 760 673 Foretaksregisteret MVA": "974760673",
	} {
		if got, reason := OrgNumber(text); got != want || reason.Refused() {
			t.Errorf("%q: %q, %+v", text, got, reason)
		}
	}
	for text, want := range map[string]why{"974760674": whyControl, "9747606731": whyLength, "12": whyLength, "": whyLetters, "97476067A": whyLetters, "NO MVA": whyLetters, "٩٧٤٧٦٠٦٧٣": whyLetters, "9,7476E+08": whyLetters} {
		if got, reason := OrgNumber(text); got != "" || reason.why != want {
			t.Errorf("%q: %q, %+v", text, got, reason)
		}
	}
}

func TestCells(t *testing.T) {
	p := newParser(Partners, nil, reference.Load())
	for _, c := range []struct {
		field      Field
		text, want string
	}{
		{FieldMunicipality, "0517", "3437"}, {FieldMunicipality, "301", "0301"}, {FieldMunicipality, "Våler (Innlandet)", "3419"}, {FieldMunicipality, "NORD-FRON", "3436"},
		{FieldSize, "0", "0"}, {FieldSize, "3", "1-4"}, {FieldSize, "5–9", "5-9"}, {FieldSize, "10 til 19", "10-19"}, {FieldSize, "4000", "250+"}, {FieldSize, "Ikke oppgitt", ""}, {FieldSize, "ingen", "0"},
		{FieldIndustry, "16.110 Saging og høvling", "16.110"}, {FieldIndustry, "55101", "55.101"}, {FieldIndustry, "16,1", "16.1"}, {FieldStandard, "SN 2007", "SN2007"},
		{FieldStatus, "kartlagt", "mapped"}, {FieldStatus, "Mapped", "mapped"}, {FieldStatus, "Med i gruppe", "grouped"}, {FieldNorm, "Nynorsk", "nn"}, {FieldNorm, "nb", "nb"},
		{FieldTags, "sag; tre ,sag", "sag, tre"}, {FieldName, "  Berg   Sag ", "Berg Sag"}, {FieldEmail, "mailto:a@example.no", "a@example.no"},
	} {
		if got, reason := p.cell(c.field, c.text); got != c.want || reason.Refused() {
			t.Errorf("%s %q: %q, %+v", c.field, c.text, got, reason)
		}
	}
	for field, text := range map[Field]string{FieldMunicipality: "9999", FieldSize: "mange", FieldIndustry: "Hotell", FieldStatus: "Rar", FieldNorm: "Samnorsk"} {
		if _, reason := p.cell(field, text); !reason.Refused() || reason.Sentence(lang.New("en")) == "" {
			t.Errorf("%s %q was taken", field, text)
		}
	}
}

func TestContacts(t *testing.T) {
	berg := &data.Organisation{Name: "Berg Sag AS", OrgNumber: "974760673", Status: "mapped"}
	skole := &data.Organisation{Name: "Fagskolen Innlandet", OrganisationOf: data.OrganisationProvider}
	w := try(t, berg, skole)
	f := w.file("Navn;Bedrift;Orgnr;Epost;Mobil\nÅse Dal;;974760673;aase@example.no;40000000\nOla Li;fagskolen innlandet;;;41000000\nKari;Ukjent AS;;;1\n;Berg Sag;;;\nPer;;;;\n", Contacts)
	if want := []Field{FieldContact, FieldName, FieldNumber, FieldEmail, FieldPhone}; !slices.Equal(f.Matching, want) {
		t.Fatalf("matched %q", f.Matching)
	}
	r := w.take(f, PolicyUpdate)
	if r.Created != 2 || r.Updated != 0 || len(r.Rejected) != 3 {
		t.Errorf("result %+v %q", r, w.reasons(r))
	}
	show := func() (all []string) {
		t.Helper()
		links, err := data.Live[data.PersonAt](w.store, "", "id")
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range links {
			p, err1 := data.Get[data.Person](w.store, l.Person)
			o, err2 := data.Get[data.Organisation](w.store, l.Organisation)
			if err1 != nil || err2 != nil {
				t.Fatal(err1, err2)
			}
			all = append(all, strings.Join([]string{p.Name, p.Email, p.Phone, p.Source, o.Name}, "|"))
		}
		return all
	}
	want := []string{"Åse Dal|aase@example.no|40000000|liste.csv|Berg Sag AS", "Ola Li||41000000|liste.csv|Fagskolen Innlandet"}
	if got := show(); !slices.Equal(got, want) {
		t.Errorf("people %q", got)
	}
	if again := w.take(f, PolicyUpdate); again.Unchanged != 2 || again.Created+again.Updated != 0 {
		t.Errorf("again %+v", again)
	}
	cards := filepath.Join(w.dir, "kort.vcf")
	text := "BEGIN:VCARD\nVERSION:3.0\nFN:Nina Vik\nORG:Berg Sag AS\nEMAIL:nina@example.no\nEND:VCARD\n" +
		"BEGIN:VCARD\nVERSION:4.0\nFN:Åse Dal\nORG:Berg Sag AS\nTEL:42000000\nEND:VCARD\nBEGIN:VCARD\nVERSION:4.0\nFN:Å. Dal\nORG:Fagskolen Innlandet\nEMAIL:AASE@example.no\nEND:VCARD\n"
	if err := os.WriteFile(cards, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := w.Open(cards, "", Contacts)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := w.Look(context.Background(), f, PolicyUpdate, nil)
	if err != nil || !reflect.DeepEqual(plan.Count(), map[Action]int{Create: 1, Update: 2}) {
		t.Errorf("plan %+v, %v", plan, err)
	}
	if r, err = w.Apply(context.Background(), "Importerte kort", plan); err != nil || r.Created != 1 || r.Updated != 2 {
		t.Errorf("cards: %+v, %v", r, err)
	}
	want = []string{"Å. Dal|AASE@example.no|42000000|liste.csv|Berg Sag AS", "Ola Li||41000000|liste.csv|Fagskolen Innlandet",
		"Nina Vik|nina@example.no||kort.vcf|Berg Sag AS", "Å. Dal|AASE@example.no|42000000|liste.csv|Fagskolen Innlandet"}
	if got := show(); !slices.Equal(got, want) {
		t.Errorf("people %q", got)
	}
	if _, err := w.store.Undo(); err != nil || len(show()) != 2 {
		t.Errorf("after undo %q, %v", show(), err)
	}
}

// TestExportComesBack: what goes out can be taken in again, and changes nothing.
func TestExportComesBack(t *testing.T) {
	all := []*data.Organisation{
		{Name: "Åse & Sønn; AS", OrgNumber: "974760673", Municipality: "3434", Status: "mapped", Contact: "Åse \"Sag\" Dal", Email: "a@example.no", Phone: "+47 61203040", Website: "https://example.no",
			SizeBand: "5-9", Industry: "16.110", IndustryStd: "SN2025", Norm: "nn", Tags: "sag, tre", Note: "=1+1\nlinje to"},
		{Name: "=HYPERLINK(\"x\")", Status: "new", SizeBand: "0"},
	}
	for _, ending := range []string{".xlsx", ".csv"} {
		for _, code := range lang.Codes {
			w := try(t, &data.Organisation{}, all[0], all[1])
			if err := w.store.Update("Slettet", func(tx *data.Tx) error { return tx.Delete(&data.Organisation{Row: data.Row{ID: onlyEmpty(t, w)}}) }); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(w.dir, "ut"+ending)
			if n, err := w.Export(path, Partners, lang.New(code)); err != nil || n != 2 {
				t.Fatal(n, err)
			}
			f, err := w.Open(path, "", Partners)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(f.Matching, Partners.Fields()) {
				t.Errorf("%s in %s: matched %q", ending, code, f.Matching)
			}
			r := w.take(f, PolicyUpdate)
			if r.Unchanged != 2 || r.Created+r.Updated+len(r.Rejected) != 0 {
				t.Errorf("%s in %s: %+v %q", ending, code, r, w.reasons(r))
			}
			all[0].ID, all[1].ID = "", ""
		}
	}
	if _, err := try(t).Export("x.pdf", Partners, lang.New("nb")); data.Code(err) != CodeExport {
		t.Errorf("a PDF: %v", err)
	}
	if _, err := try(t).Export("/nosuch/folder/x.csv", Partners, lang.New("nb")); data.Code(err) != disk.CodeWrite {
		t.Errorf("a folder that is not there: %v", err)
	}
}

func onlyEmpty(t *testing.T, w *tried) string {
	t.Helper()
	all, err := data.Live[data.Organisation](w.store, "name = ''", "")
	if err != nil || len(all) != 1 {
		t.Fatal(len(all), err)
	}
	return all[0].ID
}

func TestCSVForExcel(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.csv")
	if err := WriteTable(path, []string{"Navn", "Telefon"}, func(yield func([]string) error) error {
		return yield([]string{"@x;y", "+4761203040"})
	}); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(path)
	if want := "\xEF\xBB\xBFNavn;Telefon\r\n\"'@x;y\";+4761203040\r\n"; err != nil || string(raw) != want {
		t.Errorf("%q, %v", raw, err)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".kpilot-*")); len(left) > 0 {
		t.Errorf("left %q", left)
	}
}

func TestCardsOut(t *testing.T) {
	w := try(t, &data.Organisation{Name: "Berg, Dal & Sønn AS", OrgNumber: "974760673", Contact: "Åse Marie Dal", Email: "a@example.no", Phone: "+47 61203040", Municipality: "3434",
		Tags: "sag, tre", Note: strings.Repeat("Lang merknad om ærlig øl; ", 12) + "slutt", Website: "example.no"})
	path := filepath.Join(w.dir, "ut.vcf")
	if n, err := w.Export(path, Partners, lang.New("nb")); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(string(raw), "\r\n"), "\r\n") {
		if len(line) > 75 || line == "" {
			t.Errorf("a line of %d bytes: %q", len(line), line)
		}
	}
	if !strings.Contains(string(raw), "N:Dal;Åse Marie;;;\r\nFN:Åse Marie Dal\r\nORG:Berg\\, Dal & Sønn AS\r\n") {
		t.Errorf("%s", raw)
	}
	f, err := w.Open(path, "", Partners)
	if err != nil {
		t.Fatal(err)
	}
	if r := w.take(f, PolicyUpdate); r.Unchanged != 1 {
		t.Errorf("%+v %q", r, w.reasons(r))
	}
}

// FuzzImport: any text is taken in whole or refused with reasons, and a dry run
// says the same.
func FuzzImport(f *testing.F) {
	f.Add([]byte(faulty))
	f.Add([]byte("Navn,Status\nA,Kartlagt\n"))
	dir := f.TempDir()
	w, err := data.Open(filepath.Join(dir, "a.kpilot"), data.Options{Create: true, AnyPlace: true})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { w.Close() })
	s, words, path := New(w, reference.Load()), lang.New("nb"), filepath.Join(dir, "a.csv")
	f.Fuzz(func(t *testing.T, raw []byte) {
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		for _, kind := range Kinds() {
			file, err := s.Open(path, "", kind)
			if err != nil {
				if data.Message(err) == "" {
					t.Fatalf("no sentence: %v", err)
				}
				return
			}
			r, err := s.Import(context.Background(), "x", file, PolicyUpdate, true)
			if err != nil && data.Message(err) == "" {
				t.Fatalf("no sentence: %v", err)
			}
			for _, x := range r.Rejected {
				if x.Reason.Sentence(words) == "" {
					t.Fatalf("row %d is refused without a reason", x.Row)
				}
			}
		}
	})
}
