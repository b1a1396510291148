package bundle_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"kompetansepilot/app/document"
	"kompetansepilot/app/exchange/bundle"
	"kompetansepilot/app/grant"
	"kompetansepilot/app/lang"
	"kompetansepilot/data"
)

func TestABundleIsWholeAndAlwaysTheSame(t *testing.T) {
	p := program(t)
	id := application(t, p)
	first := made(t, maker(p), id, "")
	if r := verify(first); !r.OK || !r.Exact {
		t.Errorf("a new bundle has the problems %q, exact %v", r.Problems, r.Exact)
	}
	// What concerns another application changes nothing.
	if err := p.SetSettings("Navn", map[string]string{"name": "Ola"}); err != nil {
		t.Fatal(err)
	}
	if again := made(t, maker(p), id, ""); !bytes.Equal(first, again) {
		t.Error("the same application gave other bytes")
	}
	names := []string{}
	for _, f := range unpack(t, first) {
		names = append(names, f.name)
	}
	for _, want := range []string{bundle.NameReadMe, bundle.NamePDF, bundle.NameApplication, bundle.NameSchema, "utlysning/kompetansepiloter-2020.json", bundle.NameManifest, bundle.NameSums} {
		if !slices.Contains(names, want) {
			t.Errorf("%q is missing among %q", want, names)
		}
	}
}

// Other programs can unpack the bundle and check it.
func TestOtherProgramsCheckIt(t *testing.T) {
	for _, program := range []string{"unzip", "sha256sum"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skip(program + " is not installed")
		}
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "p.zip"), sample(t), 0o600); err != nil {
		t.Fatal(err)
	}
	run := func(name string, args ...string) ([]byte, error) {
		cmd := exec.Command(name, args...)
		cmd.Dir, cmd.Env = dir, append(os.Environ(), "LC_ALL=C.UTF-8")
		return cmd.CombinedOutput()
	}
	if out, err := run("unzip", "-q", "p.zip"); err != nil {
		t.Fatalf("unzip: %v\n%s", err, out)
	}
	if out, err := run("sha256sum", "--strict", "-c", bundle.NameSums); err != nil {
		t.Errorf("sha256sum: %v\n%s", err, out)
	}
	path := filepath.Join(dir, bundle.NamePDF)
	if err := os.WriteFile(path, []byte(thePDF+" "), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := run("sha256sum", "--strict", "-c", bundle.NameSums); err == nil {
		t.Errorf("sha256sum accepts a changed file:\n%s", out)
	}
}

func readApplication(t testing.TB, raw []byte) bundle.Application {
	t.Helper()
	var a bundle.Application
	for _, f := range unpack(t, raw) {
		if f.name == bundle.NameApplication {
			if err := json.Unmarshal(f.content, &a); err != nil {
				t.Fatal(err)
			}
		}
	}
	return a
}

// From a figure one gets back to the records as they were.
func TestFiguresNameTheirRecords(t *testing.T) {
	p := program(t)
	id := application(t, p)
	budget, err := p.Grants.Budget(id, "nb")
	if err != nil {
		t.Fatal(err)
	}
	a := readApplication(t, made(t, maker(p), id, ""))
	if a.Budget.Grant.Amount != budget.Grant || a.Budget.Cost.Total.Amount != budget.TotalCost || budget.Grant == 0 {
		t.Errorf("grant %d, cost %d, want %d and %d", a.Budget.Grant.Amount, a.Budget.Cost.Total.Amount, budget.Grant, budget.TotalCost)
	}
	var d data.Draft
	if err := json.Unmarshal(a.Draft, &d); err != nil {
		t.Fatal(err)
	}
	var sum int64
	for _, row := range d.Financing {
		if slices.Contains(a.Budget.Grant.Records, row.ID) {
			if row.Type != grant.GrantSource {
				t.Errorf("the grant sums a row of the type %s", row.Type)
			}
			for _, year := range budget.Years {
				sum += row.Amount(year)
			}
		}
	}
	if sum != budget.Grant {
		t.Errorf("the records of the grant sum to %d, not %d", sum, budget.Grant)
	}
	businesses := 0
	for _, m := range a.Target.Municipalities {
		businesses += len(m.Businesses)
	}
	if businesses != a.Target.Businesses || businesses == 0 {
		t.Errorf("%d businesses are named, %d counted", businesses, a.Target.Businesses)
	}
}

// figures are all the figures of a budget with the records behind them.
func figures(b *bundle.Budget) []bundle.Figure {
	all := append([]bundle.Figure{b.Grant, b.Balance, b.Unconfirmed, b.MaxGrant.Figure}, b.GrantYears...)
	for _, plan := range []bundle.Plan{b.Cost, b.Financing} {
		all = append(append(all, plan.Total), plan.Years...)
		for _, line := range plan.Lines {
			all = append(append(all, line.Sum), line.Years...)
		}
	}
	return all
}

