package typography_test

import (
	"strings"
	"testing"
	"unicode"

	"kompetansepilot/app/typography"
)

func TestMend(t *testing.T) {
	for before, after := range map[string]string{
		"":                        "",
		`Vi kaller det "hjelp".`:  "Vi kaller det «hjelp».",
		`"Hjelp", sa de.`:         "«Hjelp», sa de.",
		`“Ny” og ”god” og „fin“`:  "«Ny» og «god» og «fin»",
		`«Kurset "Data" er bra»`:  "«Kurset ‘Data’ er bra»",
		`"Kurset "Data" er bra"`:  "«Kurset ‘Data’ er bra»",
		`Ett " tegn`:              `Ett " tegn`,
		`Skjerm på 24" og "mer"`:  `Skjerm på 24" og "mer"`,
		`ta'kke`:                  "ta’kke",
		"Fisk - og mer - her":     "Fisk – og mer – her",
		"Fisk -- og mer":          "Fisk – og mer",
		"Fisk — og mer":           "Fisk – og mer",
		"- et punkt - med strek":  "- et punkt – med strek",
		"* et punkt":              "* et punkt",
		"fag- og yrkesopplæring":  "fag- og yrkesopplæring",
		"IT-drift":                "IT-drift",
		"i 2026-2028 ":            "i 2026–2028 ",
		"kl. 9-15":                "kl. 9–15",
		"side 12-9":               "side 12-9",
		"2026-03-01":              "2026-03-01",
		"sak 26/123-4":            "sak 26/123-4",
		"tlf. 900 12-345":         "tlf. 900 12-345",
		"RF13-50":                 "RF13-50",
		"50% av 7 %":              "50 % av 7 %",
		"kr1400000":               "kr 1 400 000",
		"kr 1.400.000":            "kr 1 400 000",
		"kr 1 400 000":            "kr 1 400 000",
		"1400000 kroner":          "1 400 000 kroner",
		"1.400.000 kroner":        "1 400 000 kroner",
		"kr 1400":                 "kr 1400",
		"kr 3.50":                 "kr 3.50",
		"i 2026. 300 kroner":      "i 2026. 300 kroner",
		"§5 og § 6":               "§ 5 og § 6",
		"ord  med   rom":          "ord med rom",
		"a  b  c":                 "a b c",
		"slutt . Og , så":         "slutt. Og, så",
		"og så ... videre":        "og så … videre",
		"......":                  "......",
		`se https://a.no/x-1..."`: `se https://a.no/x-1..."`,
		"kari  nord@a.no 1-2":     "kari  nord@a.no 1–2",
		"en\n\n- to\n  - tre - x": "en\n\n- to\n  - tre – x",
	} {
		if got := typography.Mend(before); got != after {
			t.Errorf("Mend(%q) = %q, want %q", before, got, after)
		}
		if again := typography.Mend(after); again != after {
			t.Errorf("Mend(%q) = %q, but it is right already", after, again)
		}
	}
}

// Letters and digits are what somebody wrote; only what stands between them may
// change.
func FuzzMend(f *testing.F) {
	f.Add(`"Hei" - 10-20 kr1400000 ...`)
	f.Fuzz(func(t *testing.T, text string) {
		got := typography.Mend(text)
		if words(got) != words(text) {
			t.Errorf("Mend(%q) = %q changes words", text, got)
		}
		if again := typography.Mend(got); again != got {
			t.Errorf("Mend(%q) = %q, and once more %q", text, got, again)
		}
	})
}

func words(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, strings.ToValidUTF8(s, "\uFFFD"))
}
