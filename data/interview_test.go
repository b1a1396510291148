package data_test

import (
	"strings"
	"testing"

	"kompetansepilot/data"
)

// TestInterviewsFollowTheirBusiness: searching finds them, a person that is
// erased leaves their texts, and what concerns one business alone goes with it.
func TestInterviewsFollowTheirBusiness(t *testing.T) {
	w := newWorkspace(t)
	business := data.Organisation{OrganisationOf: data.OrganisationBusiness, Name: "Dal Sag"}
	person := data.Person{Name: "Ragnhild Myklebust"}
	update(t, w, "Ny", func(tx *data.Tx) error {
		if err := tx.Put(&business); err != nil {
			return err
		}
		return tx.Put(&person)
	})
	talk := data.Interview{Organisation: business.ID, Person: person.ID, Date: "2026-03-01", Answers: data.Values{"known": "Ragnhild kjenner studiesenteret"}}
	update(t, w, "Intervju", func(tx *data.Tx) error { return tx.Put(&talk) })
	need := data.Need{Organisation: business.ID, Conversation: talk.ID, Text: "Sliping av sagblad", OwnWords: "Ragnhild Myklebust sier at det haster"}
	update(t, w, "Behov", func(tx *data.Tx) error { return tx.Put(&need) })
	for _, words := range []string{"sagblad", "studiesenteret"} {
		if hits, err := w.Search(words, 10); err != nil || len(hits) != 1 {
			t.Errorf("%s: %+v, %v", words, hits, err)
		}
	}
	traces, err := data.TracesOf(w, data.Subject{Kind: "person", ID: person.ID})
	if err != nil {
		t.Fatal(err)
	}
	var changed []string
	for _, c := range traces.Changed {
		changed = append(changed, c.Kind)
	}
	if got := strings.Join(changed, " "); !strings.Contains(got, "interview") || !strings.Contains(got, "need") {
		t.Errorf("the person is found in %q", got)
	}
	traces, err = data.TracesOf(w, data.Subject{Kind: "organisation", ID: business.ID})
	if err != nil {
		t.Fatal(err)
	}
	var removed []string
	for _, c := range traces.Removed {
		removed = append(removed, c.Kind)
	}
	if got := strings.Join(removed, " "); !strings.Contains(got, "interview") || !strings.Contains(got, "need") {
		t.Errorf("with the business goes %q", got)
	}
}
