package need

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"kompetansepilot/assets"
)

// Kinds of rows in a term table.
const (
	rowName     = "name"     // what the concept is called: bokmål|nynorsk
	rowTerm     = "term"     // words that name it
	rowCue      = "cue"      // words and situations of people who need it
	rowNot      = "not"      // words that mean something else
	rowIndustry = "industry" // divisions of the industry code where it is at home
	rowNear     = "near"     // concepts that are a part of an answer to it
	rowGroup    = "group"    // concepts of one group exclude one another
	rowWord     = "word"     // words that only help to split compounds
	rowSame     = "same"     // spellings of one word: bokmål, nynorsk, speech
)

// Concept is something that can be learnt.
type Concept struct {
	ID string
	// Name and NameNN are what it is called in bokmål and nynorsk.
	Name, NameNN string
	Industries   []int // divisions, two digits of the industry code
	Group        string
	near         []int
	nearIDs      []string
	file         string
}

// In is the concept's name in a written norm.
func (c *Concept) In(norm string) string {
	if norm == "nn" {
		return c.NameNN
	}
	return c.Name
}

// entry is a term, a cue or a negative of a concept.
type entry struct {
	concept int
	kind    string
	words   []string // stems; all must stand in one sentence
	text    string   // as the table has it
	weight  float64
}

// Terms is a term table, ready for use.
type Terms struct {
	concepts []Concept
	byID     map[string]int
	entries  []entry
	// keys are the entries by the word of theirs that fewest concepts use.
	keys  map[string][]int
	words *vocabulary
	loose *looseIndex
}

// Concepts are all concepts, in the order of the table.
func (t *Terms) Concepts() []Concept { return slices.Clone(t.concepts) }

// Entries is how many terms, cues and negatives the table has.
func (t *Terms) Entries() int { return len(t.entries) }

// LoadTerms reads the term table that is built in.
func LoadTerms() (*Terms, error) {
	b, err := readTerms()
	if err != nil {
		return nil, err
	}
	return b.finish()
}

// readTerms reads the term table that is built in, before it is put in order.
func readTerms() (*termsBuilder, error) {
	names, err := fs.Glob(assets.FS, "terms/*.csv")
	if err != nil {
		return nil, fmt.Errorf("term tables: %w", err)
	}
	b := newTermsBuilder()
	// The spellings come first, for all others are read through them.
	if at := slices.Index(names, "terms/norms.csv"); at > 0 {
		names = slices.Insert(slices.Delete(names, at, at+1), 0, "terms/norms.csv")
	}
	for _, name := range names {
		f, err := assets.FS.Open(name)
		if err != nil {
			return nil, fmt.Errorf("term table: %w", err)
		}
		if err := errors.Join(b.read(path.Base(name), f), f.Close()); err != nil {
			return nil, err
		}
	}
	return b, nil
}

type termsBuilder struct {
	t    *Terms
	seen map[string]bool
	// uses counts the concepts that an entry's words belong to.
	uses map[string]int
	// small are the stems of stop words; they are no parts of compounds.
	small map[string]bool
}

func newTermsBuilder() *termsBuilder {
	t := &Terms{byID: map[string]int{}, keys: map[string][]int{}, words: newVocabulary()}
	b := &termsBuilder{t, map[string]bool{}, map[string]int{}, map[string]bool{}}
	for w := range stopWords {
		b.small[stem(fold(w))] = true
	}
	return b
}

// read takes in one table: concept, kind, words with | between them.
func (b *termsBuilder) read(name string, r io.Reader) error {
	rows := csv.NewReader(r)
	rows.FieldsPerRecord = 3
	rows.Comment = '#'
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("term table %s: %w", name, err)
		}
		if err := b.row(name, row[0], row[1], strings.Split(row[2], "|")); err != nil {
			line, _ := rows.FieldPos(0)
			return fmt.Errorf("term table %s, line %d: %w", name, line, err)
		}
	}
}

