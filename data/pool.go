package data

// Pool is a group of needs that somebody has decided about: locked, split,
// joined, or changed by hand. Groups that the program only proposes are not
// stored. The id never changes once the pool is stored, and no proposal gets the
// id of a pool that ever was: other records may name it.
//
// Which needs are in it is told by its PoolNeed records; see [PoolNeeds]. A pool
// that is not Locked also takes in, at each calculation, further needs that fit;
// those are not stored until somebody locks it or changes it by hand.
type Pool struct {
	Row
	// Name is what the pool is called, never "". Unless Named it is what the program
	// called it when it was stored, and is said anew in other languages.
	Name  string `db:"name" json:"label"`
	Named bool   `db:"named" json:"named,omitempty"` // a person chose the name
	// Concept is what the needs are about: an id of the term table, or "".
	Concept      string `db:"concept" json:"concept,omitempty"`
	Municipality string `db:"municipality" json:"place"`      // number, where they meet; "" for online
	Months       string `db:"months" json:"months"`           // in which everyone can, as Offering.Months: "9;10;11", "" for any
	Placed       bool   `db:"placed" json:"placed,omitempty"` // a person chose where
	Timed        bool   `db:"timed" json:"timed,omitempty"`   // a person chose the months
	Level        string `db:"level" json:"level"`             // as Need.Level
	Form         string `db:"form" json:"form"`               // as Need.Form
	Least        int64  `db:"least" json:"least"`             // people that make a course of it, 0 when nobody has said
	Most         int64  `db:"most" json:"most"`               // people that it takes, 0 for no bound
	Locked       bool   `db:"locked" json:"locked"`           // nobody comes in but by hand
	Note         string `db:"note" json:"note,omitempty"`
	Created      string `db:"created" json:"created"` // RFC 3339, UTC
}

// Kind names the table.
func (*Pool) Kind() string { return "pool" }

// States of a PoolNeed. One that was decided and taken back has "": the record
// stays, so that no trash fills up with moves.
const (
	PoolKept     = "kept"     // is in the pool
	PoolExcluded = "excluded" // is not, and no calculation puts it there
)

// PoolNeed is what was decided about a need and a pool. Its id is made of
// theirs, so that there is one for each pair. It goes with its pool: those of a
// pool in the trash say nothing.
type PoolNeed struct {
	Row
	Pool  string `db:"pool" json:"pool"`   // id
	Need  string `db:"need" json:"need"`   // id
	State string `db:"state" json:"state"` // one of the Pool constants, or ""
}

// Kind names the table.
func (*PoolNeed) Kind() string { return "pool_need" }

// NewPoolNeed says where a need stands to a pool.
func NewPoolNeed(pool, need, state string) *PoolNeed {
	return &PoolNeed{Row: Row{ID: pool + "+" + need}, Pool: pool, Need: need, State: state}
}
