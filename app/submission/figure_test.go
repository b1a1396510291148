package submission

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"kompetansepilot/app/document"
	"kompetansepilot/data"
)

// sheet is a canvas that notes the texts, with their places.
type sheet struct {
	texts []note
}

type note struct {
	text                     string
	left, top, right, bottom float64
}

func (s *sheet) Rect(x, y, w, h float64, _ document.Colour)            {}
func (s *sheet) Line(x1, y1, x2, y2, width float64, _ document.Colour) {}
func (s *sheet) Polygon([]document.Point, document.Colour)             {}
func (s *sheet) Circle(x, y, radius float64, _ document.Colour)        {}
func (s *sheet) TextWidth(text string, size float64, bold bool) float64 {
	return float64(utf8.RuneCountInString(text)) * size * 0.2
}

func (s *sheet) Text(x, y float64, text string, size float64, align document.Align, bold bool, _ document.Colour) {
	s.texts = append(s.texts, note{text, x, y - size*0.25, x + s.TextWidth(text, size, bold), y + 0.5})
}

func (s *sheet) has(text string) bool {
	for _, n := range s.texts {
		if n.text == text {
			return true
		}
	}
	return false
}

func figures(doc document.Document) (all []document.Figure) {
	for _, b := range doc.Blocks {
		if f, ok := b.(document.Figure); ok {
			all = append(all, f)
		}
	}
	return all
}

// TestNamesOnTheMap: whatever a county chooses, names do not cover each other
// and nearly all of them are there; all are in the text alternative.
func TestNamesOnTheMap(t *testing.T) {
	call := theCall(t)
	counties := append(places.Counties("2024"), places.Counties("2020")...)
	for _, c := range counties {
		var numbers []string
		in := places.CountyMunicipalities(c.Number)
		for _, m := range in {
			numbers = append(numbers, m.Number)
		}
		d := &data.Draft{Application: data.Application{Call: call.ID, County: c.Number, Answers: data.Values{"municipalities": strings.Join(numbers, ",")}}}
		for _, f := range figures(Document(Content{Call: call, Draft: d, Places: places, Words: nb})) {
			s := &sheet{}
			f.Draw(s, figureWidth, f.Height)
			if len(s.texts)*10 < len(in)*9 {
				t.Errorf("%s: %d of %d names are on the map", c.Name, len(s.texts), len(in))
			}
			for i, a := range s.texts {
				if a.left < 0 || a.right > figureWidth || a.top < 0 || a.bottom > f.Height+0.5 {
					t.Errorf("%s: %q is outside the map", c.Name, a.text)
				}
				for _, b := range s.texts[i+1:] {
					if a.left < b.right-0.1 && b.left < a.right-0.1 && a.top < b.bottom-0.5 && b.top < a.bottom-0.5 {
						t.Errorf("%s: %q and %q cover each other", c.Name, a.text, b.text)
					}
				}
			}
			for _, m := range in {
				if !strings.Contains(f.Alt, m.Name) {
					t.Errorf("%s: the alternative does not name %s", c.Name, m.Name)
				}
			}
		}
	}
}

// figureWidth is the text column, in mm.
const figureWidth = 168

func TestTimeline(t *testing.T) {
	call := theCall(t)
	d := &data.Draft{Application: data.Application{Call: call.ID, County: "34", Answers: data.Values{}}}
	for range 40 {
		d.Activities = append(d.Activities, data.Activity{Name: "Kartlegge", Start: "2020-11-01", Finish: "2021-08-31"})
	}
	d.Activities = append(d.Activities, data.Activity{Name: "Uten dato"}, data.Activity{Name: "Bakvendt", Start: "2022-01-01", Finish: "2021-01-01"})
	d.Milestones = []data.Milestone{{Name: "Ferdig", Date: "2021-06-30"}}
	all := figures(Document(Content{Call: call, Draft: d, Places: places, Words: nb}))
	if len(all) != 2 {
		t.Fatalf("%d figures, want 2: 41 lanes do not fit in one", len(all))
	}
	s := &sheet{}
	for _, f := range all {
		f.Draw(s, 168, f.Height)
	}
	alt := all[0].Alt + all[1].Alt
	if !strings.Contains(alt, "Kartlegge: 01.11.2020 til 31.08.2021.") || !strings.Contains(alt, "Milepæl 30.06.2021: Ferdig.") || strings.Contains(alt, "Uten dato") {
		t.Errorf("the alternative is %q", alt)
	}
	for _, want := range []string{"2021", "Ferdig", "jan"} {
		if !s.has(want) {
			t.Errorf("the chart does not show %q", want)
		}
	}
}

// TestNamesInTheTimeline: a long name stands on two lines rather than being cut,
// and a year with little room is named all the same.
func TestNamesInTheTimeline(t *testing.T) {
	call := theCall(t)
	d := &data.Draft{Application: data.Application{Call: call.ID, County: "34", Answers: data.Values{}}}
	d.Activities = []data.Activity{
		{Name: "Etablere", Start: "2020-11-01", Finish: "2021-01-31"},
		{Name: "Mobilisere: frokostmøter, bransjelag og bedriftsbesøk i hele fylket", Start: "2021-01-11", Finish: "2023-10-31"},
	}
	f := figures(Document(Content{Call: call, Draft: d, Places: places, Words: nb}))[0]
	s := &sheet{}
	f.Draw(s, figureWidth, f.Height)
	all := ""
	for _, n := range s.texts {
		all += n.text + " "
	}
	if !strings.Contains(all, d.Activities[1].Name) || s.has(d.Activities[1].Name) {
		t.Errorf("the chart says %q", all)
	}
	if !s.has("2020") || !s.has("2021") {
		t.Errorf("the years are not named: %q", all)
	}
}

// TestAxisOfAnyDates: a chart of odd dates stays within its room.
func TestAxisOfAnyDates(t *testing.T) {
	date := rapid.Custom(func(t *rapid.T) time.Time {
		return time.Date(rapid.IntRange(1, 9999).Draw(t, "year"), time.Month(rapid.IntRange(1, 12).Draw(t, "month")), rapid.IntRange(1, 28).Draw(t, "day"), 0, 0, 0, 0, time.UTC)
	})
	rapid.Check(t, func(t *rapid.T) {
		from, to := date.Draw(t, "from"), date.Draw(t, "to")
		if to.Before(from) {
			from, to = to, from
		}
		b := &builder{words: nb}
		s := &sheet{}
		lanes := []lane{newLane("x", from, to, false)}
		b.drawTimeline(s, 168, lanes, newAxis(lanes))
		if len(s.texts) > 60 {
			t.Fatalf("%d texts on the axis", len(s.texts))
		}
		for _, n := range s.texts {
			if n.left < 0 || n.left > 168 {
				t.Fatalf("%q stands at %g", n.text, n.left)
			}
		}
	})
}
