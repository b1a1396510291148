package companies

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
)

// noteName is where a stopped load is noted, beside the store, so that one can go
// on with it another day.
func (d *Desk) noteName() string { return d.Store.path + ".stopped" }

func (d *Desk) note(l Load) error {
	raw, err := json.Marshal(struct {
		Path      string    `json:"path"`
		Selection Selection `json:"selection"`
	}{l.Path, l.Selection})
	if err != nil {
		return err
	}
	return os.WriteFile(d.noteName(), raw, 0o600)
}

func (d *Desk) forget() error {
	if err := os.Remove(d.noteName()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// Unfinished is the load that was stopped last and not gone on with; ok is false
// when there is none, and when its file is no longer there.
func (d *Desk) Unfinished() (l Load, ok bool) {
	raw, err := os.ReadFile(d.noteName())
	if err != nil || json.Unmarshal(raw, &l) != nil {
		return Load{}, false
	}
	_, err = os.Stat(l.Path)
	return l, err == nil
}

// Forget gives up the load that was stopped.
func (d *Desk) Forget() error {
	removeDatabase(d.Store.path + ".part")
	return d.forget()
}
