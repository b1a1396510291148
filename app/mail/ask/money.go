package ask

import (
	"strconv"
	"strings"

	"kompetansepilot/internal/lazyregexp"
)

// sum is an amount and where it stands.
type sum struct {
	from, to int
	kroner   int64
}

const grouped = `(\d{1,3}(?:[ .\x{a0}\x{202f}]\d{3})+|\d{2,9})`

var kroner = lazyregexp.New(`(\d{1,3}(?:[,.]\d{1,2})?)\s*(mill\.?|millioner|millionar|mnok|tusen)(?:\s*(?:kr\b|kroner))?` +
	`|\b(?:kr\.?|nok)\s*(\d{1,3}(?:[,.]\d{1,2})?)\s*(mill\.?|millioner|millionar)` +
	`|\b(?:kr\.?|nok)\s*` + grouped + `(?:,-|,\d{2}\b)?` +
	`|\b` + grouped + `(?:,-|,\d{2})?\s*(?:kr\b|kroner\b|nok\b)`)

// thousand needs the word for kroner: "tusen takk" is no sum.
var thousand = lazyregexp.New(`tusen\s*(?:kr\b|kroner)`)

// amounts are the sums of money of a sentence in small letters.
func amounts(s string) []sum {
	var all []sum
	for _, m := range kroner.FindAllStringSubmatchIndex(s, 20) {
		get := func(i int) string {
			if m[2*i] < 0 {
				return ""
			}
			return s[m[2*i]:m[2*i+1]]
		}
		one := sum{from: m[0], to: m[1]}
		if number := get(1) + get(3); number != "" {
			f, err := strconv.ParseFloat(strings.Replace(number, ",", ".", 1), 64)
			if err != nil || get(2) == "tusen" && !thousand.MatchString(s[m[0]:m[1]]) {
				continue
			}
			unit := 1_000_000.0
			if get(2) == "tusen" {
				unit = 1000
			}
			one.kroner = int64(f*unit + 0.5)
		} else {
			digits := strings.Map(func(r rune) rune {
				if r >= '0' && r <= '9' {
					return r
				}
				return -1
			}, get(5)+get(6))
			n, err := strconv.ParseInt(digits, 10, 64)
			if err != nil {
				continue
			}
			one.kroner = n
		}
		if one.kroner > 0 {
			all = append(all, one)
		}
	}
	return all
}
