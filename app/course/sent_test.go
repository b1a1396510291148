package course

import (
	"testing"

	"kompetansepilot/app/brief"
	"kompetansepilot/app/partner"
	"kompetansepilot/data"
)

// task is the task to remind those who have not answered, with "" for none.
func (w *world) task(t *testing.T) data.Task {
	t.Helper()
	all, err := data.Live[data.Task](w.store, "", "")
	if err != nil || len(all) > 1 {
		t.Fatal(all, err)
	}
	if len(all) == 0 {
		return data.Task{}
	}
	return all[0]
}

func (w *world) undo(t *testing.T) {
	t.Helper()
	if _, err := w.store.Undo(); err != nil {
		t.Fatal(err)
	}
}

// TestIsSentWhenSomebodySaysSo: a new request is not sent to anybody, and saying
// that it is dates it and makes the task in one step.
func TestIsSentWhenSomebodySaysSo(t *testing.T) {
	w := newWorld(t)
	r := OfPool(&w.pool, "Sveising")
	r.Due = "2027-01-10"
	asked, err := w.Ask("Spurte", r, []string{w.ntnu.ID, w.fagskole.ID}, ChannelMail)
	if err != nil || asked.State("2027-02-01") != StateDraft || asked.Unsent() != 2 || asked.Date+asked.Asked[0].Date != "" || w.task(t).ID != "" {
		t.Fatalf("%+v %v", asked, err)
	}
	sent, err := w.MarkSent("Sendte", asked.ID, reminder)
	if err != nil || sent.State("2026-12-01") != StateWaiting || sent.Unsent() != 0 || sent.Date != data.Today() || sent.Asked[1].Date != data.Today() {
		t.Fatalf("%+v %v", sent, err)
	}
	if got := w.task(t); got.Text != "Purre: Sveising" || got.Due != "2027-01-10" || got.Done != "" {
		t.Errorf("%+v", got)
	}
	if _, err := w.MarkSent("Sendte", asked.ID, reminder); data.Code(err) != "requestSent" {
		t.Error(err)
	}
	w.undo(t)
	if again, err := w.Request(asked.ID); err != nil || again.Unsent() != 2 || again.Date != "" || w.task(t).ID != "" {
		t.Errorf("after undo: %+v %v", again, err)
	}

	// Said of one of them, and of one more later.
	mark := func(e *data.Enquiry) { e.Status = partner.EnquirySent }
	if err := w.TypeEnquiry("Sendte", asked.Asked[0].ID, "status", reminder, mark); err != nil {
		t.Fatal(err)
	}
	one, err := w.Request(asked.ID)
	if err != nil || one.State("2026-12-01") != StateWaiting || one.Unsent() != 1 || one.Asked[0].Date != data.Today() || w.task(t).Due != "2027-01-10" {
		t.Errorf("%+v %v", one, err)
	}
	other := one.Asked[1].Enquiry
	other.Status = partner.EnquirySent
	if _, err := w.SaveEnquiry("Sendte", other, reminder); err != nil {
		t.Fatal(err)
	}
	if one, err = w.Request(asked.ID); err != nil || one.Unsent() != 0 || one.Asked[1].Date != data.Today() {
		t.Errorf("%+v %v", one, err)
	}
	if err := w.Type("Frist", asked.ID, "due", func(r *data.Request) { r.Due = "2027-01-20" }); err != nil || w.task(t).Due != "2027-01-20" {
		t.Error(w.task(t), err)
	}
}

