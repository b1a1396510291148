package partner_test

import (
	"reflect"
	"testing"

	"kompetansepilot/app/partner"
	"kompetansepilot/data"
)

func TestKeepFirst(t *testing.T) {
	sourced := &data.Organisation{Row: data.Row{ID: "2"}, Source: "enhetsregisteret"}
	numbered := &data.Organisation{Row: data.Row{ID: "3"}, OrgNumber: "314950283"}
	mapped := &data.Organisation{Row: data.Row{ID: "4"}, Status: "mapped"}
	plain, old := &data.Organisation{Row: data.Row{ID: "5"}}, &data.Organisation{Row: data.Row{ID: "1"}}
	order := []*data.Organisation{sourced, numbered, mapped, old, plain}
	for i, a := range order {
		for _, b := range order[i+1:] {
			for range 2 {
				if keep, lose := partner.KeepFirst(a, b); keep != order[i] || lose == keep {
					t.Errorf("of %s and %s, %s is kept", a.ID, b.ID, keep.ID)
				}
				a, b = b, a
			}
			a = order[i]
		}
	}
}

func TestMergedByDefault(t *testing.T) {
	keep := data.Organisation{Row: data.Row{ID: "1"}, Name: "Berg Sag", Status: "contacted", Email: "a@example.no", Tags: "sag, tre", Note: "Ring i mai", Source: "x", SourceTime: "2024-01-01T00:00:00Z", SizeBand: "5-9"}
	lose := data.Organisation{Row: data.Row{ID: "2"}, Name: "BERG SAG AS", Status: "mapped", Email: "b@example.no", Phone: "61203040", Tags: "tre, høst", Note: "Kom i juni", Source: "x", SourceTime: "2026-01-01T00:00:00Z"}
	got := partner.Merged(keep, lose, nil)
	want := data.Organisation{Row: data.Row{ID: "1"}, Name: "BERG SAG AS", Status: "mapped", Email: "a@example.no", Phone: "61203040", Tags: "sag, tre, høst",
		Note: "Ring i mai\n\nKom i juni", Source: "x", SourceTime: "2026-01-01T00:00:00Z", SizeBand: "5-9"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%+v\nwant\n%+v", got, want)
	}
	got = partner.Merged(keep, lose, map[string]partner.Side{"name": partner.Kept, "email": partner.Lost, "tags": partner.Kept, "size_band": partner.Lost})
	if got.Name != "Berg Sag" || got.Email != "b@example.no" || got.Tags != "sag, tre" || got.SizeBand != "" || got.Status != "mapped" {
		t.Errorf("chosen: %+v", got)
	}
}

func TestMergeIsOneStep(t *testing.T) {
	r, w := newRegister(t)
	a, b, c := &data.Organisation{Name: "Berg Sag", Note: "a"}, &data.Organisation{Name: "Berg Sag AS", OrgNumber: "314950283", Note: "b"}, &data.Organisation{Name: "Berg-Sag", Note: "c"}
	other := &data.Organisation{Name: "Berg", OrganisationOf: data.OrganisationProvider}
	put(t, w, a, b, c, other)
	link := data.Partner{Organisation: c.ID}
	if err := w.Update("Ny", func(tx *data.Tx) error {
		application := data.Application{}
		if err := tx.Put(&application); err != nil {
			return err
		}
		link.Application = application.ID
		return tx.Put(&link)
	}); err != nil {
		t.Fatal(err)
	}
	if err := r.Merge("Slo sammen", []partner.Merge{{Keep: b.ID, Lose: other.ID}}); data.Code(err) != partner.CodeMergeKinds {
		t.Errorf("a business and a provider: %v", err)
	}
	// Three alike: b keeps a, and a, which is b now, keeps c.
	if err := r.Merge("Slo sammen tre", []partner.Merge{{Keep: b.ID, Lose: a.ID}, {Keep: a.ID, Lose: c.ID, Sides: map[string]partner.Side{"note": partner.Lost}}, {Keep: c.ID, Lose: b.ID}}); err != nil {
		t.Fatal(err)
	}
	all, err := r.All(data.OrganisationBusiness)
	if err != nil || len(all) != 1 || all[0].ID != b.ID || all[0].Note != "b\n\na\n\nc" {
		t.Errorf("left: %+v, %v", all, err)
	}
	if links, err := r.Links(b.ID, c.ID); err != nil || links[b.ID] != 1 || links[c.ID] != 0 {
		t.Errorf("links %v, %v", links, err)
	}
	if err := r.Merge("Igjen", []partner.Merge{{Keep: b.ID, Lose: a.ID}}); data.Code(err) != partner.CodeMergeGone {
		t.Errorf("with one in the trash: %v", err)
	}
	if label, err := w.Undo(); err != nil || label != "Slo sammen tre" {
		t.Fatal(label, err)
	}
	if all, err = r.All(data.OrganisationBusiness); err != nil || len(all) != 3 {
		t.Errorf("after undo: %d, %v", len(all), err)
	}
	if links, err := r.Links(c.ID); err != nil || links[c.ID] != 1 {
		t.Errorf("after undo: links %v, %v", links, err)
	}
}

