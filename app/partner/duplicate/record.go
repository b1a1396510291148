package duplicate

import (
	"slices"
	"strings"
	"unicode"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// record is an organisation as it is compared.
type record struct {
	id     string
	number string // digits
	valid  bool   // the number's check digit is right
	words  []string
	joined string // the words without space
	sorted string // the words in order, with space
	often  bool   // so many have this name that it says little
	place  string // municipality of today
	town   string // its name
	email  string
	host   string // of the e-mail, "" for one that anybody can have
	phone  string
	site   string // domain of the website, "" for one that many are on
}

func prepare(all []data.Organisation, places *reference.Tables) []record {
	records := make([]record, len(all))
	known := map[string]reference.Municipality{}
	for i := range all {
		o := &all[i]
		place, ok := known[o.Municipality]
		if !ok && o.Municipality != "" {
			place.Number = o.Municipality
			if found, ok := places.Resolve(o.Municipality); ok {
				place = found.Municipality
			}
			known[o.Municipality] = place
		}
		r := record{id: o.ID, number: digits(o.OrgNumber), words: Words(o.Name), place: place.Number, town: place.UniqueName,
			phone: phone(o.Phone), site: domain(o.Website)}
		r.valid = reference.ValidOrgNumber(r.number)
		r.joined = strings.Join(r.words, "")
		r.sorted = strings.Join(slices.Sorted(slices.Values(r.words)), " ")
		if r.email = strings.ToLower(strings.TrimSpace(o.Email)); !strings.Contains(r.email, "@") {
			r.email = ""
		}
		_, r.host, _ = strings.Cut(r.email, "@")
		if slices.Contains(sharedHosts(), r.host) {
			r.host = ""
		}
		records[i] = r
	}
	return records
}

// Words are the words of a name that tell it apart: folded, without legal forms
// and without "og". å, aa and a are one letter here, for people write all three.
func Words(name string) []string {
	words := strings.FieldsFunc(strings.ReplaceAll(lang.Fold(name), "aa", "a"), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for i := 0; i+1 < len(words); i++ { // A/S, A.S.
		if words[i] == "a" && words[i+1] == "s" && (i == 0 || i+2 == len(words)) {
			words = slices.Delete(words, i, i+2)
		}
	}
	kept := words
	for len(kept) > 1 && legalForm(kept[len(kept)-1]) {
		kept = kept[:len(kept)-1]
	}
	for len(kept) > 1 && legalForm(kept[0]) {
		kept = kept[1:]
	}
	if without := slices.DeleteFunc(slices.Clone(kept), func(w string) bool { return w == "og" || w == "and" }); len(without) > 0 {
		kept = without
	}
	return kept
}

// legalForm tells the short names of the forms that the company register knows.
func legalForm(word string) bool {
	switch word {
	case "as", "asa", "enk", "da", "ba", "ans", "sa", "nuf", "ks", "iks", "kf", "fkf", "sf", "bl", "al", "ltd", "se":
		return true
	}
	return false
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// phone is the last eight digits: a Norwegian number without its country.
func phone(s string) string {
	d := digits(s)
	if len(d) < 8 {
		return ""
	}
	return d[len(d)-8:]
}

// domain is the host of a website without www.
func domain(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	if _, rest, ok := strings.Cut(s, "://"); ok {
		s = rest
	}
	if end := strings.IndexAny(s, "/?#:"); end >= 0 {
		s = s[:end]
	}
	s = strings.TrimPrefix(s, "www.")
	if !strings.Contains(s, ".") || slices.Contains(sharedHosts(), s) {
		return ""
	}
	return s
}

// sharedHosts are the domains that say nothing about who is behind them.
func sharedHosts() []string {
	return []string{"gmail.com", "hotmail.com", "hotmail.no", "outlook.com", "outlook.no", "live.no", "live.com", "msn.com", "icloud.com", "me.com",
		"online.no", "yahoo.com", "yahoo.no", "start.no", "broadpark.no", "c2i.net", "frisurf.no", "getmail.no", "facebook.com", "m.facebook.com",
		"instagram.com", "linkedin.com", "no.linkedin.com", "youtube.com", "proff.no", "gulesider.no", "1881.no", "sites.google.com", "linktr.ee"}
}
