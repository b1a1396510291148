package application

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"kompetansepilot/app"
	"kompetansepilot/data"
	"kompetansepilot/ui/theme"
	"kompetansepilot/ui/uitest"
)

// TestTargetPictures shows the target group in every look, to be looked at.
func TestTargetPictures(t *testing.T) {
	for name, look := range uitest.Looks() {
		for _, size := range []fyne.Size{{Width: 1280, Height: 800}, {Width: 1024, Height: 700}} {
			pictureTarget(t, name, look, size, "34", true)
		}
	}
	light := theme.Options{Variant: theme.Light}
	for _, county := range []string{"34", "18", "54", "30"} {
		pictureTarget(t, "empty"+county, light, fyne.NewSize(1280, 800), county, false)
	}
	pictureTarget(t, "wide", light, fyne.NewSize(1800, 1000), "34", true)
}

func pictureTarget(t *testing.T, name string, look theme.Options, size fyne.Size, county string, sample bool) {
	t.Helper()
	t.Run(name, func(t *testing.T) {
		p := uitest.Program(t, sample)
		id := sampleID(t, p)
		if !sample {
			var err error
			if id, err = p.Grants.Create("Ny", "kompetansepiloter-2020", county, "nb", "Prøve"); err != nil {
				t.Fatal(err)
			}
		}
		w := uitest.WindowIn(t, p, "nb", look, size.Width, size.Height)
		page := New(w.Env, id).(*Page)
		w.Show(page)
		page.FocusField("municipalities")
		v := page.current.view.(*sectionView).fields["municipalities"].(*targetView)
		file := fmt.Sprintf("%s-%.0f", name, size.Width)
		w.Picture(file + "-list")
		if v.ways.Selected() != targetByList || len(v.list.tree.AccessibilityLabel()) == 0 {
			t.Fatal("the list is not there")
		}
		v.ways.Select(targetByMap)
		page.show()
		page.FocusField("municipalities")
		w.Picture(file + "-map")
		if len(v.chart.control.Points()) == 0 {
			t.Fatal("no points on the map")
		}
	})
}

// sampleID is the sample county's application for the timber industry, "" in an
// empty workspace.
func sampleID(t *testing.T, p *app.Program) string {
	t.Helper()
	all, err := p.Grants.Applications()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range all {
		if strings.Contains(a.Title, "skog") {
			return a.ID
		}
	}
	return ""
}

// TestTargetDetailPictures shows what comes up beside the list and the map.
func TestTargetDetailPictures(t *testing.T) {
	for name, look := range uitest.Looks() {
		t.Run(name, func(t *testing.T) {
			p := uitest.Program(t, true)
			w := uitest.WindowIn(t, p, "nb", look, 1280, 800)
			id := sampleID(t, p)
			page := New(w.Env, id).(*Page)
			w.Show(page)
			page.FocusField("municipalities")
			v := page.current.view.(*sectionView).fields["municipalities"].(*targetView)
			v.fit.onBusinesses()
			w.Picture("detail-" + name + "-behind")
			w.Key(fyne.KeyEscape)
			v.rewrite("x", func(*data.Draft) string { return "0517,1507,3439,9999" })
			w.Shell.Window().Canvas().Focus(v.clear)
			w.Picture("detail-" + name + "-older")
			v.add.onChosen("5012")
			v.add.choose.TypedRune('0')
			w.Write("5")
			w.Picture("detail-" + name + "-search")
			w.Key(fyne.KeyEscape)
			v.ways.Select(targetByMap)
			w.Picture("detail-" + name + "-legend")
			if len(v.target.Outside(v.places, v.county())) == 0 {
				t.Error("nothing lies outside")
			}
		})
	}
}
