package companies

import (
	"context"
	"errors"
	"strings"
	"sync"
	"time"

	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// Desk is where a person asks: it knows the loaded part of the register and the
// register's service, and keeps an eye on a load. Its methods may be called from
// any goroutine.
type Desk struct {
	Store *Store

	places *reference.Tables
	client func() (*Client, error)

	mu     sync.Mutex
	asked  time.Time
	loaded *Load // under way
	stop   context.CancelFunc
}

// NewDesk makes a desk on a store, which it closes with itself. A service that
// opts describe wrongly is told of when it is asked.
func NewDesk(store *Store, places *reference.Tables, opts ClientOptions) *Desk {
	return &Desk{Store: store, places: places, client: sync.OnceValues(func() (*Client, error) { return NewClient(places, opts) })}
}

// Close lets go of the store.
func (d *Desk) Close() error {
	d.Stop()
	return d.Store.Close()
}

// Asked is when the service last answered since the program was started; zero
// for never.
func (d *Desk) Asked() time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.asked
}

func (d *Desk) answered(err error) {
	if code := data.Code(err); err != nil && code != CodeTooMany {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.asked = time.Now()
}

// Hits are units that were found.
type Hits struct {
	Units  []Unit
	Online bool
	Time   time.Time // of the answer, or of the loaded file
	More   bool
}

// mostHits is how many units a search gives.
const mostHits = 40

// Find looks for a name or a number in what is loaded. The error has
// CodeNoRegister when nothing is.
func (d *Desk) Find(ctx context.Context, text string) (Hits, error) {
	info, err := d.Store.Info()
	if err != nil {
		return Hits{}, err
	}
	found, err := d.Store.Find(ctx, Query{Text: text, Limit: mostHits})
	return Hits{Units: found.Units, Time: info.Main.Retrieved, More: found.More}, err
}

// FindOnline looks for a name or a whole number in the whole register, main units
// before sub-units. A number that is not whole finds nothing.
func (d *Desk) FindOnline(ctx context.Context, text string) (Hits, error) {
	hits := Hits{Online: true}
	client, err := d.client()
	if err != nil {
		return hits, err
	}
	if number, ok := Number(text); ok {
		a, err := client.Lookup(ctx, number)
		d.answered(err)
		if err == nil && a.Standing == Registered {
			hits.Units = []Unit{a.Unit}
		}
		hits.Time = a.Time
		return hits, err
	}
	if digits, ok := numberDigits(text); ok && len(digits) > 0 {
		return hits, nil
	}
	for _, sub := range []bool{false, true} {
		page, err := client.Search(ctx, Criteria{Name: strings.TrimSpace(text), Sub: sub, Size: mostHits})
		d.answered(err)
		if err != nil {
			return hits, err
		}
		hits.Units, hits.Time = append(hits.Units, page.Units...), page.Time
		hits.More = hits.More || page.Pages > 1
	}
	return hits, nil
}

// Lookup asks about a number: the service when online is set, otherwise what is
// loaded. When the service cannot be reached, what is loaded answers if it knows
// the number; its time tells.
func (d *Desk) Lookup(ctx context.Context, number string, online bool) (Answer, error) {
	if !online {
		return d.Store.Lookup(ctx, number)
	}
	client, err := d.client()
	if err != nil {
		return Answer{}, err
	}
	a, err := client.Lookup(ctx, number)
	d.answered(err)
	if code := data.Code(err); code == CodeOffline || code == CodeAnswer {
		if own, ownErr := d.Store.Lookup(ctx, number); ownErr == nil && own.Standing == Registered {
			return own, nil
		}
	}
	return a, err
}

// Register is the desk as one who is asked about numbers.
func (d *Desk) Register(online bool) Register { return asker{d, online} }

type asker struct {
	desk   *Desk
	online bool
}

func (a asker) Lookup(ctx context.Context, number string) (Answer, error) {
	return a.desk.Lookup(ctx, number, a.online)
}

// SubUnits are the workplaces of a main unit: from what is loaded when sub-units
// are, otherwise from the service if online is set. known is false when neither
// could tell.
func (d *Desk) SubUnits(ctx context.Context, parent string, online bool) (units []Unit, known bool, err error) {
	info, err := d.Store.Info()
	if err == nil && info.Sub.Units > 0 {
		found, err := d.Store.Find(ctx, Query{Parent: parent, Limit: 200})
		if err != nil || len(found.Units) > 0 || !online {
			return found.Units, true, err
		}
	}
	if !online {
		return nil, false, nil
	}
	client, err := d.client()
	if err != nil {
		return nil, false, err
	}
	units, err = client.SubUnits(ctx, parent)
	d.answered(err)
	return units, err == nil, err
}

// Load is a load of a bulk file.
type Load struct {
	Path      string
	Selection Selection
	Progress  Progress
}

// Load loads a bulk file into the store, as Store.Load does, so that Loading and
// Stop know of it. Only one runs at a time: then the error has CodeRegisterBusy.
func (d *Desk) Load(ctx context.Context, path string, selection Selection, progress func(Progress)) (Loaded, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	d.mu.Lock()
	if d.loaded != nil {
		d.mu.Unlock()
		return Loaded{}, data.NewError(CodeRegisterBusy+".loading", "En registerfil blir allerede lastet. Vent til den er ferdig, eller stopp den først.", nil)
	}
	d.loaded, d.stop = &Load{Path: path, Selection: selection}, stop
	d.mu.Unlock()
	done, err := d.Store.Load(ctx, path, selection, func(p Progress) {
		d.mu.Lock()
		d.loaded.Progress = p
		d.mu.Unlock()
		if progress != nil {
			progress(p)
		}
	})
	d.mu.Lock()
	d.loaded, d.stop = nil, nil
	d.mu.Unlock()
	if err == nil {
		err = d.forget()
	} else if data.Code(err) == CodeStopped || errors.Is(err, context.Canceled) {
		err = errors.Join(err, d.note(Load{Path: path, Selection: selection}))
	}
	return done, err
}

// Loading is the load that is under way; ok is false when none is.
func (d *Desk) Loading() (l Load, ok bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.loaded == nil {
		return Load{}, false
	}
	return *d.loaded, true
}

// Stop stops the load that is under way. Unfinished tells of it then.
func (d *Desk) Stop() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.stop != nil {
		d.stop()
	}
}
