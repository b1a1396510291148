package duplicate

import (
	"hash/maphash"
	"slices"
	"strings"
)

// entry is a record under a key that those like it have too.
type entry struct {
	key uint64
	at  int32
}

// keyBits is how many bits of a key count. That two texts meet by chance costs a
// comparison and no more.
const keyBits = 44

// kinds of keys, so that a telephone number never meets an organisation number.
const (
	byNumber = iota
	byEmail
	byPhone
	bySite
	byName
	bySlip
	byRest
	kindsOfKeys
)

type keyring struct {
	seeds   [kindsOfKeys]maphash.Seed
	entries []entry
}

func (k *keyring) add(kind int, text string, at int32) {
	k.entries = append(k.entries, entry{maphash.String(k.seeds[kind], text) >> (64 - keyBits), at})
}

// count finds what is so common that it says nothing, and forgets it.
func (f *finder) count() {
	emails, phones, sites, names := map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}
	for i := range f.records {
		r := &f.records[i]
		emails[r.email]++
		phones[r.phone]++
		names[r.sorted]++
		sites[r.site]++
		if r.host != r.site {
			sites[r.host]++
		}
	}
	forget := func(s *string, counts map[string]int) {
		if counts[*s] > common {
			*s = ""
		}
	}
	for i := range f.records {
		r := &f.records[i]
		r.often = names[r.sorted] > 3
		forget(&r.email, emails)
		forget(&r.phone, phones)
		forget(&r.site, sites)
		forget(&r.host, sites)
	}
}

// keys puts each record under all its keys.
func (f *finder) keys() []entry {
	k := &keyring{entries: make([]entry, 0, 24*len(f.records))}
	for i := range k.seeds {
		k.seeds[i] = maphash.MakeSeed()
	}
	for i := range f.records {
		r, at := &f.records[i], int32(i)
		if r.valid {
			k.add(byNumber, r.number, at)
		}
		if r.email != "" {
			k.add(byEmail, r.email, at)
		}
		if r.phone != "" {
			k.add(byPhone, r.phone, at)
		}
		if r.site != "" {
			k.add(bySite, r.site, at)
		}
		if r.host != "" && r.host != r.site {
			k.add(bySite, r.host, at)
		}
		if r.joined != "" {
			k.nameKeys(r, at)
		}
	}
	return k.entries
}

// nameKeys are the words in any order; the letters with each one left out, so
// that names that differ by one slip meet; and the words with each one left
// out, for two slips in one word.
func (k *keyring) nameKeys(r *record, at int32) {
	k.add(byName, r.sorted, at)
	k.add(bySlip, r.joined, at)
	if n := len(r.joined); n >= 5 {
		buffer := make([]byte, 0, 64)
		for i := range min(n, 40) {
			if i > 0 && r.joined[i] == r.joined[i-1] {
				continue // the same text as the one before
			}
			buffer = append(append(buffer[:0], r.joined[:i]...), r.joined[i+1:]...)
			k.entries = append(k.entries, entry{maphash.Bytes(k.seeds[bySlip], buffer) >> (64 - keyBits), at})
		}
	}
	if len(r.words) > 1 && len(r.words) <= 6 {
		for i := range r.words {
			rest := slices.Concat(r.words[:i], r.words[i+1:])
			k.add(byRest, strings.Join(rest, " ")+"\n"+r.place, at)
		}
	}
}

// sortKeys sorts by key, eleven bits at a time: the time grows just as the
// number of entries does.
func sortKeys(entries []entry) {
	const digit = 11
	other := make([]entry, len(entries))
	for shift := 0; shift < keyBits; shift += digit {
		var at [1<<digit + 1]int
		for _, e := range entries {
			at[(e.key>>shift)&(1<<digit-1)+1]++
		}
		for i := 1; i < len(at); i++ {
			at[i] += at[i-1]
		}
		for _, e := range entries {
			d := (e.key >> shift) & (1<<digit - 1)
			other[at[d]] = e
			at[d]++
		}
		entries, other = other, entries
	}
}