func TestToldApart(t *testing.T) {
	r, w := newRegister(t)
	a, b := &data.Organisation{Name: "A"}, &data.Organisation{Name: "A"}
	put(t, w, a, b)
	if err := r.TellApart("Ikke samme", [2]string{b.ID, a.ID}); err != nil {
		t.Fatal(err)
	}
	if apart, err := r.ToldApart(); err != nil || !apart[[2]string{a.ID, b.ID}] {
		t.Errorf("apart %v, %v", apart, err)
	}
	if _, err := w.Undo(); err != nil {
		t.Fatal(err)
	}
	if apart, err := r.ToldApart(); err != nil || len(apart) != 0 {
		t.Errorf("after undo: %v, %v", apart, err)
	}
}

func TestAPersonOfBothIsThereOnce(t *testing.T) {
	r, w := newRegister(t)
	a, b := &data.Organisation{Name: "Berg"}, &data.Organisation{Name: "Berg AS"}
	put(t, w, a, b)
	if err := w.Update("Personer", func(tx *data.Tx) error {
		both, one, talk := data.Person{Name: "Åse"}, data.Person{Name: "Ola"}, data.Interaction{Text: "Ringte"}
		for _, p := range []data.Record{&both, &one, &talk} {
			if err := tx.Put(p); err != nil {
				return err
			}
		}
		for _, l := range []data.Record{&data.PersonAt{Person: both.ID, Organisation: a.ID}, &data.PersonAt{Person: both.ID, Organisation: b.ID}, &data.PersonAt{Person: one.ID, Organisation: b.ID},
			&data.InteractionWith{Interaction: talk.ID, Organisation: a.ID}, &data.InteractionWith{Interaction: talk.ID, Organisation: b.ID}} {
			if err := tx.Put(l); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if err := r.Merge("Slo sammen", []partner.Merge{{Keep: a.ID, Lose: b.ID}}); err != nil {
		t.Fatal(err)
	}
	at, err := data.Live[data.PersonAt](w, "", "")
	with, err2 := data.Live[data.InteractionWith](w, "", "")
	if err != nil || err2 != nil || len(at) != 2 || at[0].Organisation != a.ID || at[1].Organisation != a.ID || len(with) != 1 || with[0].Organisation != a.ID {
		t.Errorf("%+v, %+v, %v %v", at, with, err, err2)
	}
	if _, err := w.Undo(); err != nil {
		t.Fatal(err)
	}
	if at, err = data.Live[data.PersonAt](w, "organisation = ?", "", b.ID); err != nil || len(at) != 2 {
		t.Errorf("after undo %+v, %v", at, err)
	}
}
