package data

import (
	"sync"
	"time"

	"github.com/google/uuid"
)

// NewID makes a record id: a UUID of version 7, which sorts by time.
func NewID() string { return uuid.Must(uuid.NewV7()).String() }

// Today is the local date as YYYY-MM-DD.
func Today() string { return time.Now().Format(time.DateOnly) }

// hybridClock gives times that only ever grow, also when the machine's clock is
// set back: milliseconds since 1970 << 16 | counter.
type hybridClock struct {
	mu   sync.Mutex
	last int64
	now  func() time.Time
}

func (c *hybridClock) tick() int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	if t := c.now().UnixMilli() << 16; t > c.last {
		c.last = t
	} else {
		c.last++
	}
	return c.last
}

// observe makes the clock go on from a time that the workspace already holds.
func (c *hybridClock) observe(t int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.last = max(c.last, t)
}

func hlcTime(t int64) time.Time { return time.UnixMilli(t >> 16) }
