package need

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// maxText is how many characters of a text are read; the rest says nothing new
// about one need.
const maxText = 4000

var foldLetters = strings.NewReplacer("é", "e", "è", "e", "ê", "e", "ò", "o", "ó", "o", "ü", "y", "ö", "ø", "ä", "æ", "á", "a", "à", "a",
	"č", "c", "đ", "d", "ŋ", "n", "š", "s", "ŧ", "t", "ž", "z", "’", "", "'", "",
	"ch", "k", "ck", "k", "xc", "ks", "c", "k", "x", "ks", "w", "v", "ph", "f", "hv", "kv", "aa", "å")

// fold writes a word the way it sounds, so that spellings which people mix up
// are equal: "excel" and "exell" are both "eksel". Unlike [lang.Fold] it keeps
// æ, ø and å, which tell Norwegian words apart.
func fold(word string) string {
	word = foldLetters.Replace(word)
	var b strings.Builder
	last := rune(0)
	for _, r := range word {
		// Vowels stand double in Sámi words, and mean it.
		if r == last && !unicode.IsDigit(r) && !strings.ContainsRune("aeiouyæøå", r) {
			continue
		}
		b.WriteRune(r)
		last = r
	}
	return b.String()
}

// clean is a text in lower case, in composed form and not longer than is read.
func clean(text string) string {
	if len(text) > 4*maxText {
		text = strings.ToValidUTF8(text[:4*maxText], "")
	}
	if runes := []rune(text); len(runes) > maxText {
		text = string(runes[:maxText])
	}
	return strings.ToLower(norm.NFC.String(text))
}

// endings are what inflection adds in bokmål and nynorsk, longest first, after
// fold. Only inflection is cut: a word made from another is a word of its own.
var endings = []string{
	"ingane", "ingene", "elsane", "elsene", "inger", "ingar", "ingen", "elser", "elsar", "elsen", "inga",
	"heten", "heita", "hetene", "heitene",
	"arane", "erens", "arar", "eren", "aren", "ere",
	"anes", "enes", "erne", "ane", "ene", "ers", "ens", "ets",
	"ar", "er", "en", "et", "te", "a", "e",
}

// kept is what of an ending belongs to the word.
var kept = map[string]string{"ingane": "ing", "ingene": "ing", "inger": "ing", "ingar": "ing", "ingen": "ing", "inga": "ing",
	"elsane": "els", "elsene": "els", "elser": "els", "elsar": "els", "elsen": "els", "heten": "het", "heita": "het", "hetene": "het", "heitene": "het"}

// stem cuts the inflection off a folded word. At least three letters stay, of
// long endings four.
func stem(word string) string {
	letters := len([]rune(word))
	for _, e := range endings {
		left := letters - len([]rune(e))
		if left < 3 || left < 4 && len(e) > 2 || !strings.HasSuffix(word, e) {
			continue
		}
		return word[:len(word)-len(e)] + kept[e]
	}
	return word
}