// Each amount in the tables of the two plans, as the PDF of the bundle shows
// them, is a figure that names its records, whatever the amounts are; and each
// figure that is not nothing stands in the PDF.
func TestAmountsOfThePDFLeadToRecords(t *testing.T) {
	p := program(t)
	id := application(t, p)
	m := maker(p)
	m.PDF = p.PDF
	r := rand.New(rand.NewPCG(1, 2))
	amount := regexp.MustCompile(`^-?\d{1,3}(?:[ \x{a0}\x{202f}]\d{3})+$`)
	for round := range 6 {
		if round > 0 {
			err := p.Grants.Save("Tilfeldig budsjett", id, func(d *data.Draft) error {
				for _, rows := range [][]data.BudgetRow{d.Cost, d.Financing} {
					for i := range rows {
						for _, year := range slices.Sorted(maps.Keys(rows[i].Cells)) {
							if n := 1_000_000 + r.IntN(9_000_000); rows[i].Hourly {
								rows[i].Cells[year] = strconv.Itoa(1 + n%900)
							} else {
								rows[i].Cells[year] = strconv.Itoa(n)
							}
						}
					}
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		raw := made(t, m, id, "")
		if v := verify(raw); !v.OK || !v.Manifest.FiguresInPDF {
			t.Fatalf("round %d: %q", round, v.Problems)
		}
		a := readApplication(t, raw)
		call := contentOf(t, raw, a.Call.File) // its ceilings
		known, shown := map[string]bool{}, map[string]bool{}
		texts := bundle.PDFTexts(contentOf(t, raw, bundle.NamePDF))
		for _, text := range strings.Split(texts, "\n") {
			if text = strings.TrimSpace(text); amount.MatchString(text) {
				shown[digits(text)] = true
			}
		}
		for _, f := range figures(&a.Budget) {
			if f.Amount != 0 && len(f.Records) == 0 {
				t.Errorf("round %d: %d names no record", round, f.Amount)
			}
			known[strconv.FormatInt(f.Amount, 10)] = true
		}
		for _, plan := range []bundle.Plan{a.Budget.Cost, a.Budget.Financing} {
			for _, f := range append([]bundle.Figure{plan.Total}, plan.Years...) {
				if n := strconv.FormatInt(f.Amount, 10); f.Amount >= 1000 && !shown[n] {
					t.Errorf("round %d: the sum %s is not in the PDF", round, n)
				}
			}
		}
		for n := range shown {
			if round > 0 && len(n) > 6 && !known[n] && !fromElsewhere(&a, n) && !bytes.Contains(call, []byte(n)) {
				t.Errorf("round %d: %s in the PDF is no figure", round, n)
			}
		}
	}
}

// fromElsewhere tells of the amounts that other applications and the ceilings
// bring into the PDF, of what is financed besides the grant, and of amounts that
// somebody wrote in a text. The bundle has them all.
func fromElsewhere(a *bundle.Application, n string) bool {
	besides := []string{strconv.FormatInt(a.Budget.Financing.Total.Amount-a.Budget.Grant.Amount, 10)}
	for i, f := range a.Budget.Financing.Years {
		besides = append(besides, strconv.FormatInt(f.Amount-a.Budget.GrantYears[i].Amount, 10))
	}
	if slices.Contains(besides, n) || strings.Contains(digits(string(a.Draft)), n) && !strings.Contains(string(a.Draft), `"`+n+`"`) {
		return true
	}
	for _, o := range a.Budget.OverCeiling {
		if slices.Contains([]string{strconv.FormatInt(o.Ceiling, 10), strconv.FormatInt(o.Sum, 10), strconv.FormatInt(o.By, 10)}, n) {
			return true
		}
	}
	return n == strconv.FormatInt(a.Budget.OverShareBy, 10)
}

func digits(text string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, text)
}

func contentOf(t *testing.T, raw []byte, name string) []byte {
	t.Helper()
	for _, f := range unpack(t, raw) {
		if f.name == name {
			return f.content
		}
	}
	t.Fatalf("no %s", name)
	return nil
}

// A version gives the bundle of then, whatever is written later.
func TestAVersionIsAsItWas(t *testing.T) {
	p := program(t)
	id := application(t, p)
	version, err := p.Grants.SaveVersion("Navnga", id, "Til styret")
	if err != nil {
		t.Fatal(err)
	}
	v, err := p.Grants.Version(version)
	if err != nil {
		t.Fatal(err)
	}
	before := made(t, maker(p), id, version)
	if err := p.Grants.SaveAnswer("Endret", id, "title", "Noe helt annet"); err != nil {
		t.Fatal(err)
	}
	after := made(t, maker(p), id, version)
	if !bytes.Equal(before, after) {
		t.Error("the bundle of a version changed with the draft")
	}
	r := verify(after)
	if !r.OK || r.Manifest.Version != version || r.Manifest.ContentSHA256 != v.SHA256 || r.Manifest.Title == "Noe helt annet" {
		t.Errorf("manifest %+v, problems %q", r.Manifest, r.Problems)
	}
	if r := verify(made(t, maker(p), id, "")); r.Manifest.Title != "Noe helt annet" || r.Manifest.Version != "" {
		t.Errorf("the draft gives %+v", r.Manifest)
	}
	other := ""
	for _, a := range must(p.Grants.Applications()) {
		if a.ID != id {
			other = a.ID
		}
	}
	if _, err := maker(p).Make(other, version, ""); data.Code(err) != data.CodeNotFound {
		t.Errorf("the version of another application gave %v", err)
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// The help promises that the note is for the county alone.
func TestTheInternalNoteStaysAtHome(t *testing.T) {
	p := program(t)
	id := application(t, p)
	if err := p.Grants.Save("Notat", id, func(d *data.Draft) error { d.Application.Note = "Bare for oss"; return nil }); err != nil {
		t.Fatal(err)
	}
	version := must(p.Grants.SaveVersion("Navnga", id, "Til styret"))
	for _, of := range []string{"", version} {
		raw := made(t, maker(p), id, of)
		if bytes.Contains(raw, []byte("Bare for oss")) {
			t.Error("the note is in the bundle")
		}
		if r := verify(raw); !r.OK {
			t.Errorf("problems %q", r.Problems)
		}
	}
	a := readApplication(t, made(t, maker(p), id, version))
	if v := must(p.Grants.Version(version)); a.Version.SHA256 != v.SHA256 {
		t.Error("the version's own hash is not told")
	}
}

// The PDF and the JSON are of one moment.
func TestTypingMeanwhileIsNoticed(t *testing.T) {
	p := program(t)
	id := application(t, p)
	m := maker(p)
	times := 0
	pdf := m.PDF
	m.PDF = func(id, version, lang string) ([]byte, []document.Replacement, error) {
		if times++; times == 1 {
			if err := p.Grants.SaveAnswer("Skrev", id, "title", "Skrevet imens"); err != nil {
				t.Fatal(err)
			}
		}
		return pdf(id, version, lang)
	}
	if r := verify(made(t, m, id, "")); times != 2 || r.Manifest.Title != "Skrevet imens" {
		t.Errorf("made after %d PDFs with the title %q", times, r.Manifest.Title)
	}
	n := 0
	m.PDF = func(id, version, lang string) ([]byte, []document.Replacement, error) {
		n++
		_ = p.Grants.SaveAnswer("Skrev", id, "title", strings.Repeat("x", n))
		return pdf(id, version, lang)
	}
	if _, err := m.Make(id, "", ""); data.Code(err) != "bundleMoving" {
		t.Errorf("typing all the time gave %v", err)
	}
	m.PDF = func(string, string, string) ([]byte, []document.Replacement, error) { return nil, nil, nil }
	if _, err := m.Make(id, "", ""); data.Code(err) != "bundleNoPDF" {
		t.Errorf("no PDF gave %v", err)
	}
}

func TestAttachmentNamesAreSafe(t *testing.T) {
	p := program(t)
	id := application(t, p)
	evil := []string{"../../etc/passwd", "a\x00b.pdf", strings.Repeat("å", 300) + ".pdf", "....", "", "CON.txt", "Støtte – «ja».pdf", "Støtte – «ja».pdf", `C:\Windows\x.exe`, "fdp.\u202eexe", "a\nb"}
	d := must(data.LoadDraft(p.Workspace, id))
	had := len(d.Attachments)
	for i, name := range evil {
		if _, err := p.Grants.Attach("La ved", id, data.Attachment{FileName: name, Position: int64(100 + i)}, []byte(name+"x")); err != nil {
			t.Fatal(err)
		}
	}
	raw := made(t, maker(p), id, "")
	r := verify(raw)
	if !r.OK || !r.Exact {
		t.Errorf("problems %q", r.Problems)
	}
	var names []string
	for _, f := range unpack(t, raw) {
		if strings.HasPrefix(f.name, "vedlegg/") {
			names = append(names, f.name)
			if strings.Count(f.name, "/") != 1 || strings.ContainsAny(f.name, "\x00\n\\:\u202e") || len(f.name) > 255 {
				t.Errorf("unsafe name %q", f.name)
			}
		}
	}
	if len(names) != had+len(evil) || !slices.Contains(names, "vedlegg/"+numbered(had+7)+" Støtte – «ja».pdf") {
		t.Errorf("names %q", names)
	}
	if !strings.HasSuffix(names[had+2], "å.pdf") {
		t.Errorf("a long name lost its ending: %q", names[had+2])
	}
}

func numbered(n int) string { return string([]byte{'0' + byte(n/10), '0' + byte(n%10)}) }

func TestNynorskSpeaksNynorsk(t *testing.T) {
	p := program(t)
	b, err := maker(p).Make(application(t, p), "", "nn")
	if err != nil {
		t.Fatal(err)
	}
	var w bytes.Buffer
	if err := b.WriteZip(&w); err != nil {
		t.Fatal(err)
	}
	readme := string(unpack(t, w.Bytes())[0].content)
	if !strings.Contains(readme, "Kontroller ei pakke") || !strings.Contains(readme, "sha256sum -c SHA256SUMS") {
		t.Errorf("says %s", readme)
	}
	// It names what the page is called.
	if words := lang.New("nn"); !strings.Contains(readme, "«"+words.T("bundle.page")+"»") || !strings.HasPrefix(words.T("bundle.check.button"), "Kontroller ei pakke") {
		t.Error("the page has another name")
	}
}
