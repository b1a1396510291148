package command_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"kompetansepilot/app/brief"
)

type askedRow struct {
	ID       string
	Provider string
	Status   string
	Reply    *struct{ Total, Price, Start string }
}

type requestRow struct {
	ID, State, Pool, Due string
	Asked                []askedRow
}

// TestRequestRepliesAndCourse goes from a group to a course with counts.
func TestRequestRepliesAndCourse(t *testing.T) {
	dir := home(t)
	file := filepath.Join(dir, "a.kpilot")
	if code, _, errOut := run(t, "demo", "--workspace", file); code != 0 {
		t.Fatal(errOut)
	}
	for _, shift := range []string{"dag", "kveld", "natt"} {
		if code, _, errOut := run(t, "needs", "add", "Vi trenger førstehjelpskurs til skiftet på sagbruket om "+shift+"en", "--people", "5", "--municipality", "3446", "--reach", "100", "--industry", "Sagbruk (SN2025 16)"); code != 0 {
			t.Fatal(errOut)
		}
	}
	pools := answer[[]struct{ ID, Label string }](t, "pools")
	if len(pools) == 0 {
		t.Fatal("no group")
	}
	providers := answer[[]struct{ ID string }](t, "providers", "list")
	folder := t.TempDir()
	sent := answer[requestRow](t, "requests", "ask", pools[0].ID, "--to", providers[0].ID, "--to", providers[1].ID, "--due", "10.1.2099", "--folder", folder)
	if len(sent.Asked) != 2 || sent.State != "draft" || sent.Pool == "" || sent.Due != "2099-01-10" {
		t.Fatalf("%+v", sent)
	}
	if files, err := filepath.Glob(filepath.Join(folder, "*")); err != nil || len(files) != 4 {
		t.Errorf("%v %v", files, err)
	}
	if marked := answer[requestRow](t, "requests", "sent", sent.ID); marked.State != "waiting" || marked.Asked[1].Status != "sent" {
		t.Errorf("%+v", marked)
	}
	if code, _, errOut := run(t, "requests", "sent", sent.ID); code != 1 || !strings.Contains(errOut, "alt merket") {
		t.Errorf("%d %s", code, errOut)
	}
	answer[struct{}](t, "replies", "add", sent.Asked[0].ID, "total=140 000", "start=1.2.2099", "credits=7,5")
	if code, _, errOut := run(t, "replies", "add", sent.Asked[0].ID, "price=mange"); code != 1 || !strings.Contains(errOut, "kan ikke stå") {
		t.Errorf("%d %s", code, errOut)
	}
	if code, _, errOut := run(t, "replies", "add", sent.Asked[0].ID, "farge=blå"); code != 1 || !strings.Contains(errOut, "Feltene er") {
		t.Errorf("%d %s", code, errOut)
	}

	sheets, err := filepath.Glob(filepath.Join(folder, "*.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range sheets {
		book, err := excelize.OpenFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range book.GetDefinedName() {
			if n.Name == "kp_"+brief.FieldPrice {
				sheet, cell, _ := strings.Cut(n.RefersTo, "!")
				if err := book.SetCellValue(strings.Trim(sheet, "'"), strings.ReplaceAll(cell, "$", ""), 9000); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := book.Save(); err != nil {
			t.Fatal(err)
		}
		got := answer[struct {
			Enquiry  string
			Problems []string
		}](t, "replies", "import", path)
		if got.Enquiry != sent.Asked[0].ID && got.Enquiry != sent.Asked[1].ID || len(got.Problems) > 0 {
			t.Errorf("%+v", got)
		}
	}
	if replies := answer[[]askedRow](t, "replies", "list", sent.ID); len(replies) != 2 || replies[1].Reply.Price != "9000" || replies[0].Reply.Total != "140000" {
		t.Errorf("%+v", replies)
	}
	if code, out, _ := run(t, "requests", "compare", sent.ID); code != 0 || !strings.Contains(out, "(best)") {
		t.Error(out)
	}
	chosen := answer[map[string]string](t, "requests", "choose", sent.Asked[1].ID)
	course := answer[struct {
		Findings   []string
		Businesses []struct{ ID string }
	}](t, "courses", "show", chosen["course"])
	if len(course.Businesses) != 3 {
		t.Errorf("%+v", course)
	}
	businesses := answer[[]struct{ ID string }](t, "partners", "list")
	set := answer[struct{ Findings []string }](t, "courses", "set", chosen["course"], "--business", businesses[0].ID, "registered=6", "started=7")
	if len(set.Findings) != 1 || !strings.Contains(set.Findings[0], "7 har begynt") {
		t.Errorf("%+v", set)
	}
	if code, _, errOut := run(t, "undo"); code != 0 { // the business came with its counts
		t.Error(errOut)
	}
	if shown := answer[struct{ Businesses []struct{ ID string } }](t, "courses", "show", chosen["course"]); len(shown.Businesses) != 3 {
		t.Errorf("one undo left %+v", shown)
	}
	if code, _, errOut := run(t, "redo"); code != 0 {
		t.Error(errOut)
	}
	answer[struct{}](t, "courses", "set", chosen["course"], "start=1.2.2099")
	for _, wrong := range []string{"start=abcdefghij", "start=2099-13-40"} {
		if code, _, errOut := run(t, "courses", "set", chosen["course"], wrong); code != 1 || !strings.Contains(errOut, "kan ikke stå") {
			t.Errorf("%s: %d %s", wrong, code, errOut)
		}
	}
	if code, _, errOut := run(t, "courses", "set", chosen["course"], "status=kanskje"); code != 1 || !strings.Contains(errOut, "status") {
		t.Errorf("%d %s", code, errOut)
	}
	answer[struct{}](t, "courses", "set", chosen["course"], "status=running", "score=4,3", "answers=5")
	if all := answer[[]struct{ Status string }](t, "courses", "list"); len(all) != 1 || all[0].Status != "running" {
		t.Errorf("%+v", all)
	}
	totals := answer[struct{ Sum struct{ Registered int } }](t, "courses", "totals", "--by", "municipality")
	if totals.Sum.Registered != 6 {
		t.Errorf("%+v", totals)
	}
	answer[map[string]string](t, "courses", "totals", "-o", filepath.Join(dir, "a.csv"))
}
