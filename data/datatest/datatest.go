// Package datatest makes large workspaces for tests and benchmarks of other
// packages.
package datatest

import (
	"fmt"
	"testing"

	"kompetansepilot/data"
)

// batch is how many records go in one transaction.
const batch = 5000

// Big makes a workspace at path with organisations businesses, 20 applications
// and rows activities spread over them, all of it through Update. It is closed
// when the test ends.
func Big(tb testing.TB, path string, organisations, rows int) *data.Workspace {
	tb.Helper()
	w, err := data.Open(path, data.Options{Create: true, Actor: "Test", AnyPlace: true})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { w.Close() })
	applications := make([]data.Application, 20)
	inBatches(tb, w, "Laget søknader", len(applications), func(i int) data.Record {
		applications[i] = data.Application{
			Call: "kompetansepiloter-2020", County: "34", Language: "nb", Status: data.StatusDraft,
			Answers: data.Values{"title": fmt.Sprintf("Prosjekt %d", i+1), "shortDescription": "Kompetanse i tømmerverdikjeden."},
		}
		return &applications[i]
	})
	inBatches(tb, w, "Hentet bedrifter", organisations, organisation)
	inBatches(tb, w, "Laget aktiviteter", rows, func(i int) data.Record {
		return &data.Activity{
			Application: applications[i%len(applications)].ID, Position: int64(i), Name: fmt.Sprintf("Aktivitet %d", i),
			Responsible: "Prosjektleder", Start: "2021-01-01", Finish: "2021-06-30",
		}
	})
	return w
}

// organisation is number i of a register with all that a register gives.
func organisation(i int) data.Record {
	return &data.Organisation{
		OrganisationOf: data.OrganisationBusiness, Name: fmt.Sprintf("%s %d AS", names[i%len(names)], i), OrgNumber: fmt.Sprintf("2%08d", i),
		Municipality: municipalities[i%len(municipalities)], Industry: industries[i%len(industries)], IndustryStd: "SN2007", SizeBand: "5-9", Norm: "nb",
		Contact: fmt.Sprintf("Person %d", i), Email: fmt.Sprintf("post%d@example.no", i), Status: "new", Source: "example", SourceTime: "2026-11-24T10:00:00Z",
	}
}

var (
	names          = [...]string{"Østerdal Tre", "Fåvang Sag", "Nord-Fron Bygg", "Tynset Mekaniske", "Kongsvinger Treindustri", "Čáhppes Duodji"}
	municipalities = [...]string{"3427", "3439", "3436", "3401", "3430", "3437", "3403", "3405", "3407", "3411", "3412", "3413",
		"3414", "3415", "3416", "3417", "3418", "3419", "3420", "3421", "3422", "3423", "3424"}
	industries = [...]string{"16.100", "55.101", "41.200", "01.410", "56.110", "25.110", "49.410"}
)

// Organisation is a business as [Big] makes them, without an id.
func Organisation(i int) *data.Organisation { return organisation(i).(*data.Organisation) }

func inBatches(tb testing.TB, w *data.Workspace, label string, n int, record func(i int) data.Record) {
	tb.Helper()
	for from := 0; from < n; from += batch {
		err := w.Update(label, func(tx *data.Tx) error {
			for i := from; i < min(from+batch, n); i++ {
				if err := tx.Put(record(i)); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			tb.Fatal(err)
		}
	}
}
