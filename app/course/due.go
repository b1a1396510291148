package course

import "time"

// soonDays is how many days before it begins a course is told of.
const soonDays = 14

// Due is what somebody should see to now.
type Due struct {
	Unsent    []Requested // not sent to anybody yet, newest first
	Late      []Requested // whose deadline has passed without all the answers, newest first
	Soon      []Run       // that begin within two weeks, the first first
	Uncounted []Run       // that have ended without counts of how it went, the latest first
}

// Due is what should be seen to on a day (YYYY-MM-DD).
func (s *Service) Due(today string) (d Due, err error) {
	requests, err := s.Requests()
	if err != nil {
		return d, err
	}
	for _, r := range requests {
		switch r.State(today) {
		case StateDraft:
			d.Unsent = append(d.Unsent, r)
		case StateLate:
			d.Late = append(d.Late, r)
		}
	}
	runs, err := s.Runs()
	if err != nil {
		return d, err
	}
	last := today
	if day, err := time.Parse(time.DateOnly, today); err == nil {
		last = day.AddDate(0, 0, soonDays).Format(time.DateOnly)
	}
	for _, r := range runs {
		switch {
		case r.Status == StatusCancelled:
		case r.Uncounted(today):
			d.Uncounted = append(d.Uncounted, r)
		case r.Start >= today && r.Start <= last:
			d.Soon = append([]Run{r}, d.Soon...) // they come latest first
		}
	}
	return d, nil
}

// Uncounted tells that a course has ended on a day (YYYY-MM-DD), and that nobody
// has said how it went for all who began.
func (r *Run) Uncounted(today string) bool {
	ended := r.Status == StatusDone || r.Finish != "" && r.Finish < today
	if !ended || r.Status == StatusCancelled {
		return false
	}
	sum := r.Sum()
	out := sum.Completed + sum.Dropped
	return out == 0 || out < sum.Started
}

// DueKinds are the kinds of record that Due tells of.
func DueKinds() []string { return []string{"request", "enquiry", "reply", "course", "participation"} }
