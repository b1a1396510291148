package need

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"kompetansepilot/data"
)

// loadTermsWith reads the term table that is built in, and what was corrected
// in this workspace. A word that means a concept counts as its term; one that
// does not is no longer a term or a cue of it, and speaks against it. A
// correction of a concept that the table does not have is passed over.
func loadTermsWith(corrections []data.TermCorrection) (*Terms, error) {
	b, err := readTerms()
	if err != nil {
		return nil, err
	}
	for i := range corrections {
		b.correct(&corrections[i])
	}
	return b.finish()
}

func (b *termsBuilder) correct(c *data.TermCorrection) {
	at, ok := b.t.byID[c.Concept]
	stems := entryStems(c.Word)
	if !ok || len(stems) == 0 {
		return
	}
	b.drop(at, stems)
	if c.Sense == data.TermMeansNot {
		b.entry(at, rowNot, c.Word)
	} else {
		b.entry(at, rowTerm, c.Word)
	}
}

// drop takes the entries of a concept with these words out.
func (b *termsBuilder) drop(concept int, stems []string) {
	joined := strings.Join(stems, " ")
	delete(b.seen, strconv.Itoa(concept)+" "+joined)
	b.t.entries = slices.DeleteFunc(b.t.entries, func(e entry) bool {
		gone := e.concept == concept && slices.Equal(e.words, stems)
		if gone && e.kind != rowNot {
			b.uses[joined]--
		}
		return gone
	})
}

// entryStems are the words of an entry as the table keeps them; none for what
// says nothing, such as a word that stands in every text.
func entryStems(text string) []string {
	b := newTermsBuilder()
	b.entry(0, rowTerm, text)
	if len(b.t.entries) == 0 {
		return nil
	}
	return b.t.entries[0].words
}

// Concept finds a concept by its id.
func (t *Terms) Concept(id string) (Concept, bool) {
	at, ok := t.byID[id]
	if !ok {
		return Concept{}, false
	}
	return t.concepts[at], true
}

// shelf keeps the terms that were read last, until a correction comes or goes.
type shelf struct {
	mu    sync.Mutex
	key   string
	terms *Terms
}

// currentTerms is the term table with the corrections of now.
func (s *Service) currentTerms() (*Terms, error) {
	all, err := s.Corrections()
	if err != nil {
		return nil, err
	}
	var key strings.Builder
	for i := range all {
		c := &all[i]
		key.WriteString(c.Word + "\x00" + c.Concept + "\x00" + c.Sense + "\n")
	}
	s.shelf.mu.Lock()
	defer s.shelf.mu.Unlock()
	if s.shelf.terms != nil && s.shelf.key == key.String() {
		return s.shelf.terms, nil
	}
	terms, err := loadTermsWith(all)
	if err == nil {
		s.shelf.terms, s.shelf.key = terms, key.String()
	}
	return terms, err
}

// Corrections are the term corrections of the workspace, oldest first: a later
// one wins over an earlier.
func (s *Service) Corrections() ([]data.TermCorrection, error) {
	if !s.store.Has("term_correction") {
		return nil, nil
	}
	return data.Live[data.TermCorrection](s.store, "", "created, id")
}

// CodeTerm is the code of errors in corrections.
const CodeTerm = "needTerm"

// Correct keeps a correction as one step named label. It takes the place of an
// earlier one about the same word and concept.
func (s *Service) Correct(label string, c data.TermCorrection) (id string, err error) {
	c.Word = strings.Join(strings.Fields(c.Word), " ")
	stems := entryStems(c.Word)
	if len(stems) == 0 {
		return "", data.NewError(CodeTerm+".word", "«{{.Word}}» sier for lite til å bety noe bestemt. Ingenting er lagret. Velg et ord som bare brukes om dette.", nil, "Word", c.Word)
	}
	terms, err := s.Terms()
	if err != nil {
		return "", err
	}
	if _, ok := terms.Concept(c.Concept); !ok {
		return "", data.NewError(CodeTerm+".concept", "Velg hva ordet gjelder. Ingenting er lagret.", nil)
	}
	before, err := s.Corrections()
	if err != nil {
		return "", err
	}
	err = s.store.Update(label, func(tx *data.Tx) error {
		for i := range before {
			old := &before[i]
			if old.Concept == c.Concept && slices.Equal(entryStems(old.Word), stems) {
				if err := tx.Delete(old); err != nil {
					return err
				}
			}
		}
		if c.Created == "" {
			c.Created = tx.Now()
		}
		if err := tx.Put(&c); err != nil {
			return err
		}
		id = c.ID
		return nil
	})
	return id, err
}

// Uncorrect moves corrections to the trash as one step.
func (s *Service) Uncorrect(label string, ids []string) error {
	return s.store.Update(label, func(tx *data.Tx) error {
		for _, id := range ids {
			if err := tx.Delete(&data.TermCorrection{Row: data.Row{ID: id}}); err != nil {
				return err
			}
		}
		return nil
	})
}
