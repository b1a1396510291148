package partner

import (
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"kompetansepilot/data"
)

// Levels of an offering, lowest first.
const (
	LevelCourse         = "course" // without a formal level
	LevelUpperSecondary = "upper_secondary"
	LevelVocational     = "vocational" // higher vocational education
	LevelShort          = "short"      // a short one with credits at university level
	LevelBachelor       = "bachelor"
	LevelMaster         = "master"
)

// Levels are the levels of an offering, lowest first.
func Levels() []string {
	return []string{LevelCourse, LevelUpperSecondary, LevelVocational, LevelShort, LevelBachelor, LevelMaster}
}

// ParseLevel reads a level as files word it; an unknown one stays as it is.
func ParseLevel(text string) string {
	return spelled(text, map[string]string{
		"kurs": LevelCourse, "fagskole": LevelVocational, "fagskule": LevelVocational, "videregående": LevelUpperSecondary,
		"vidaregåande": LevelUpperSecondary, "fagbrev": LevelUpperSecondary, "kort": LevelShort,
	})
}

// Forms of an offering.
const (
	FormNet           = "net"
	FormNetGatherings = "net_gatherings" // on the net, with gatherings
	FormGatherings    = "gatherings"
	FormOnSite        = "on_site" // at the business
)

// Forms are the forms of an offering.
func Forms() []string { return []string{FormNet, FormNetGatherings, FormGatherings, FormOnSite} }

// ParseForm reads a form as files word it; an unknown one stays as it is.
func ParseForm(text string) string {
	return spelled(text, map[string]string{
		"nett": FormNet, "nettbasert": FormNet, "nett+samling": FormNetGatherings, "nett og samling": FormNetGatherings, "nett med samlinger": FormNetGatherings,
		"samling": FormGatherings, "samlinger": FormGatherings, "på stedet": FormOnSite, "på staden": FormOnSite, "stedlig": FormOnSite,
	})
}

// errNumber is for a text that is no number, or one too large.
var errNumber = errors.New("not a number")

// ParseCredits reads credits with at most two decimals, as hundredths: "7,5"
// is 750. Empty is 0.
func ParseCredits(text string) (int64, error) {
	text = strings.Replace(strings.TrimSpace(text), ",", ".", 1)
	if text == "" {
		return 0, nil
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || !(f >= 0 && f <= 1000) || math.Abs(f*100-math.Round(f*100)) > 1e-6 {
		return 0, errNumber
	}
	return int64(math.Round(f * 100)), nil
}

// CreditsText is credits as they are typed, with a point or a comma before the
// decimals: "7,5".
func CreditsText(hundredths int64, decimal string) string {
	text := strconv.FormatInt(hundredths/100, 10)
	if rest := hundredths % 100; rest != 0 {
		text += decimal + strings.TrimRight(string([]byte{'0' + byte(rest/10), '0' + byte(rest%10)}), "0")
	}
	return text
}

// ParseMonths reads months (1–12) between semicolons, commas or spaces. The
// result is sorted and holds each month once; nil is any month.
func ParseMonths(text string) ([]int, error) {
	var all []int
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(";, \t", r) }) {
		n, err := strconv.Atoi(part)
		if err != nil || n < 1 || n > 12 {
			return nil, errNumber
		}
		if !slices.Contains(all, n) {
			all = append(all, n)
		}
	}
	slices.Sort(all)
	return all, nil
}

// MonthsText is how months are stored: "1;2;9".
func MonthsText(months []int) string {
	parts := make([]string, len(months))
	for i, n := range months {
		parts[i] = strconv.Itoa(n)
	}
	return strings.Join(parts, ";")
}

// validDate tells whether a text is a day, YYYY-MM-DD.
func validDate(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}

// ParseCount reads a number of people or kroner; empty is 0.
func ParseCount(text string) (int64, error) {
	text = strings.Join(strings.Fields(text), "")
	if text == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 || n > data.MaxAmount {
		return 0, errNumber
	}
	return n, nil
}
