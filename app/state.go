package app

import (
	"encoding/json"
	"errors"
	"io/fs"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"

	"kompetansepilot/app/disk"
	"kompetansepilot/data"
)

// State is what the program remembers on this machine, outside any workspace:
// the last workspace, and how the person wants the window. It is a small JSON
// file, replaced as a whole.
type State struct {
	path string

	mu   sync.Mutex
	prop Preferences
}

// Preferences are the machine's own choices.
type Preferences struct {
	LastWorkspace string   `json:"lastWorkspace"`
	Recent        []string `json:"recent,omitempty"`
	Language      string   `json:"language,omitempty"` // "" is bokmål
	// Look is "system", "light", "dark" or "contrast".
	Look string `json:"look,omitempty"`
	// TextScale is 1.0 to 2.0.
	TextScale    float32            `json:"textScale,omitempty"`
	Compact      bool               `json:"compact,omitempty"`
	BackupFolder string             `json:"backupFolder,omitempty"`
	Width        float32            `json:"width,omitempty"`
	Height       float32            `json:"height,omitempty"`
	Offsets      map[string]float64 `json:"offsets,omitempty"` // of dividers, by name
	Columns      map[string]string  `json:"columns,omitempty"` // of grids, by name
	// LongInterview begins interviews with all the questions.
	LongInterview bool       `json:"longInterview,omitempty"`
	Searches      []string   `json:"searches,omitempty"` // texts searched for, newest first
	Searched      []Searched `json:"searched,omitempty"` // what they led to, newest first
	// Places are where each of the recent workspaces was left, by its path.
	Places map[string]Place `json:"places,omitempty"`
}

// Place is where a person was in a workspace.
type Place struct {
	Page  string `json:"page"`
	ID    string `json:"id,omitempty"`
	Field string `json:"field,omitempty"`
}

// LoadState reads the machine's memory; a missing or broken file gives an empty
// one.
func LoadState() *State {
	s := &State{path: filepath.Join(ConfigFolder(), "state.json")}
	raw, err := os.ReadFile(s.path)
	if err == nil {
		err = json.Unmarshal(raw, &s.prop)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		slog.Warn("read state", "err", err)
	}
	return s
}

// Get is a copy of the preferences.
func (s *State) Get() Preferences {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.copy()
}

func (s *State) copy() Preferences {
	p := s.prop
	p.Recent = slices.Clone(p.Recent)
	p.Searches = slices.Clone(p.Searches)
	p.Searched = slices.Clone(p.Searched)
	p.Offsets = copied(p.Offsets)
	p.Columns = copied(p.Columns)
	p.Places = copied(p.Places)
	return p
}

// copied is a copy that can be written to.
func copied[V any](m map[string]V) map[string]V {
	c := make(map[string]V, len(m))
	maps.Copy(c, m)
	return c
}

// Change lets f change the preferences and writes them. f must not call s.
func (s *State) Change(f func(*Preferences)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.copy()
	f(&p)
	raw, err := json.MarshalIndent(p, "", "  ")
	if err != nil {
		return err
	}
	s.prop = p
	if err := os.MkdirAll(filepath.Dir(s.path), 0o700); err != nil {
		return err
	}
	return disk.Write(s.path, raw)
}

// Remember makes path the workspace that the program opens next.
func (s *State) Remember(path string) error {
	if p := s.Get(); p.LastWorkspace == path && slices.Contains(p.Recent, path) {
		return nil
	}
	return s.Change(func(p *Preferences) {
		p.LastWorkspace = path
		p.Recent = slices.DeleteFunc(p.Recent, func(r string) bool { return r == path })
		p.Recent = slices.Insert(p.Recent, 0, path)
		p.Recent = p.Recent[:min(len(p.Recent), 8)]
		maps.DeleteFunc(p.Places, func(of string, _ Place) bool { return !slices.Contains(p.Recent, of) })
	})
}

// BackupFolder is where the backups of a workspace lie: a folder that the
// person chose, or one in the documents, never beside the workspace itself.
func (s *State) BackupFolder(workspace string) string {
	if dir := s.Get().BackupFolder; dir != "" {
		return dir
	}
	if dir := os.Getenv("KOMPETANSEPILOT_BACKUPS"); dir != "" {
		return dir
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return filepath.Join(filepath.Dir(workspace), "sikkerhetskopier")
	}
	for _, documents := range []string{"Documents", "Dokumenter"} {
		if info, err := os.Stat(filepath.Join(home, documents)); err == nil && info.IsDir() {
			return filepath.Join(home, documents, "Kompetansepilot sikkerhetskopier")
		}
	}
	return filepath.Join(home, "Kompetansepilot sikkerhetskopier")
}

// ConfigFolder is where the machine's memory and the log lie. On Windows it is
// in the local, not the roaming, profile.
func ConfigFolder() string {
	if dir := os.Getenv("KOMPETANSEPILOT_HOME"); dir != "" {
		return dir
	}
	dir, err := os.UserConfigDir()
	if runtime.GOOS == "windows" {
		dir, err = os.UserCacheDir()
	}
	if err != nil {
		dir = os.TempDir()
	}
	return filepath.Join(dir, "Kompetansepilot")
}

// DefaultWorkspace is where the first workspace is made.
func DefaultWorkspace() string {
	return filepath.Join(ConfigFolder(), "arbeidsfiler", "Kompetansepilot"+data.Extension)
}

// SampleWorkspace is where the sample county is made.
func SampleWorkspace() string {
	return filepath.Join(ConfigFolder(), "arbeidsfiler", "Eksempelfylket"+data.Extension)
}
