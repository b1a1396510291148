package duplicate

import "strings"

// judge weighs what two records share. 0 is nothing to tell of. It is not asked
// about two records with different valid numbers.
func judge(x, y *record) (confidence int, reasons []Reason) {
	name := likeness(x, y)
	give := func(what What, value string) { reasons = append(reasons, Reason{what, value}) }
	if x.valid && x.number == y.number {
		give(SameNumber, x.number)
	}
	slip := x.valid != y.valid && x.number != "" && y.number != "" && within(x.number, y.number, 1)
	if slip && name != unlike {
		give(LikeNumber, "")
	}
	switch name {
	case same:
		give(SameName, "")
	case like:
		give(LikeName, "")
	case part:
		give(PartName, "")
	}
	if x.place != "" && x.place == y.place {
		give(SamePlace, x.town)
	}
	contacts := 0
	if x.email != "" && x.email == y.email {
		give(SameEmail, x.email)
		contacts++
	}
	if x.phone != "" && x.phone == y.phone {
		give(SamePhone, x.phone)
		contacts++
	}
	if site := sharedSite(x, y); site != "" {
		give(SameWebsite, site)
		contacts++
	}
	return weigh(x, y, name, slip, contacts), reasons
}

// sharedSite is the domain that both are known by. Where the e-mail is the same
// already, its domain says nothing more.
func sharedSite(x, y *record) string {
	switch {
	case x.site != "" && (x.site == y.site || x.site == y.host && x.email != y.email):
		return x.site
	case y.site != "" && y.site == x.host && x.email != y.email:
		return y.site
	}
	return ""
}

func weigh(x, y *record, name resemblance, slip bool, contacts int) int {
	if x.valid && x.number == y.number {
		if name == unlike {
			return 95
		}
		return 99
	}
	here := x.place != "" && x.place == y.place
	elsewhere := x.place != "" && y.place != "" && x.place != y.place
	switch {
	case name == unlike:
		return 0
	case slip && name != part:
		return 93
	case name == same && here:
		return 90 + min(contacts, 1)*6
	case name == same && elsewhere:
		return min(contacts, 1) * (72 + 6*contacts)
	case name == same:
		if contacts > 0 {
			return 86
		}
		if x.often || y.often {
			return 0
		}
		return 70
	case name == like && here && contacts == 0 && conflict(x, y):
		return 56
	case name == like && here:
		return 74 + min(contacts, 2)*8
	case name == like && elsewhere:
		return min(contacts, 1) * (56 + 8*contacts)
	case name == like:
		if contacts > 0 {
			return 76 + 4*contacts
		}
		return 55
	case contacts >= 2:
		return 66
	case contacts == 1 && here:
		return 58
	}
	return 0
}

// conflict tells that both have a telephone or an e-mail, and another one.
func conflict(x, y *record) bool {
	return x.phone != "" && y.phone != "" && x.phone != y.phone || x.email != "" && y.email != "" && x.email != y.email
}

// resemblance of two names.
type resemblance int

const (
	unlike resemblance = iota
	part
	like
	same
)

func likeness(x, y *record) resemblance {
	switch {
	case x.joined == "" || y.joined == "":
		return unlike
	case x.joined == y.joined || x.sorted == y.sorted:
		return same
	case digits(x.joined) != digits(y.joined):
		return unlike // "Avdeling 2" is not "Avdeling 3"
	case slips(x, y):
		return like
	case allIn(x.words, y.words) || allIn(y.words, x.words):
		return part
	}
	return unlike
}

// slips tells whether two names differ only by errors in typing: one in a word
// of four letters, two in one of eight, and two in all.
func slips(x, y *record) bool {
	if len(x.words) != len(y.words) {
		return len(x.joined) >= 8 && within(x.joined, y.joined, 1)
	}
	total := 0
	for i, a := range x.words {
		b := y.words[i]
		if a == b {
			continue
		}
		most := min(len(a), len(b)) / 4
		d := distance(a, b, min(most, 2))
		if total += d; d > most || total > 2 {
			return false
		}
	}
	return true
}

// allIn tells whether the fewer words are all among the others; one word alone
// must be long enough to be a name.
func allIn(few, many []string) bool {
	if len(few) >= len(many) || len(few) == 1 && len(few[0]) < 5 {
		return false
	}
	for _, w := range few {
		found := false
		for _, m := range many {
			found = found || w == m || len(w) >= 5 && strings.HasPrefix(m, w) && len(m)-len(w) <= 2 // "bakeri", "bakeriet"
		}
		if !found {
			return false
		}
	}
	return true
}

func within(a, b string, most int) bool { return distance(a, b, most) <= most }

// distance is how many letters were added, left out, changed or swapped with
// their neighbour; anything over most is most+1.
func distance(a, b string, most int) int {
	if d := len(a) - len(b); d > most || -d > most {
		return most + 1
	}
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if most == 0 || len(a) == 0 || len(b) == 0 {
		return min(max(len(a), len(b)), most+1)
	}
	if len(a) > 40 || len(b) > 40 {
		return most + 1
	}
	var rows [3][41]int // before the last, the last, this one
	before, last, now := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		now[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			now[j] = min(now[j-1]+1, last[j]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				now[j] = min(now[j], before[j-2]+1)
			}
		}
		before, last, now = last, now, before
	}
	return min(last[len(b)], most+1)
}
