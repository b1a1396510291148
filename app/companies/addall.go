package companies

import (
	"context"

	"kompetansepilot/data"
)

// mostAdded is how many units are added to a workspace at once.
const mostAdded = 50_000

// Addition is what adding units to a workspace does, or would do.
type Addition struct {
	Found int
	Had   int // there already, by their number
	Added int
}

// Addable counts what AddAll would do.
func (d *Desk) Addable(ctx context.Context, w *data.Workspace, kind string, q Query) (Addition, error) {
	units, had, err := d.addable(ctx, w, kind, q)
	return Addition{Found: len(units) + had, Had: had, Added: len(units)}, err
}

// AddAll makes organisations of a kind of all the loaded units that q finds, but
// for those that are there already and those that are deleted, as one step that
// label names. The error has CodeTooMany when there are more than can be added at
// once.
func (d *Desk) AddAll(ctx context.Context, w *data.Workspace, kind string, q Query, label func(added int) string) (Addition, error) {
	units, had, err := d.addable(ctx, w, kind, q)
	a := Addition{Found: len(units) + had, Had: had, Added: len(units)}
	if err != nil || len(units) == 0 {
		return a, err
	}
	info, err := d.Store.Info()
	if err != nil {
		return a, err
	}
	return a, w.Update(label(len(units)), func(tx *data.Tx) error {
		for _, u := range units {
			if err := ctx.Err(); err != nil {
				return err
			}
			answer := Answer{Number: u.Number, Unit: u, Time: info.Main.Retrieved}
			if u.Sub {
				answer.Time = info.Sub.Retrieved
			}
			o := data.Organisation{OrganisationOf: kind, Status: "new"}
			answer.Fill(&o)
			if err := tx.Put(&o); err != nil {
				return err
			}
		}
		return nil
	})
}

// addable are the living units that q finds and the workspace has not, and how
// many it has.
func (d *Desk) addable(ctx context.Context, w *data.Workspace, kind string, q Query) (units []Unit, had int, err error) {
	n, err := d.Store.Count(ctx, q)
	if err != nil {
		return nil, 0, err
	}
	if n > mostAdded {
		return nil, 0, data.NewError(CodeTooMany+".add", "{{.Count}} enheter passer. Det er for mange å legge til på en gang. Ingenting er endret. Velg færre kommuner eller en næring.", nil, "Count", n)
	}
	there, err := data.Live[data.Organisation](w, "kind = ? AND org_number <> ''", "", kind)
	if err != nil {
		return nil, 0, err
	}
	numbers := make(map[string]bool, len(there))
	for i := range there {
		numbers[there[i].OrgNumber] = true
	}
	const page = 1000
	for q.Limit, q.Offset = page, 0; ; q.Offset += page {
		found, err := d.Store.Find(ctx, q)
		if err != nil {
			return nil, 0, err
		}
		for _, u := range found.Units {
			switch {
			case numbers[u.Number]:
				had++
			case u.Deleted == "":
				units = append(units, u)
			}
		}
		if !found.More {
			return units, had, nil
		}
	}
}
