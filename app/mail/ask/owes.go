package ask

import "time"

// Turn is one message of a thread.
type Turn struct {
	Ours      bool
	Automatic bool // nobody wrote it
	Date      time.Time
	Asks      bool // it waits for an answer; see [Proposal.Asks]
	Settled   bool // the user says that nothing up to here needs an answer any more
}

// Who the thread waits for.
const (
	Us     = "us"
	Them   = "them"
	Nobody = ""
)

// Owes tells who is to answer in a thread, and since when. The turns are in the
// order of their dates. A question waits until the other side has written, and so
// does not go away because its writer writes again.
func Owes(turns []Turn) (who string, since time.Time) {
	for _, t := range turns {
		if t.Settled {
			who = Nobody
			continue
		}
		if t.Automatic {
			continue
		}
		mine, yours := Them, Us // who answers what this side asks
		if !t.Ours {
			mine, yours = Us, Them
		}
		if who == yours {
			who = Nobody
		}
		if t.Asks && who == Nobody {
			who, since = mine, t.Date
		}
	}
	if who == Nobody {
		return Nobody, time.Time{}
	}
	return who, since
}

// Days is how many whole days have gone from since to now.
func Days(since, now time.Time) int {
	return int(midnight(now).Sub(midnight(since)).Hours() / 24)
}
