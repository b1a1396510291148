package grant

import (
	"strings"
	"testing"

	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

func TestTargetOfOutside(t *testing.T) {
	call, places := shippedCall(t), reference.Load()
	target := ComputeTarget(call, places, "3437,5021,0301", nil)
	var names []string
	for _, m := range target.Outside(places, "34") {
		names = append(names, m.Name)
	}
	if got := strings.Join(names, " "); got != "Oslo Oppdal" {
		t.Errorf("outside Innlandet: %q", got)
	}
	// Lunner lay in Viken of 2020 and lies in Akershus today; both are the county.
	for _, county := range []string{"30", "32", ""} {
		lunner := ComputeTarget(call, places, "3054", nil)
		if out := lunner.Outside(places, county); len(out) != 0 {
			t.Errorf("%s: %v", county, out)
		}
	}
	d := data.Draft{Application: data.Application{County: "34", Answers: data.Values{"municipalities": "3437,5021"}}}
	found := findingsOf(check(call, &d), "centralityShare")
	if len(found) != 1 || !strings.Contains(found[0].Message, "Oppdal") || found[0].Severity != Warn {
		t.Errorf("findings %+v", found)
	}
}

func TestRuralMunicipalities(t *testing.T) {
	target := ComputeTarget(shippedCall(t), reference.Load(), "3401,3414,3437,3434", nil)
	rural := target.RuralMunicipalities()
	if len(rural) != target.Rural || len(rural) != 2 || rural[0].Name != "Lom" {
		t.Errorf("%+v", rural)
	}
}

func TestChangeMunicipalities(t *testing.T) {
	places := reference.Load()
	for _, c := range []struct{ answer, add, remove, want string }{
		{"", "3437", "", "3437"},
		{"3437", "3437 3401", "", "3401,3437"},
		{"0517,3401", "3437", "", "0517,3401"}, // the old number is there already
		{"0517,3437,3401", "", "3437", "3401"},
		{"1507", "1580", "", "1507,1580"}, // the other part of a split one
		{"1507", "", "1508", ""},
		{"9999,3437", "", "3437", "9999"},
		{"9999,3437", "", "9999", "3437"},
	} {
		if got := ChangeMunicipalities(places, c.answer, strings.Fields(c.add), strings.Fields(c.remove)); got != c.want {
			t.Errorf("%q + %q − %q = %q, want %q", c.answer, c.add, c.remove, got, c.want)
		}
	}
	if got := CurrentMunicipalities(places, "1507,0517,3437,9999"); got != "1508,3437,9999" {
		t.Errorf("today's numbers: %q", got)
	}
}

func TestAlternativesTellWhatTheyNeed(t *testing.T) {
	for i, want := range []string{NeedsMunicipalities, NeedsBusinesses, NeedsJustification} {
		if a := shippedCall(t).TargetGroup.Alternatives[i]; len(a.Needs) == 0 || a.Needs[0] != want {
			t.Errorf("%s needs %v", a.ID, a.Needs)
		}
	}
}
