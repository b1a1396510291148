// Package partner is the register of those that the county works with:
// businesses and education providers, how far the work with each has come, and
// what a list of them can be asked.
package partner

import (
	"net/mail"
	"slices"
	"strings"

	"kompetansepilot/data"
)

// Status is how far the work with a partner has come.
type Status string

// Statuses, as they are stored.
const (
	StatusUnknown       Status = "new" // nobody has talked with them; "" means the same
	StatusContacted     Status = "contacted"
	StatusVisited       Status = "visited"
	StatusMapped        Status = "mapped"        // their needs are written down
	StatusGrouped       Status = "grouped"       // their needs are in a pool
	StatusAgreed        Status = "agreement"     // providers: there is an agreement
	StatusParticipating Status = "participating" // somebody from there takes part
	StatusFinished      Status = "finished"
	StatusDeclined      Status = "declined"
)

// Pipeline are the statuses of a kind of organisation in their order, and last
// the one outside it.
func Pipeline(kind string) []Status {
	if kind == data.OrganisationProvider {
		return []Status{StatusUnknown, StatusContacted, StatusVisited, StatusAgreed, StatusParticipating, StatusFinished, StatusDeclined}
	}
	return []Status{StatusUnknown, StatusContacted, StatusVisited, StatusMapped, StatusGrouped, StatusParticipating, StatusFinished, StatusDeclined}
}

// ParseStatus reads a stored status; nothing stored is StatusUnknown. A status
// that a newer program wrote is kept as it is.
func ParseStatus(stored string) Status {
	if stored == "" {
		return StatusUnknown
	}
	return Status(stored)
}

// stored are the texts that mean a status.
func (s Status) stored() []string {
	if s == StatusUnknown {
		return []string{string(s), ""}
	}
	return []string{string(s)}
}

// statusRanks sort by the pipeline.
func statusRanks(kind string) map[string]int {
	ranks := map[string]int{}
	for i, s := range Pipeline(kind) {
		for _, text := range s.stored() {
			ranks[text] = i
		}
	}
	return ranks
}

// The size bands with a meaning of their own. The company register withholds
// the number of employees below five.
const (
	SizeWithheld = ""
	SizeNone     = "0"
)

// SizeBands are the bands of the number of employees, smallest first.
// SizeWithheld stands where the numbers it hides would.
func SizeBands() []string {
	return []string{SizeNone, SizeWithheld, "1-4", "5-9", "10-19", "20-49", "50-99", "100-249", "250+"}
}

func sizeRanks() map[string]int {
	ranks := map[string]int{}
	for i, b := range SizeBands() {
		ranks[b] = i
	}
	return ranks
}

// Standards of industry codes, the newest first.
func Standards() []string { return []string{"SN2025", "SN2007"} }

// ValidIndustry tells whether a code has the form of an industry code at any
// level: "16", "16.1", "16.11" or "16.110".
func ValidIndustry(code string) bool {
	division, rest, dotted := strings.Cut(code, ".")
	digits := func(s string) bool { return strings.Trim(s, "0123456789") == "" }
	return len(division) == 2 && digits(division) && (!dotted || len(rest) >= 1 && len(rest) <= 3 && digits(rest))
}

// ValidEmail tells whether a text can be an address to send mail to. It does not
// ask whether somebody reads it.
func ValidEmail(text string) bool {
	address, err := mail.ParseAddress(text)
	if err != nil || address.Address != text {
		return false
	}
	_, domain, _ := strings.Cut(text, "@")
	return strings.Contains(strings.Trim(domain, "."), ".") && !strings.ContainsAny(text, " \t")
}

// Tags are the tags of an organisation.
func Tags(stored string) []string {
	var all []string
	for tag := range strings.SplitSeq(stored, ",") {
		if tag = strings.Join(strings.Fields(tag), " "); tag != "" && !slices.Contains(all, tag) {
			all = append(all, tag)
		}
	}
	return all
}

// WithTag adds tags to stored ones; those that are there already stay once.
func WithTag(stored, tags string) string { return strings.Join(Tags(stored+","+tags), ", ") }

// WithoutTag takes tags away from stored ones.
func WithoutTag(stored, tags string) string {
	gone := Tags(tags)
	return strings.Join(slices.DeleteFunc(Tags(stored), func(t string) bool {
		return slices.ContainsFunc(gone, func(g string) bool { return strings.EqualFold(g, t) })
	}), ", ")
}
