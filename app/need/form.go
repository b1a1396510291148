package need

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"kompetansepilot/app/lang"
	"kompetansepilot/assets"
	"kompetansepilot/data"
)

// Kinds of questions.
const (
	AskText    = "text"    // free text
	AskNumber  = "number"  // a whole number
	AskYesNo   = "yesno"   // AnswerYes, AnswerNo or nothing
	AskChoice  = "choice"  // one of the options
	AskSeveral = "several" // ids of options with ; between them
	AskNeeds   = "needs"   // the needs, each a record of its own
	AskConsent = "consent" // kept in the interview itself
	AskShare   = "share"   // kept in the interview itself
	AskTask    = "task"    // free text that becomes a task
)

// Answers to AskYesNo.
const (
	AnswerYes = "yes"
	AnswerNo  = "no"
)

// Said is a text by language: "nb", "nn" and "en".
type Said map[string]string

// In is the text in a language, or the nearest there is.
func (s Said) In(code string) string {
	for _, c := range []string{code, "nb", "nn", "en"} {
		if s[c] != "" {
			return s[c]
		}
	}
	return ""
}

// Form is the list of questions of an interview.
type Form struct {
	ID      string `json:"id"`
	Version int    `json:"version"`
	Name    Said   `json:"name"`
	Parts   []Part `json:"parts"`
}

// Part is a theme of the conversation.
type Part struct {
	ID        string     `json:"id"`
	Title     Said       `json:"title"`
	Questions []Question `json:"questions"`
}

// Question is one question.
type Question struct {
	ID    string `json:"id"`
	Kind  string `json:"kind"`
	Label Said   `json:"label"`
	Hint  Said   `json:"hint,omitempty"`
	// Short says that it is asked in the short form too.
	Short bool `json:"short,omitempty"`
	// Fills names the field of the interview's needs that the answer goes into
	// where they say nothing themselves: FieldForm, FieldReach, FieldLevel or
	// FieldUrgency.
	Fills   string   `json:"fills,omitempty"`
	Options []Choice `json:"options,omitempty"`
}

// Choice is one answer to choose.
type Choice struct {
	ID    string `json:"id"`
	Label Said   `json:"label"`
}

// CodeForm is the code of errors in forms.
const CodeForm = "interviewForm"

// MaxForm is the most that is read of a form: 1 MB.
const MaxForm = 1 << 20

// ParseForm reads a form from JSON. The error has CodeForm and says what is
// wrong with it.
func ParseForm(raw []byte) (*Form, error) {
	if len(raw) > MaxForm {
		return nil, data.NewError(CodeForm+".size", "Filen er for stor til å være et intervjuskjema. Ingenting er endret.", nil)
	}
	var f Form
	if err := json.Unmarshal(raw, &f); err != nil {
		return nil, data.NewError(CodeForm+".json", "Filen kan ikke leses som et intervjuskjema. Ingenting er endret. Lagre skjemaet til fil først, og se hvordan den er bygd opp.", err)
	}
	seen, needs := map[string]bool{}, 0
	for _, p := range f.Parts {
		for _, q := range p.Questions {
			if q.ID == "" || q.Label.In("nb") == "" {
				return nil, data.NewError(CodeForm+".unnamed", "Et spørsmål i «{{.Part}}» mangler id eller tekst. Ingenting er endret.", nil, "Part", p.Title.In("nb"))
			}
			if seen[q.ID] {
				return nil, data.NewError(CodeForm+".twice", "Id-en «{{.ID}}» brukes av to spørsmål. Ingenting er endret.", nil, "ID", q.ID)
			}
			seen[q.ID] = true
			switch q.Kind {
			case AskNeeds:
				needs++
			case AskText, AskNumber, AskYesNo, AskConsent, AskShare, AskTask:
			case AskChoice, AskSeveral:
				if len(q.Options) == 0 || slices.ContainsFunc(q.Options, func(c Choice) bool { return c.ID == "" || strings.Contains(c.ID, ";") }) {
					return nil, data.NewError(CodeForm+".options", "Spørsmålet «{{.Question}}» mangler svar å velge mellom. Ingenting er endret.", nil, "Question", q.Label.In("nb"))
				}
			default:
				return nil, data.NewError(CodeForm+".kind", "Spørsmålet «{{.Question}}» er av et slag som ikke finnes: «{{.Kind}}». Ingenting er endret.", nil, "Question", q.Label.In("nb"), "Kind", q.Kind)
			}
		}
	}
	if needs != 1 {
		return nil, data.NewError(CodeForm+".needs", "Skjemaet må spørre om behovene nøyaktig ett sted. Ingenting er endret.", nil)
	}
	return &f, nil
}

