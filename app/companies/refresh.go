package companies

import (
	"context"

	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// Register is who is asked about a number: a [Client] or a [Store].
type Register interface {
	Lookup(ctx context.Context, number string) (Answer, error)
}

// Problem is an organisation that the register could not be asked about.
type Problem struct {
	Organisation data.Organisation
	Err          error // carries a sentence
}

// CompareAll asks the register about organisations, one after another, and
// changes nothing. What concerns one organisation alone, such as a number that is
// none, is a problem; a register that does not answer ends the work with an
// error. progress may be nil; it is told how many are done.
func CompareAll(ctx context.Context, w *data.Workspace, places *reference.Tables, register Register, all []data.Organisation,
	progress func(done int)) ([]Comparison, []Problem, error) {
	var compared []Comparison
	var problems []Problem
	for i, o := range all {
		a, err := register.Lookup(ctx, o.OrgNumber)
		switch data.Code(err) {
		case "":
			if err != nil {
				return nil, nil, err
			}
			origins, err := Origin(w, o.ID)
			if err != nil {
				return nil, nil, err
			}
			compared = append(compared, Compare(places, o, a, origins))
		case CodeRequest, CodeAnswer:
			problems = append(problems, Problem{o, err})
		default:
			return nil, nil, err
		}
		if progress != nil {
			progress(i + 1)
		}
	}
	return compared, problems, nil
}
