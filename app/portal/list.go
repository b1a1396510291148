package portal

import (
	"bytes"
	"io/fs"
	"log/slog"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"kompetansepilot/app/grant"
	"kompetansepilot/assets"
	"kompetansepilot/data"
)

func index(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }

// list are the portals that the program ships and those that the user added,
// which take the place of one with the same id.
type list struct {
	w *data.Workspace

	mu  sync.Mutex
	all []*Portal
}

// reload reads the portals again.
func (l *list) reload() error {
	files, err := data.Live[data.PortalFile](l.w, "", "added, id")
	if err != nil {
		return err
	}
	all := builtIn()
	for _, f := range files {
		p, faults := Parse([]byte(f.Content))
		if len(faults) > 0 {
			slog.Warn("portal file left out", "id", f.ID, "err", faults[0])
			continue
		}
		if at := slices.IndexFunc(all, func(old *Portal) bool { return old.ID == p.ID }); at >= 0 {
			all[at] = p
		} else {
			all = append(all, p)
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all = all
	return nil
}

// builtIn are the portals under assets/portals.
func builtIn() []*Portal {
	files, err := fs.ReadDir(assets.FS, "portals")
	if err != nil {
		slog.Error("read portals", "err", err)
		return nil
	}
	var all []*Portal
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".json") {
			continue
		}
		raw, err := fs.ReadFile(assets.FS, path.Join("portals", f.Name()))
		if err != nil {
			slog.Error("read portal", "file", f.Name(), "err", err)
			continue
		}
		p, faults := Parse(raw)
		if len(faults) > 0 {
			slog.Error("portal left out", "file", f.Name(), "err", faults[0])
			continue
		}
		all = append(all, p)
	}
	return all
}

// get finds a portal by id.
func (l *list) get(id string) (*Portal, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, p := range l.all {
		if p.ID == id {
			return p, nil
		}
	}
	return nil, data.NewError("unknownPortal", "Portalen «{{.Portal}}» finnes ikke i programmet. Legg til filen som beskriver den.", nil, "Portal", id)
}

// of is the portal that a call is handed in at. One that nobody has described is
// made from the call's own form. Where several know the system, the one that
// came last, the user's own, is taken.
func (l *list) of(call *grant.Call) *Portal {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, p := range slices.Backward(l.all) {
		if call.Portal.System != "" && slices.ContainsFunc(p.Systems, func(s string) bool { return strings.EqualFold(s, call.Portal.System) }) {
			return p
		}
	}
	return ofCall(call)
}

// Portals are all that are described, the program's own first.
func (s *Service) Portals() []*Portal {
	s.list.mu.Lock()
	defer s.list.mu.Unlock()
	return slices.Clone(s.list.all)
}

// Add keeps a portal's file in the workspace, or replaces the one with its id.
func (s *Service) Add(label string, raw []byte) (*Portal, []grant.CallError, error) {
	p, faults := Parse(raw)
	if len(faults) > 0 {
		return nil, faults, nil
	}
	err := s.w.Update(label, func(tx *data.Tx) error {
		return tx.Put(&data.PortalFile{Row: data.Row{ID: p.ID}, Name: p.Name, Content: string(bytes.ToValidUTF8(raw, nil)), Added: tx.Now()})
	})
	if err != nil {
		return nil, nil, err
	}
	return p, nil, s.list.reload()
}
