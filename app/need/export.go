package need

import (
	"strconv"
	"strings"

	"kompetansepilot/app/exchange"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/partner"
	"kompetansepilot/data"
)

// exportColumns are the columns that ReadNeeds takes in, and the names beside
// them.
var exportColumns = []string{"id", "business", "business_industry", "municipality", "kommunenr", "employees", "text", "own_words", "people", "level_wanted", "form_wanted",
	"max_travel_km", "from_month", "to_month", "norm", "credits", "urgency", "shareable", "interview", "organisation", "state", "offer"}

// Export writes needs to a file, XLSX or CSV by its name, with the columns that
// can be read in again, and tells how many there were. anonymous leaves out who
// they are, what they said in their own words, and the needs that may not be
// shared.
func Export(path string, listed []Listed, anonymous bool, words *lang.Printer) (int, error) {
	n := 0
	err := exchange.WriteTable(path, exportColumns, func(yield func([]string) error) error {
		for i := range listed {
			if anonymous && !listed[i].Shareable {
				continue
			}
			n++
			if err := yield(exported(&listed[i], anonymous, words)); err != nil {
				return err
			}
		}
		return nil
	})
	return n, err
}

func exported(l *Listed, anonymous bool, words *lang.Printer) []string {
	number := func(n int64) string {
		if n == 0 {
			return ""
		}
		return strconv.FormatInt(n, 10)
	}
	share, credits := "", ""
	if l.Shareable {
		share = "1"
	}
	if l.Credits > 0 {
		credits = partner.CreditsText(l.Credits, ".")
	}
	business, own, organisation, employees := l.Business, l.OwnWords, l.Organisation, number(l.Employees)
	if anonymous {
		business, own, organisation, employees = "", "", "", ""
	}
	return []string{l.ID, business, l.Industry, l.Place, l.Municipality, employees, l.Text, own, number(l.People), l.Level, l.Form, number(l.Reach),
		number(l.FromMonth), number(l.ToMonth), l.Norm, credits, l.Urgency, share, l.Interview, organisation, StateWord(words, l.State), l.Offer}
}

// Brief is a need in one line for lists elsewhere: how many, level and form.
func Brief(words *lang.Printer, n *data.Need) string {
	parts := []string{words.N("needs.people", int(n.People))}
	if n.Level != Any && n.Level != "" {
		parts = append(parts, strings.ToLower(LevelWord(words, n.Level)))
	}
	if n.Form != Any && n.Form != "" {
		parts = append(parts, strings.ToLower(FormWord(words, n.Form)))
	}
	return strings.Join(parts, " · ")
}
