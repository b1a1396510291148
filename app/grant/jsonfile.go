package grant

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// JSONFile is a data file that has been read, to name the lines of its faults.
type JSONFile struct{ lines *lineIndex }

// ReadJSON reads a data file into a struct. A file that is no JSON, or that says
// something twice, comes back as faults.
func ReadJSON(raw []byte, into any) (*JSONFile, []CallError) {
	if len(raw) > MaxCallSize {
		return nil, []CallError{{Message: fmt.Sprintf("Filen er større enn %d MB og er ikke lest. En slik fil er vanligvis under 0,1 MB; er det riktig fil?", MaxCallSize>>20)}}
	}
	raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	lines := &lineIndex{raw: raw, at: map[string]int64{}}
	if err := lines.read(); err != nil {
		return nil, []CallError{lines.syntaxError(err)}
	}
	if err := json.Unmarshal(raw, into); err != nil {
		return nil, []CallError{lines.syntaxError(err)}
	}
	return &JSONFile{lines}, lines.dups
}

// Fault is a fault at a path of the file ("tabs[0].fields[2].id"), in plain
// bokmål.
func (f *JSONFile) Fault(path, format string, args ...any) CallError {
	return CallError{Line: f.lines.line(path), Path: path, Message: fmt.Sprintf(format, args...)}
}
