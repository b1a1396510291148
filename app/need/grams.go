package need

import (
	"cmp"
	"math"
	"slices"
)

// gramSize is how many letters a gram has: long enough to be a piece of a word,
// short enough to see through endings and compounds.
const gramSize = 4

// stopWords say nothing about what is lacking.
var stopWords = set(`og i på at er som for til av en et ei ein eit å vi me de dei det den dette med har kan skal vil må ikke ikkje men så om fra frå hos hjå
	der her hva kva hvordan korleis hvem kven seg oss vår våre vårt dem dykk jeg eg du han hun ho var bli blir vert blei vart eller når då da nå no alle noen nokon nokre noe noko
	bare berre også òg treng trenger ønsker ynskjer lære noe mer meir kurs få får fått gå går gikk gjekk etter under over ut inn opp ned før enn hver kvar kvart hvert selv sjølv sjøl
	gjerne helst kurset opplæring folk ta tar tatt tek tok teke gi gir gjev gjer gjør gjøre gjere kom kommer kjem komme vere være vore vært ha hadde hatt kunne skulle ville måtte bør burde
	sin sitt sine min mi mitt mine din dine deres dykkar vet veit visste vite sier seier si seie sa ser sjå se står stå ligger ligg sitter sit setter set sette
	mange mye mykje lite litt få flere fleire andre annen anna annet annan samme same denne disse desse slik sånn sånne sånt slags hvor kor kvifor hvorfor hvilken hvilket kva fordi mens medan uten utan mot ved mellom gjennom
	dag dagen dager dagar uke uka veke veka år året måned månad gang ganger gong gonger time timer timar tid tida vinter vinteren sommer sommeren høst haust vår
	karer karar kar gutta gutane gutter to tre fire fem seks sju åtte ni ti tolv begynne byrje begynner skje bruker brukar bruke holder held godt god gode ny nytt nye litt helt heilt
	hjelp person personer personar mann noen selskap bedrift bedriften finnes finst ene begge både hverken korkje igjen att aldri alltid enten eller ennå enno snart først vel lurer lurar undrer sammen saman satt`)

// gramVector are the grams of a text with their weights, by gram.
type gram struct {
	id     int32
	weight float32
}

// gramIndex finds texts by character grams.
type gramIndex struct {
	ids      map[[gramSize]rune]int32
	idf      []float32
	postings [][]posting
}

type posting struct {
	text   int32
	weight float32
}

// grams calls f for every gram of the words that count.
func grams(words []word, f func(g [gramSize]rune, weight float32)) {
	for i := range words {
		w := &words[i]
		if stopWords[w.raw] {
			continue
		}
		runes := append(append([]rune{' '}, []rune(w.folded)...), ' ')
		for j := 0; j+gramSize <= len(runes); j++ {
			f([gramSize]rune(runes[j:j+gramSize]), float32(w.weight))
		}
	}
}

// newGramIndex indexes texts, each of one or more weighted parts.
func newGramIndex(texts [][]word) *gramIndex {
	x := &gramIndex{ids: map[[gramSize]rune]int32{}}
	counts := make([]map[int32]float32, len(texts))
	var df []int
	for i, words := range texts {
		counts[i] = map[int32]float32{}
		grams(words, func(g [gramSize]rune, weight float32) {
			id, ok := x.ids[g]
			if !ok {
				id = int32(len(df))
				x.ids[g] = id
				df = append(df, 0)
			}
			if counts[i][id] == 0 {
				df[id]++
			}
			counts[i][id] += weight
		})
	}
	x.idf = make([]float32, len(df))
	x.postings = make([][]posting, len(df))
	for id, n := range df {
		x.idf[id] = float32(math.Log(1 + float64(len(texts))/float64(n)))
	}
	for i, count := range counts {
		for _, g := range weighted(count, x.idf) {
			x.postings[g.id] = append(x.postings[g.id], posting{int32(i), g.weight})
		}
	}
	return x
}

// weighted is a vector of length one.
func weighted(count map[int32]float32, idf []float32) []gram {
	all := make([]gram, 0, len(count))
	for id, n := range count {
		all = append(all, gram{id, float32(1+math.Log(math.Max(float64(n), 1))) * min(n, 1) * idf[id]})
	}
	slices.SortFunc(all, func(a, b gram) int { return cmp.Compare(a.id, b.id) })
	var sum float64
	for _, g := range all {
		sum += float64(g.weight) * float64(g.weight)
	}
	if sum > 0 {
		for i := range all {
			all[i].weight /= float32(math.Sqrt(sum))
		}
	}
	return all
}

// similar adds to into, by text, how alike words is to each text: 0 to 1.
func (x *gramIndex) similar(words []word, into []float32) {
	count := map[int32]float32{}
	var unknown float64 // grams that no text has make the words less alike
	grams(words, func(g [gramSize]rune, weight float32) {
		if id, ok := x.ids[g]; ok {
			count[id] += weight
		} else {
			unknown++
		}
	})
	for _, g := range weighted(count, x.idf) {
		for _, p := range x.postings[g.id] {
			into[p.text] += g.weight * p.weight
		}
	}
	if n := float64(len(count)); n > 0 {
		known := float32(math.Sqrt(n / (n + unknown)))
		for i := range into {
			into[i] *= known
		}
	}
}