// TestTaskIsDoneWhenAllHaveAnswered, or when one was chosen, and not before.
func TestTaskIsDoneWhenAllHaveAnswered(t *testing.T) {
	w := newWorld(t)
	sent := w.send(t)
	for i := range 2 {
		if _, err := w.AddReply("Svar", sent.Asked[i].ID, map[string]string{brief.FieldTotal: "1000"}); err != nil || w.task(t).Done != "" {
			t.Fatal(i, w.task(t), err)
		}
	}
	no := func(e *data.Enquiry) { e.Status = partner.EnquiryNo }
	if err := w.TypeEnquiry("Nei", sent.Asked[2].ID, "status", reminder, no); err != nil || w.task(t).Done != data.Today() {
		t.Error(w.task(t), err)
	}
	w.undo(t)
	if w.task(t).Done != "" {
		t.Error("still done after undo")
	}
	if err := w.DeleteEnquiry("Slettet", sent.Asked[2].ID); err != nil || w.task(t).Done != data.Today() {
		t.Error(w.task(t), err)
	}
	w.undo(t)
	if _, err := w.Choose("Valgte", sent.Asked[0].ID, ""); err != nil || w.task(t).Done != data.Today() {
		t.Error(w.task(t), err)
	}
	if err := w.Delete("Slettet", sent.ID); err != nil || w.task(t).ID != "" {
		t.Error(w.task(t), err)
	}
}

// TestNobodyIsDeclinedWhoWasNotAsked: choosing leaves those alone that the request
// was never sent to.
func TestNobodyIsDeclinedWhoWasNotAsked(t *testing.T) {
	w := newWorld(t)
	asked, err := w.Ask("Spurte", OfPool(&w.pool, "Sveising"), []string{w.ntnu.ID, w.fagskole.ID}, ChannelMail)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.AddReply("Svar", asked.Asked[0].ID, map[string]string{brief.FieldTotal: "1000"}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Choose("Valgte", asked.Asked[0].ID, "Takk"); err != nil {
		t.Fatal(err)
	}
	if r, err := w.Request(asked.ID); err != nil || r.Asked[1].Status != partner.EnquiryDraft {
		t.Errorf("%+v %v", r.Asked, err)
	}
}

// TestDue tells of what is late, what begins and what was not counted.
func TestDue(t *testing.T) {
	w := newWorld(t)
	sent := w.send(t)
	if _, err := w.Ask("Spurte", OfPool(&w.pool, "Ikke sendt"), []string{w.ntnu.ID}, ChannelMail); err != nil {
		t.Fatal(err)
	}
	put := func(name, start, finish, status string, counts data.Participation) {
		t.Helper()
		c := data.Course{Name: name, Start: start, Finish: finish, Status: status}
		if err := w.Put("Kurs", &c); err != nil {
			t.Fatal(err)
		}
		p, err := w.Add("Med", c.ID, w.berg.ID)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.EditBusiness("Tall", p.ID, "counts", func(p *data.Participation) {
			p.Started, p.Completed, p.Dropped = counts.Started, counts.Completed, counts.Dropped
		}); err != nil {
			t.Fatal(err)
		}
	}
	none, some, all := data.Participation{}, data.Participation{Started: 5, Completed: 3}, data.Participation{Started: 5, Completed: 3, Dropped: 2}
	put("i dag", "2027-01-11", "2027-03-01", StatusPlanned, none)
	put("om to uker", "2027-01-25", "", StatusPlanned, none)
	put("senere", "2027-01-26", "", StatusPlanned, none)
	put("avlyst", "2027-01-12", "2027-01-12", StatusCancelled, none)
	put("uten tall", "2026-10-01", "2026-11-01", StatusRunning, none)
	put("halve tall", "2026-09-01", "2026-10-01", StatusDone, some)
	put("talt", "2026-09-01", "2026-10-01", StatusDone, all)
	put("slutter i dag", "2026-12-01", "2027-01-11", StatusRunning, none)
	d, err := w.Due("2027-01-11")
	if err != nil || len(d.Late) != 1 || d.Late[0].ID != sent.ID || len(d.Unsent) != 1 || d.Unsent[0].Name != "Ikke sendt" {
		t.Fatalf("%+v %v", d, err)
	}
	if len(d.Soon) != 2 || d.Soon[0].Name != "i dag" || d.Soon[1].Name != "om to uker" {
		t.Errorf("soon: %+v", d.Soon)
	}
	if len(d.Uncounted) != 2 || d.Uncounted[0].Name != "uten tall" || d.Uncounted[1].Name != "halve tall" {
		t.Errorf("uncounted: %+v", d.Uncounted)
	}
	if d, err = w.Due("2027-01-10"); err != nil || len(d.Late) != 0 {
		t.Errorf("late on the last day: %+v %v", d.Late, err)
	}
}
