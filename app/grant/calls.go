package grant

import (
	"bytes"
	"io/fs"
	"log/slog"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"kompetansepilot/assets"
	"kompetansepilot/data"
)

// Calls are the calls that the program ships and those that the user added to
// the workspace. One with a fault is left out; the others still work.
type Calls struct {
	w *data.Workspace

	mu    sync.Mutex
	byID  map[string]*Call
	order []string
	// own are when the user's call files were added (RFC 3339, UTC), by id.
	own map[string]string
	// Faults are the user's call files that could not be read, by id.
	faults map[string][]CallError
}

// LoadCalls reads the calls of the program and of the workspace, and again
// after each change of the user's own: adding, removing, undo.
func LoadCalls(w *data.Workspace) (*Calls, error) {
	c := &Calls{w: w}
	w.Subscribe(c.onChanged)
	return c, c.Reload()
}

func (c *Calls) onChanged(change data.Changed) {
	if !change.Touches("call_file") {
		return
	}
	if err := c.Reload(); err != nil {
		slog.Error("read calls again", "err", err)
	}
}

// Reload reads the calls again.
func (c *Calls) Reload() error {
	byID, own, faults := map[string]*Call{}, map[string]string{}, map[string][]CallError{}
	var order []string
	keep := func(call *Call) {
		if byID[call.ID] == nil {
			order = append(order, call.ID)
		}
		byID[call.ID] = call
	}
	for _, call := range builtIn() {
		keep(call)
	}
	files, err := data.Live[data.CallFile](c.w, "", "added, id")
	if err != nil {
		return err
	}
	for _, f := range files {
		own[f.ID] = f.Added
		call, errs := ParseCall([]byte(f.Content))
		if len(errs) > 0 {
			faults[f.ID] = errs
			slog.Warn("call file left out", "id", f.ID, "err", errs[0])
			continue
		}
		keep(call)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.byID, c.order, c.own, c.faults = byID, order, own, faults
	return nil
}

// builtIn are the calls under assets/calls.
func builtIn() []*Call {
	files, err := fs.ReadDir(assets.FS, "calls")
	if err != nil {
		slog.Error("read calls", "err", err)
		return nil
	}
	var all []*Call
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".json") {
			continue
		}
		raw, err := fs.ReadFile(assets.FS, path.Join("calls", f.Name()))
		if err != nil {
			slog.Error("read call", "file", f.Name(), "err", err)
			continue
		}
		call, errs := ParseCall(raw)
		if len(errs) > 0 {
			slog.Error("call left out", "file", f.Name(), "err", errs[0])
			continue
		}
		all = append(all, call)
	}
	return all
}

// All are the calls, the program's own first.
func (c *Calls) All() []*Call {
	c.mu.Lock()
	defer c.mu.Unlock()
	all := make([]*Call, 0, len(c.order))
	for _, id := range c.order {
		all = append(all, c.byID[id])
	}
	return all
}

// Faults are the user's call files that could not be read, by id.
func (c *Calls) Faults() map[string][]CallError {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.faults
}

// Own are when the user's call files were added (RFC 3339, UTC), by id, those
// with faults too.
func (c *Calls) Own() map[string]string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return maps.Clone(c.own)
}

// Get finds a call.
func (c *Calls) Get(id string) (*Call, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if call := c.byID[id]; call != nil {
		return call, nil
	}
	return nil, data.NewError("unknownCall", "Utlysningen «{{.Call}}» finnes ikke i programmet. Søknaden er trygg; legg til utlysningens fil på nytt for å arbeide videre.", nil, "Call", id)
}

// Add keeps a call file in the workspace, or replaces the one with its id.
func (c *Calls) Add(raw []byte, label string) (*Call, []CallError, error) {
	call, errs := ParseCall(raw)
	if len(errs) > 0 {
		return nil, errs, nil
	}
	err := c.w.Update(label, func(tx *data.Tx) error {
		return tx.Put(&data.CallFile{Row: data.Row{ID: call.ID}, Name: call.Title.In("nb"), Content: string(bytes.ToValidUTF8(raw, nil)), Added: tx.Now()})
	})
	if err != nil {
		return nil, nil, err
	}
	return call, nil, c.Reload()
}

// AddFile is Add for a file on the disk. Of a file that is too large to be a
// call only the beginning is read.
func (c *Calls) AddFile(path, label string) (*Call, []CallError, error) {
	raw, err := ReadCallFile(path)
	if err != nil {
		return nil, nil, unreadable(path, err)
	}
	return c.Add(raw, label)
}

func unreadable(path string, err error) error {
	return data.NewError(CodeCallUnreadable, "Filen {{.Path}} kan ikke leses. Utlysningene du har, er ikke endret. Se etter at filen finnes, og at du har lov til å lese den.", err, "Path", path)
}

// Codes of the errors that AddFile and Remove give.
const (
	CodeCallUnreadable = "callUnreadable"
	CodeCallInUse      = "callInUse"
)

// Remove moves a call file of the user to the trash. One that applications rest
// on is refused with CodeCallInUse.
func (c *Calls) Remove(id, label string) error {
	return c.w.Update(label, func(tx *data.Tx) error {
		apps, err := data.Live[data.Application](tx, "call = ?", "id", id)
		if err != nil {
			return err
		}
		if len(apps) > 0 {
			return data.NewError(CodeCallInUse, "Utlysningen brukes i søknader ({{.Number}}, blant dem «{{.Title}}») og er ikke fjernet. Slett søknadene først, hvis du ikke trenger dem.", nil, "Title", apps[0].Title(), "Number", len(apps))
		}
		return tx.Delete(&data.CallFile{Row: data.Row{ID: id}})
	})
}

// IDs are the ids of the calls, in order.
func (c *Calls) IDs() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.order)
}