// JSON is the form as ParseForm reads it.
func (f *Form) JSON() ([]byte, error) {
	raw, err := json.MarshalIndent(f, "", " ")
	return append(raw, '\n'), err
}

// Asked are the questions of a part that an interview asks.
func (p *Part) Asked(short bool) []Question {
	return slices.DeleteFunc(slices.Clone(p.Questions), func(q Question) bool { return short && !q.Short })
}

// Question finds a question by its id.
func (f *Form) Question(id string) (Question, bool) {
	for _, p := range f.Parts {
		for _, q := range p.Questions {
			if q.ID == id {
				return q, true
			}
		}
	}
	return Question{}, false
}

// Answer is an answer in words.
func (q *Question) Answer(words *lang.Printer, stored string) string {
	switch q.Kind {
	case AskYesNo, AskConsent, AskShare:
		switch stored {
		case AnswerYes:
			return words.T("interview.yes")
		case AnswerNo:
			return words.T("interview.no")
		}
	case AskChoice, AskSeveral:
		var all []string
		for _, id := range strings.Split(stored, ";") {
			at := slices.IndexFunc(q.Options, func(c Choice) bool { return c.ID == id })
			if at >= 0 {
				id = q.Options[at].Label.In(words.Code())
			}
			all = append(all, id)
		}
		return strings.Join(all, ", ")
	}
	return stored
}

// StandardForm is the form that is built in.
func StandardForm() (*Form, error) {
	raw, err := assets.FS.ReadFile("interview/standard.json")
	if err != nil {
		return nil, err
	}
	f, err := ParseForm(raw)
	if err != nil {
		return nil, fmt.Errorf("the form that is built in: %w", err)
	}
	return f, nil
}

// formID is the record that holds the county's own form.
const formID = "interview-form"

// Form is the form of the workspace: the county's own, or the one that is built
// in. own tells which.
func (s *Service) Form() (f *Form, own bool, err error) {
	if s.store.Has("interview_form") {
		all, err := data.Live[data.InterviewForm](s.store, "id = ?", "", formID)
		if err != nil {
			return nil, false, err
		}
		if len(all) > 0 && all[0].Content != "" {
			if f, err := ParseForm([]byte(all[0].Content)); err == nil {
				return f, true, nil
			}
		}
	}
	f, err = StandardForm()
	return f, false, err
}

// SetForm makes a form the county's own, as one step named label. Answers that
// were given to other questions are kept.
func (s *Service) SetForm(label string, f *Form) error {
	raw, err := f.JSON()
	if err != nil {
		return err
	}
	if _, err := ParseForm(raw); err != nil {
		return err
	}
	return s.store.Update(label, func(tx *data.Tx) error {
		record := data.InterviewForm{Row: data.Row{ID: formID}, Name: f.Name.In("nb"), Content: string(raw)}
		all, err := data.Find[data.InterviewForm](tx, "WHERE id = ?", formID)
		if err != nil {
			return err
		}
		if len(all) > 0 && all[0].InTrash() {
			if err := tx.Restore(&all[0]); err != nil {
				return err
			}
		}
		return tx.Put(&record)
	})
}

// ResetForm goes back to the form that is built in, as one step named label.
func (s *Service) ResetForm(label string) error {
	return s.store.Update(label, func(tx *data.Tx) error {
		return tx.Delete(&data.InterviewForm{Row: data.Row{ID: formID}})
	})
}
