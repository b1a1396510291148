package grant

import "kompetansepilot/data"

// RuleFigures is the rule of findings about figures that have changed since they
// were put into the application.
const RuleFigures = "figures"

// ChangedFigures is a field with a text made of the county's own figures, which
// are others now.
type ChangedFigures struct {
	Source string // what the figures are about, as app/insight names it; "" for needs
	Field  string
	// Stands tells that the text stands in the field as it was put in.
	Stands bool
}

// Figures knows the texts with figures that were put into applications.
type Figures interface {
	// ChangedFigures are those of an application that are no longer true.
	ChangedFigures(d *data.Draft) ([]ChangedFigures, error)
}

func (s *Service) changedFigures(d *data.Draft) ([]ChangedFigures, error) {
	if s.figures == nil {
		return nil, nil
	}
	return s.figures.ChangedFigures(d)
}

// changedFigures is advice: the text was true when it was written.
func changedFigures(in *Input) []Finding {
	if in.Draft.Application.Status == data.StatusSubmitted {
		return nil
	}
	var all []Finding
	for _, c := range in.Figures {
		f := in.Call.Field(c.Field)
		if f == nil {
			continue
		}
		remedy := in.Words.T("rule.figures.remedy")
		if !c.Stands {
			remedy = in.Words.T("rule.figures.edited")
		}
		message := in.Words.T("rule.figures.message", "Label", f.Label.In(in.Words.Code()))
		if c.Source != "" {
			message = in.Words.T("rule.figures.courses", "Label", f.Label.In(in.Words.Code()))
		}
		all = append(all, Finding{Severity: Info, Rule: RuleFigures, Field: c.Field, Source: c.Source, Message: message, Remedy: remedy})
	}
	return all
}