func (b *termsBuilder) row(file, id, kind string, words []string) error {
	if kind == rowSame {
		return b.t.words.same(words)
	}
	if kind == rowWord {
		for _, w := range words {
			b.t.words.add(stem(fold(clean(w))))
		}
		return nil
	}
	at, ok := b.t.byID[id]
	if kind == rowName {
		if ok {
			return fmt.Errorf("concept %q is there already", id)
		}
		b.t.byID[id] = len(b.t.concepts)
		b.t.concepts = append(b.t.concepts, Concept{ID: id, Name: words[0], NameNN: words[len(words)-1], file: file})
		at := len(b.t.concepts) - 1
		for _, name := range words {
			b.entry(at, rowTerm, strings.Map(wordRune, name))
		}
		return nil
	}
	if !ok {
		return fmt.Errorf("concept %q has no name", id)
	}
	c := &b.t.concepts[at]
	switch kind {
	case rowTerm, rowCue, rowNot:
		for _, w := range words {
			b.entry(at, kind, w)
		}
	case rowIndustry:
		for _, w := range words {
			n, err := strconv.Atoi(w)
			if err != nil {
				return fmt.Errorf("industry %q is not a number", w)
			}
			c.Industries = append(c.Industries, n)
		}
	case rowNear:
		c.nearIDs = append(c.nearIDs, words...)
	case rowGroup:
		c.Group = words[0]
	default:
		return fmt.Errorf("unknown kind %q", kind)
	}
	return nil
}

// wordRune keeps of a name what stands in words.
func wordRune(r rune) rune {
	if unicode.IsLetter(r) || unicode.IsDigit(r) {
		return r
	}
	return ' '
}

// Weights of the kinds of entries. What has several words is surer than one word.
const (
	weightTerm     = 0.9
	weightTermPair = 0.93
	weightCue      = 0.42
	weightCuePair  = 0.72
)

func (b *termsBuilder) entry(concept int, kind, text string) {
	all := strings.FieldsFunc(clean(text), func(r rune) bool { return r == ' ' || r == '-' || r == '.' })
	content := 0
	for _, w := range all {
		if !stopWords[w] {
			content++
		}
	}
	if content == 0 && len(all) < 4 {
		return // says nothing, or everything
	}
	var stems []string
	for _, w := range all {
		// Small words are left out where two others stand; a saying of small words
		// needs them all.
		if content >= 2 && stopWords[w] {
			continue
		}
		if exact, ok := strings.CutPrefix(w, "="); ok {
			stems = append(stems, "="+fold(exact))
		} else {
			stems = append(stems, b.t.words.one(stem(fold(w))))
			b.t.words.forms[fold(w)] = true
		}
	}
	joined := strings.Join(stems, " ")
	key := strconv.Itoa(concept) + " " + joined
	if len(stems) == 0 || b.seen[key] {
		return
	}
	b.seen[key] = true
	if kind != rowNot {
		b.uses[joined]++
	}
	weight := weightTerm
	switch {
	case kind != rowCue && content > 1:
		weight = weightTermPair
	case kind == rowCue && (content == 1 || len(stems) == 1):
		weight = weightCue
	case kind == rowCue:
		weight = weightCuePair
	}
	b.t.entries = append(b.t.entries, entry{concept, kind, stems, text, weight})
	for _, s := range stems {
		if len(stems) == 1 || !b.small[s] {
			b.t.words.add(s)
		}
	}
}

// spreadFactor is how much a word loses for each other concept that uses it.
const spreadFactor = 0.06

// spread counts the concepts in whose entries a stem stands.
func (t *Terms) spread() map[string]int {
	seen := map[string]map[int]bool{}
	for i := range t.entries {
		e := &t.entries[i]
		if e.kind == rowNot {
			continue
		}
		for _, w := range e.words {
			if seen[w] == nil {
				seen[w] = map[int]bool{}
			}
			seen[w][e.concept] = true
		}
	}
	counts := make(map[string]int, len(seen))
	for w, concepts := range seen {
		counts[w] = len(concepts)
	}
	return counts
}

func (b *termsBuilder) finish() (*Terms, error) {
	t := b.t
	for i := range t.concepts {
		c := &t.concepts[i]
		for _, id := range c.nearIDs {
			at, ok := t.byID[id]
			if !ok {
				return nil, fmt.Errorf("term table %s: %s is near %q, which does not exist", c.file, c.ID, id)
			}
			c.near = append(c.near, at)
		}
	}
	spread := t.spread()
	for i := range t.entries {
		e := &t.entries[i]
		n := slices.MinFunc(e.words, func(a, b string) int { return spread[a] - spread[b] })
		t.keys[n] = append(t.keys[n], i)
		if e.kind == rowCue {
			// So does one that stands in what many concepts say.
			e.weight /= 1 + spreadFactor*float64(spread[n]-1)
		}
		// A word of many concepts tells little.
		if n := b.uses[strings.Join(e.words, " ")]; n > 1 && e.kind != rowNot {
			e.weight /= 1 + 0.3*float64(n-1)
		}
	}
	t.loose = newLooseIndex(t, b.small)
	return t, nil
}
