package insight

import (
	"context"
	"strings"

	"kompetansepilot/app/grant"
	"kompetansepilot/app/lang"
	"kompetansepilot/data"
)

// Source makes texts of figures that can stand in an application and be watched
// there.
type Source interface {
	// Name tells sources apart; "" is the needs.
	Name() string
	// Text is what can be told in the language of words, of what may leave the county
	// only; "" while that is nothing. The same facts give the same text.
	Text(ctx context.Context, words *lang.Printer) (string, error)
}

// needSource tells of the needs.
type needSource struct{ *Service }

func (needSource) Name() string { return "" }

func (s needSource) Text(ctx context.Context, words *lang.Printer) (string, error) {
	facts, err := s.Facts(ctx, nil)
	if err != nil {
		return "", err
	}
	return facts.Text(words), nil
}

// Changed is a text of figures in an application that is no longer true.
type Changed struct {
	Source string
	ID     string // of the record
	Field  string
	Old    string // as it was put in
	New    string // "" when there is nothing to tell any more
	// Stands tells that the old text still stands in the field word for word, so
	// that the new one can take its place.
	Stands bool
}

// Insert puts the text of a source into a field of an application and
// remembers that it stands there: in place of an older one if that stands as it
// was put in, else after what the field holds. It is one step named label.
func (s *Service) Insert(ctx context.Context, label, source, application, field string) error {
	a, text, err := s.textFor(ctx, source, application)
	if err != nil {
		return err
	}
	if text == "" && source != "" {
		return data.NewError("figuresEmpty", "Det er ikke talt nok ennå til å fortelle noe uten at enkelte kan kjennes igjen. Ingenting er endret.", nil)
	}
	if text == "" {
		return data.NewError("insightEmpty", "Det er kartlagt færre enn fem behov, så det er ikke noe å fortelle uten at enkelte bedrifter kan kjennes igjen. Ingenting er endret.", nil)
	}
	return s.store.Update(label, func(tx *data.Tx) error {
		before, err := data.FiguresOf(tx, application)
		if err != nil {
			return err
		}
		now, err := data.Get[data.Application](tx, application)
		if err != nil {
			return err
		}
		kept := data.NeedFigures{Application: application, Field: field, Source: source}
		for _, b := range before {
			if b.Field == field && b.Source == source {
				kept = b
			}
		}
		value := replaced(now.Answers[field], kept.Text, text)
		kept.Text, kept.Made = text, tx.Now()
		if err := tx.SetValue(&a, field, value); err != nil {
			return err
		}
		return tx.Put(&kept)
	})
}

// replaced is what a field holds with a new text in the old one's place, or at
// its end.
func replaced(value, old, text string) string {
	switch {
	case old != "" && strings.Contains(value, old):
		return strings.Replace(value, old, text, 1)
	case strings.TrimSpace(value) == "":
		return text
	}
	return strings.TrimRight(value, "\n ") + "\n\n" + text
}

// Forget ends the watch over the text of a source in a field; what stands there
// stays.
func (s *Service) Forget(label, source, application, field string) error {
	return s.store.Update(label, func(tx *data.Tx) error {
		kept, err := data.FiguresOf(tx, application)
		if err != nil {
			return err
		}
		for i := range kept {
			if kept[i].Field == field && kept[i].Source == source {
				if err := tx.Delete(&kept[i]); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// Changed are the texts in an application whose figures are others today. An
// application without such texts costs one query.
func (s *Service) Changed(ctx context.Context, d *data.Draft) ([]Changed, error) {
	kept, err := data.FiguresOf(s.store, d.Application.ID)
	if err != nil || len(kept) == 0 {
		return nil, err
	}
	words := lang.New(d.Application.Language)
	texts := map[string]string{}
	var all []Changed
	for _, k := range kept {
		from := s.source(k.Source)
		if from == nil {
			continue // of a newer program
		}
		text, known := texts[k.Source]
		if !known {
			if text, err = from.Text(ctx, words); err != nil {
				return nil, err
			}
			texts[k.Source] = text
		}
		if k.Text != text {
			all = append(all, Changed{Source: k.Source, ID: k.ID, Field: k.Field, Old: k.Text, New: text, Stands: strings.Contains(d.Application.Answers[k.Field], k.Text)})
		}
	}
	return all, nil
}

// source is the source of a name, or nil.
func (s *Service) source(name string) Source {
	for _, one := range s.sources {
		if one.Name() == name {
			return one
		}
	}
	return nil
}

// TextFor is the text of a source in an application's written norm, "" when there
// is nothing to tell.
func (s *Service) TextFor(ctx context.Context, source, application string) (string, error) {
	_, text, err := s.textFor(ctx, source, application)
	return text, err
}

func (s *Service) textFor(ctx context.Context, source, application string) (data.Application, string, error) {
	a, err := data.Get[data.Application](s.store, application)
	if err != nil {
		return a, "", err
	}
	from := s.source(source)
	if from == nil {
		return a, "", nil
	}
	text, err := from.Text(ctx, lang.New(a.Language))
	return a, text, err
}

// ChangedFigures implements grant.Figures.
func (s *Service) ChangedFigures(d *data.Draft) ([]grant.ChangedFigures, error) {
	changed, err := s.Changed(context.Background(), d)
	var all []grant.ChangedFigures
	for _, c := range changed {
		all = append(all, grant.ChangedFigures{Source: c.Source, Field: c.Field, Stands: c.Stands})
	}
	return all, err
}
