package people_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/people"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

func newService(t *testing.T) (*people.Service, *data.Workspace) {
	t.Helper()
	w, err := data.Open(filepath.Join(t.TempDir(), "a.kpilot"), data.Options{Create: true, Actor: "Ingrid", AnyPlace: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	put(t, w, &data.Setting{Row: data.Row{ID: "county"}, Value: "34"})
	return people.New(w, reference.Load()), w
}

func put(t *testing.T, w *data.Workspace, records ...data.Record) {
	t.Helper()
	if err := w.Update("Endret", func(tx *data.Tx) error {
		for _, r := range records {
			if err := tx.Put(r); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

func day(n int) string { return time.Now().AddDate(0, 0, n).Format(time.DateOnly) }

func TestClockAndWarnings(t *testing.T) {
	s, w := newService(t)
	fine := data.Person{Name: "Fin", Basis: data.BasisTask, Source: "x", Obtained: day(-10)}
	for name, c := range map[string]struct {
		change func(*data.Person)
		want   []people.Warning
	}{
		"fine":            {func(*data.Person) {}, nil},
		"told late":       {func(p *data.Person) { p.Obtained = day(-31) }, []people.Warning{people.WarnNotTold}},
		"told":            {func(p *data.Person) { p.Obtained, p.Told = day(-31), day(-30) }, nil},
		"nothing known":   {func(p *data.Person) { *p = data.Person{Name: "x"} }, []people.Warning{people.WarnNoBasis, people.WarnNotTold, people.WarnNoSource}},
		"old":             {func(p *data.Person) { p.Obtained, p.Told = day(-800), day(-799) }, []people.Warning{people.WarnExpired}},
		"decided":         {func(p *data.Person) { p.KeepUntil = day(-1) }, []people.Warning{people.WarnExpired}},
		"soon":            {func(p *data.Person) { p.KeepUntil = day(20) }, []people.Warning{people.WarnExpiring}},
		"withdrawn":       {func(p *data.Person) { p.Basis = data.BasisWithdrawn }, []people.Warning{people.WarnWithdrawn}},
		"undated consent": {func(p *data.Person) { p.Basis = data.BasisConsent }, []people.Warning{people.WarnNoProof}},
	} {
		p := fine
		p.ID = ""
		c.change(&p)
		put(t, w, &p)
		card, err := s.Card(p.ID)
		if err != nil || !slices.Equal(card.Warnings, c.want) {
			t.Errorf("%s: %v, want %v (%v)", name, card.Warnings, c.want, err)
		}
	}
	// Talking with somebody sets the clock back, and so does another rule.
	old := fine
	old.ID, old.Obtained, old.Told = "", day(-800), day(-799)
	put(t, w, &old)
	if _, err := s.Log("Loggførte", people.Entry{Interaction: data.Interaction{InteractionOf: data.InteractionCall, Date: day(-100)}, People: []string{old.ID}}); err != nil {
		t.Fatal(err)
	}
	if card, _ := s.Card(old.ID); len(card.Warnings) != 0 || card.Clock.Last != day(-100) {
		t.Errorf("after a call: %+v %v", card.Clock, card.Warnings)
	}
	if err := s.SetRules("Endret regler", people.Rules{Months: 2, Contact: "post@example.no"}); err != nil {
		t.Fatal(err)
	}
	if card, _ := s.Card(old.ID); !slices.Contains(card.Warnings, people.WarnExpired) {
		t.Error("the rule of two months does not count")
	}
	watch, err := s.Watch()
	if err != nil || len(watch) == 0 || !watch[0].Warnings[0].Stops() || watch[len(watch)-1].Warnings[0].Stops() {
		t.Errorf("the watch begins with %v, %v", watch[0].Warnings, err)
	}
}

func TestDaySortsTasks(t *testing.T) {
	s, w := newService(t)
	o := data.Organisation{OrganisationOf: data.OrganisationBusiness, Name: "Fåvang Sag AS"}
	put(t, w, &o)
	for due, text := range map[string]string{day(-1): "over", day(0): "i dag", day(7): "snart", day(8): "senere", "": "uten"} {
		put(t, w, &data.Task{Text: text, Due: due, Organisation: o.ID})
	}
	put(t, w, &data.Task{Text: "gjort før", Done: day(-1)}, &data.Task{Text: "gjort", Done: day(0)}, &data.Interaction{InteractionOf: data.InteractionVisit, Date: day(3)},
		&data.Interaction{InteractionOf: data.InteractionVisit, Date: day(-3)})
	d, err := s.Day(data.Today())
	if err != nil {
		t.Fatal(err)
	}
	for want, part := range map[string][]people.TaskRow{"over": d.Overdue, "i dag": d.Today, "snart": d.Soon, "senere": d.Later, "uten": d.Undated, "gjort": d.Done} {
		if len(part) != 1 || part[0].Text != want || want != "gjort" && part[0].OrganisationName != "Fåvang Sag AS" {
			t.Errorf("%s: %+v", want, part)
		}
	}
	if d.Waiting() != 2 || d.Open() != 5 || len(d.Planned) != 1 {
		t.Errorf("waiting %d, open %d, planned %d", d.Waiting(), d.Open(), len(d.Planned))
	}
}

// TestLogKeepsLinks: those who took part are changed, not made anew, and a
// person may belong to two businesses.
func TestLogKeepsLinks(t *testing.T) {
	s, w := newService(t)
	a, b := data.Organisation{Name: "A"}, data.Organisation{Name: "B"}
	put(t, w, &a, &b)
	kari, err := s.Save("La til", data.Person{Name: "Kari"}, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := s.Link("Knyttet", kari, b.ID); err != nil {
			t.Fatal(err)
		}
	}
	if c, _ := s.Card(kari); len(c.At) != 2 {
		t.Errorf("at %v", c.At)
	}
	if err := s.Unlink("Tok bort", kari, a.ID); err != nil {
		t.Fatal(err)
	}
	if f, _ := s.Folder(a.ID); len(f.People) != 0 {
		t.Error("still at A")
	}
	id, err := s.Log("Loggførte", people.Entry{Interaction: data.Interaction{Text: "Hei"}, People: []string{kari}, Organisations: []string{a.ID, b.ID}})
	if err != nil {
		t.Fatal(err)
	}
	links, _ := data.Find[data.InteractionWith](w, "")
	i, _ := s.Interaction(id)
	if _, err := s.Log("Endret", people.Entry{Interaction: i.Interaction, People: []string{kari}, Organisations: []string{b.ID}}); err != nil {
		t.Fatal(err)
	}
	again, _ := data.Find[data.InteractionWith](w, "")
	live, _ := data.Live[data.InteractionWith](w, "", "")
	if len(links) != 3 || len(again) != 3 || len(live) != 2 {
		t.Errorf("%d links, then %d, %d of them live", len(links), len(again), len(live))
	}
	if f, _ := s.Folder(a.ID); len(f.Contacts) != 0 {
		t.Error("the log of A still has it")
	}
}

// parseICS reads a calendar file as strictly as RFC 5545 writes it: properties
// by component.
func parseICS(t *testing.T, raw []byte) []map[string]string {
	t.Helper()
	if !utf8.Valid(raw) || !bytes.HasSuffix(raw, []byte("\r\n")) || bytes.Contains(bytes.ReplaceAll(raw, []byte("\r\n"), nil), []byte("\n")) {
		t.Fatalf("lines do not end with CRLF, or it is not UTF-8: %q", raw)
	}
	var lines []string
	for line := range strings.SplitSeq(strings.TrimSuffix(string(raw), "\r\n"), "\r\n") {
		if len(line) > 75 {
			t.Errorf("a line of %d octets: %q", len(line), line)
		}
		if !utf8.ValidString(line) {
			t.Errorf("a letter is cut in two: %q", line)
		}
		if rest, folded := strings.CutPrefix(line, " "); folded {
			lines[len(lines)-1] += rest
		} else {
			lines = append(lines, line)
		}
	}
	var all []map[string]string
	var open []string
	for _, line := range lines {
		name, value, ok := strings.Cut(line, ":")
		if !ok {
			t.Fatalf("no property: %q", line)
		}
		switch name {
		case "BEGIN":
			open = append(open, value)
			if value != "VCALENDAR" {
				all = append(all, map[string]string{"": value})
			}
		case "END":
			if open[len(open)-1] != value {
				t.Fatalf("%s ends %s", value, open[len(open)-1])
			}
			open = open[:len(open)-1]
		default:
			if len(open) == 2 {
				all[len(all)-1][name] = strings.NewReplacer(`\n`, "\n", `\,`, ",", `\;`, ";", `\\`, `\`).Replace(value)
			}
		}
	}
	if len(open) > 0 {
		t.Errorf("%v is not ended", open)
	}
	return all
}

func TestCalendar(t *testing.T) {
	s, w := newService(t)
	o := data.Organisation{Name: "Ås & Øst; Sag, AS"}
	put(t, w, &o)
	long := strings.Repeat("Ærlig og øyeblikkelig å ", 9) + "; , \\ slutt"
	put(t, w, &data.Task{Text: long, Due: "2026-12-31", Organisation: o.ID})
	visit := data.Interaction{InteractionOf: data.InteractionVisit, Date: day(3), Text: "Linje 1\nLinje 2"}
	put(t, w, &visit, &data.Task{Text: "Uten dag"})
	put(t, w, &data.InteractionWith{Interaction: visit.ID, Organisation: o.ID})
	d, err := s.Day("2026-12-01")
	if err != nil {
		t.Fatal(err)
	}
	d.Planned = nil
	today, _ := s.Day(data.Today())
	d.Planned = today.Planned
	now := time.Date(2026, 12, 1, 10, 0, 0, 0, time.UTC)
	events := parseICS(t, people.Calendar(lang.New("nb"), d, people.CalendarEvents, now))
	if len(events) != 2 || events[0][""] != "VEVENT" || events[0]["DTSTART;VALUE=DATE"] != "20261231" || events[0]["DTEND;VALUE=DATE"] != "20270101" ||
		events[0]["SUMMARY"] != long+" – "+o.Name || events[0]["DTSTAMP"] != "20261201T100000Z" {
		t.Errorf("events %v", events)
	}
	if got := events[1]; got["SUMMARY"] != "Besøk: "+o.Name || got["DESCRIPTION"] != "Linje 1\nLinje 2" || got["UID"] != visit.ID+"@kompetansepilot" {
		t.Errorf("the visit is %v", got)
	}
	todos := parseICS(t, people.Calendar(lang.New("nb"), d, people.CalendarTodos, now.Add(time.Hour)))
	if todos[0][""] != "VTODO" || todos[0]["DUE;VALUE=DATE"] != "20261231" || todos[0]["UID"] != events[0]["UID"] || todos[0]["SUMMARY"] != long {
		t.Errorf("todos %v", todos)
	}
}

func noticeOf(t *testing.T, norm string, basis string) string {
	t.Helper()
	s, w := newService(t)
	o := data.Organisation{Name: "Fåvang Sag AS"}
	put(t, w, &o)
	p := data.Person{Name: "Kari Øverås", Role: "Daglig leder", Email: "kari@example.no", Norm: norm, Basis: basis, BasisDate: "2026-03-01", Source: "Enhetsregisteret", Obtained: "2026-11-01"}
	if err := s.SetRules("Regler", people.Rules{Months: 18, Contact: "personvern@example.no", Officer: "Ola Berg"}); err != nil {
		t.Fatal(err)
	}
	id, err := s.Save("La til", p, o.ID)
	if err != nil {
		t.Fatal(err)
	}
	pdf, name, err := s.Notice(id, "2026-11-25", nil)
	if err != nil || !strings.HasSuffix(name, ".pdf") || !strings.Contains(name, "Kari Øverås") {
		t.Fatalf("%q, %v", name, err)
	}
	again, _, _ := s.Notice(id, "2026-11-25", nil)
	if !bytes.Equal(pdf, again) {
		t.Error("the same letter has other bytes")
	}
	file := filepath.Join(t.TempDir(), "x.pdf")
	if dir := os.Getenv("DOCUMENT_OUT"); dir != "" {
		file = filepath.Join(dir, "notice-"+norm+".pdf")
	}
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	if out := run(t, "qpdf", "--check", file); !strings.Contains(out, "No syntax or stream encoding errors found") || strings.Contains(out, "WARNING") {
		t.Error(out)
	}
	return strings.Join(strings.Fields(run(t, "pdftotext", "-layout", file, "-")), " ")
}

func run(t *testing.T, tool string, args ...string) string {
	t.Helper()
	path, err := exec.LookPath(tool)
	if err != nil {
		t.Skip(tool + " is not installed")
	}
	out, err := exec.Command(path, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", tool, err, out)
	}
	return string(out)
}

// TestNotice: all that article 14 wants stands in the letter, in the person's norm.
func TestNotice(t *testing.T) {
	for norm, want := range map[string][]string{
		"": {"Innlandet fylkeskommune", "Kari Øverås", "Fåvang Sag AS", "25. november 2026", "artikkel 14", "artikkel 6 nr. 1 bokstav e", "Enhetsregisteret", "1. november 2026",
			"18 måneder", "protestere", "Datatilsynet", "personvern@example.no", "Personvernombud: Ola Berg", "kari@example.no"},
		"nn": {"Innlandet fylkeskommune", "Vi har lagra kontaktopplysningar", "Rettane dine", "18 månader", "Personvernombod"},
		"en": {"We keep contact details about you", "GDPR article 6(1)(e)", "18 months"},
	} {
		text := noticeOf(t, norm, data.BasisTask)
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%q: no %q in\n%s", norm, w, text)
			}
		}
	}
	text := noticeOf(t, "nb", data.BasisConsent)
	if !strings.Contains(text, "samtykket du ga 1. mars 2026") || !strings.Contains(text, "trekke samtykket tilbake") || strings.Contains(text, "protestere") {
		t.Errorf("by consent: %s", text)
	}
}

func TestDossier(t *testing.T) {
	s, w := newService(t)
	o := data.Organisation{Name: "Fåvang Sag AS", Note: "Kari Øverås styrer alt"}
	put(t, w, &o)
	id, err := s.Save("La til", data.Person{Name: "Kari Overås", Norm: "nn"}, o.ID)
	if err != nil {
		t.Fatal(err)
	}
	p, _ := s.Get(id)
	p.Name = "Kari Øverås"
	if _, err := s.Save("Endret", p, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Log("Loggførte", people.Entry{Interaction: data.Interaction{InteractionOf: data.InteractionVisit, Date: "2026-11-02", Text: "Fin prat"},
		People: []string{id}, Organisations: []string{o.ID}, FollowUp: data.Task{Text: "Ring", Person: id}}); err != nil {
		t.Fatal(err)
	}
	subject, err := s.Resolve("Kari Øverås")
	if err != nil || subject != (data.Subject{Kind: "person", ID: id}) {
		t.Fatalf("%v, %v", subject, err)
	}
	d, err := s.Dossier(subject)
	if err != nil {
		t.Fatal(err)
	}
	content, err := d.Zip()
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		raw, _ := io.ReadAll(r)
		if filepath.Ext(f.Name) == ".pdf" {
			file := filepath.Join(t.TempDir(), "x.pdf")
			if dir := os.Getenv("DOCUMENT_OUT"); dir != "" {
				file = filepath.Join(dir, "dossier.pdf")
			}
			_ = os.WriteFile(file, raw, 0o600)
			text := run(t, "pdftotext", "-layout", file, "-")
			for _, want := range []string{"Alt vi har registrert om Kari Øverås", "Fin prat", "Kari Overås", "Fåvang Sag AS", "Ring"} {
				if !strings.Contains(strings.Join(strings.Fields(text), " "), want) {
					t.Errorf("no %q in %s", want, text)
				}
			}
			continue
		}
		var got map[string]any
		if err := json.Unmarshal(raw, &got); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"subject", "id", "name", "made", "person", "organisations", "interactions", "tasks", "mentions", "archived", "history", "kept_until"} {
			if _, ok := got[name]; !ok {
				t.Errorf("no %q", name)
			}
		}
		if len(got["interactions"].([]any)) != 1 || len(got["tasks"].([]any)) != 1 || len(got["mentions"].([]any)) != 1 {
			t.Errorf("holds %s", raw)
		}
	}
	if _, err := s.Resolve("Fåvang Sag AS"); data.Code(err) != people.CodeNoSuchPerson {
		t.Errorf("a limited company is a person: %v", err)
	}
	if err := s.SetSole("Merket", o.ID, true); err != nil {
		t.Fatal(err)
	}
	sole, err := s.Resolve("Fåvang Sag AS")
	if err != nil || sole.Kind != "organisation" {
		t.Fatal(err)
	}
	if d, err := s.Dossier(sole); err != nil || len(d.Interactions) != 1 || d.Organisation == nil {
		t.Errorf("%+v, %v", d, err)
	}
}
