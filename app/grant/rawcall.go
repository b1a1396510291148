package grant

import (
	"fmt"
	"io/fs"
	"path"

	"kompetansepilot/assets"
	"kompetansepilot/data"
)

// Raw is the file that a call was read from, byte for byte: the user's own one
// when there is one without faults, else the program's.
func (c *Calls) Raw(id string) ([]byte, error) {
	if _, err := c.Get(id); err != nil {
		return nil, err
	}
	c.mu.Lock()
	_, own := c.own[id]
	faults := len(c.faults[id])
	c.mu.Unlock()
	if own && faults == 0 {
		file, err := data.Get[data.CallFile](c.w, id)
		return []byte(file.Content), err
	}
	files, err := fs.ReadDir(assets.FS, "calls")
	if err != nil {
		return nil, fmt.Errorf("read calls: %w", err)
	}
	for _, f := range files {
		raw, err := fs.ReadFile(assets.FS, path.Join("calls", f.Name()))
		if err != nil {
			return nil, fmt.Errorf("read call: %w", err)
		}
		if call, errs := ParseCall(raw); len(errs) == 0 && call.ID == id {
			return raw, nil
		}
	}
	return nil, fmt.Errorf("no file of the call %s", id)
}
