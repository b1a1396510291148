package people

import (
	"time"

	"kompetansepilot/data"
)

// soonDays is how far ahead today's list looks.
const soonDays = 7

// Day is what there is to do, each part by date.
type Day struct {
	Date                              string // YYYY-MM-DD
	Overdue, Today, Soon, Later, Done []TaskRow
	Undated                           []TaskRow
	Planned                           []Contact // visits and meetings from today on
}

// Waiting is how many tasks are due today or before.
func (d *Day) Waiting() int { return len(d.Overdue) + len(d.Today) }

// Open is how many tasks are not done.
func (d *Day) Open() int {
	return len(d.Overdue) + len(d.Today) + len(d.Soon) + len(d.Later) + len(d.Undated)
}

// Empty tells that nothing was ever to do, as far as the list tells.
func (d *Day) Empty() bool { return d.Open()+len(d.Done)+len(d.Planned) == 0 }

// Day sorts the open tasks by when they are due. today is YYYY-MM-DD.
func (s *Service) Day(today string) (Day, error) {
	d := Day{Date: today}
	soon := day(today).AddDate(0, 0, soonDays).Format(time.DateOnly)
	err := s.store.Read(func(r data.Reader) error {
		tasks, err := data.Live[data.Task](r, "done = '' OR done = ?", "due, id", today)
		if err != nil {
			return err
		}
		rows, err := s.rows(r, tasks)
		if err != nil {
			return err
		}
		for _, t := range rows {
			to := &d.Later
			switch {
			case t.Done != "":
				to = &d.Done
			case t.Due == "":
				to = &d.Undated
			case t.Due < today:
				to = &d.Overdue
			case t.Due == today:
				to = &d.Today
			case t.Due <= soon:
				to = &d.Soon
			}
			*to = append(*to, t)
		}
		planned, err := data.Live[data.Interaction](r, "date > ? OR date = ? AND kind IN ('visit', 'meeting')", "date, id", today, today)
		if err != nil {
			return err
		}
		d.Planned, err = s.contacts(r, planned)
		return err
	})
	return d, err
}
