package bundle

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"kompetansepilot/app/disk"
	"kompetansepilot/data"
)

// Report is the outcome of Verify.
type Report struct {
	OK       bool     `json:"ok"`
	Problems []string `json:"problems"`
	// Exact tells that the ZIP is byte for byte the one that was made. A bundle
	// that was unpacked and packed again is OK and not exact.
	Exact    bool     `json:"exact"`
	SHA256   string   `json:"sha256,omitempty"` // of the ZIP itself
	Manifest Manifest `json:"manifest"`
	// Faults are the Problems, to be told in other languages.
	Faults []*data.Error `json:"-"`
	// Files are what the manifest lists, what the ZIP holds beside it, and the
	// manifest and the checksums themselves.
	Files []Checked `json:"files"`
}

// Checked is a file of a bundle that was looked at.
type Checked struct {
	Name  string `json:"name"`
	Role  string `json:"role,omitempty"`
	Size  int64  `json:"size"`
	State string `json:"state"`
}

// States of a file.
const (
	StateWhole   = "whole"
	StateChanged = "changed"
	StateMissing = "missing"
	StateExtra   = "extra"
	StateDamaged = "damaged"
)

// VerifyFile is Verify for a file on the disk. An error is a file that can't be
// opened; what is wrong with its content stands in the report.
func VerifyFile(path string) (Report, error) {
	f, size, err := disk.Open(path)
	if err != nil {
		return Report{}, err
	}
	defer f.Close()
	r := Verify(f, size)
	if r.Manifest.Format == "" {
		return r, nil // whatever it is, nobody asks for its hash
	}
	if r.SHA256, err = hashOf(io.NewSectionReader(f, 0, size)); err != nil {
		return Report{}, data.NewError("bundleFile", "Filen {{.Path}} kan ikke leses. Se etter at den finnes, og at du har lov til å lese den.", err, "Path", path)
	}
	return r, nil
}

// Verify tells whether a bundle is whole and unchanged. It needs no workspace
// and writes nothing to the disk.
func Verify(r io.ReaderAt, size int64) Report {
	v := &verification{report: Report{Problems: []string{}, Files: []Checked{}, Manifest: Manifest{Files: []File{}}}}
	a, fault := readArchive(r, size)
	if fault != nil {
		v.archive = &archive{}
		v.fault(fault)
		return v.done()
	}
	v.archive = a
	if v.manifest() {
		v.files()
		v.sums()
		v.agreement()
		v.report.Exact = v.exact(r, size)
	}
	return v.done()
}

type verification struct {
	*archive
	report Report
}

func (v *verification) done() Report {
	v.report.Faults = v.faults
	for _, f := range v.faults {
		v.report.Problems = append(v.report.Problems, f.Message)
	}
	v.report.OK = len(v.faults) == 0
	v.report.Exact = v.report.Exact && v.report.OK
	return v.report
}

// whole is a file that could be read to its end, or nil.
func (v *verification) whole(name string) *unpacked {
	if f := v.archive.files[name]; f != nil && !f.bad {
		return f
	}
	return nil
}

// manifest reads the list that all else is compared with.
func (v *verification) manifest() bool {
	f := v.whole(NameManifest)
	if f == nil {
		if v.archive.files[NameManifest] == nil {
			v.fault(data.NewError("bundleNoManifest", "{{.Name}} mangler, så det kan ikke kontrolleres hva pakken skal inneholde. Er dette en annen ZIP-fil?", nil, "Name", NameManifest))
		}
		return false
	}
	var head struct {
		Format        string `json:"format"`
		FormatVersion int    `json:"formatVersion"`
	}
	manifest := Manifest{}
	err := json.Unmarshal(f.text, &head)
	switch {
	case err == nil && (head.Format != Format || head.FormatVersion < 1):
		err = errors.New("another format")
	case err == nil && head.FormatVersion > FormatVersion:
		v.fault(data.NewError("bundleNewer", "Pakken er laget med en nyere utgave av Kompetansepilot enn denne. Oppdater programmet for å kontrollere den.", nil))
		return false
	case err == nil:
		err = decode(f.text, &manifest)
	}
	if err == nil && (manifest.Files == nil || len(manifest.Files) > maxEntries) {
		err = errors.New("no files, or far too many")
	}
	if err != nil {
		v.fault(data.NewError("bundleManifest", "{{.Name}} er endret eller skadet og kan ikke leses. Da kan ikke resten av pakken kontrolleres.", err, "Name", NameManifest))
		return false
	}
	v.report.Manifest = manifest
	return true
}

// files compares each file with the manifest.
func (v *verification) files() {
	listed := map[string]bool{NameManifest: true, NameSums: true}
	for _, f := range v.report.Manifest.Files {
		if nameFault(f.Name) != "" || listed[f.Name] || !isSum(f.SHA256) {
			v.fault(data.NewError("bundleListedTwice", "{{.Manifest}} fører opp «{{.Name}}» på en måte programmet aldri gjør. Manifestet er trolig endret.", nil, "Manifest", NameManifest, "Name", shown(f.Name)))
			listed[f.Name] = true
			continue
		}
		listed[f.Name] = true
		state := StateWhole
		switch have := v.archive.files[f.Name]; {
		case have == nil:
			state = StateMissing
			v.fault(data.NewError("bundleMissing", "«{{.Name}}» mangler i pakken.", nil, "Name", f.Name))
		case have.bad:
			state = StateDamaged // told when it was read
		case have.sha256 != f.SHA256 || have.size != f.Size:
			state = StateChanged
			v.fault(data.NewError("bundleChanged", "«{{.Name}}» er endret etter at pakken ble laget: innholdet stemmer ikke med kontrollsummen.", nil, "Name", f.Name))
		}
		v.report.Files = append(v.report.Files, Checked{f.Name, f.Role, f.Size, state})
	}
	for _, name := range v.order {
		if !listed[name] {
			v.fault(data.NewError("bundleExtra", "«{{.Name}}» er lagt til etter at pakken ble laget: den står ikke i {{.Manifest}}.", nil, "Name", shown(name), "Manifest", NameManifest))
			v.report.Files = append(v.report.Files, Checked{Name: shown(name), Size: v.archive.files[name].size, State: StateExtra})
		}
	}
}

// sums compares SHA256SUMS, which holds the manifest's own hash.
func (v *verification) sums() {
	f, manifest := v.archive.files[NameSums], v.whole(NameManifest)
	own := []Checked{{Name: NameManifest, Size: manifest.size, State: StateWhole}, {Name: NameSums, State: StateWhole}}
	defer func() { v.report.Files = append(v.report.Files, own...) }()
	if f == nil {
		own[1].State = StateMissing
		v.fault(data.NewError("bundleMissing", "«{{.Name}}» mangler i pakken.", nil, "Name", NameSums))
		return
	}
	own[1].Size = f.size
	if f.bad {
		own[1].State = StateDamaged
		return
	}
	if bytes.Equal(f.text, sums(v.report.Manifest.Files, manifest.sha256)) {
		return
	}
	for line := range strings.Lines(string(f.text)) {
		sum, name, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		if name != NameManifest || sum == manifest.sha256 {
			continue
		}
		own[0].State = StateChanged
		v.fault(data.NewError("bundleManifestChanged", "{{.Name}} er endret etter at pakken ble laget: den stemmer ikke med {{.Sums}}.", nil, "Name", NameManifest, "Sums", NameSums))
		if bytes.Equal(f.text, sums(v.report.Manifest.Files, sum)) {
			return // all else is as it was
		}
		break
	}
	own[1].State = StateChanged
	v.fault(data.NewError("bundleSums", "{{.Name}} er endret: den har ikke de samme kontrollsummene som {{.Manifest}}.", nil, "Name", NameSums, "Manifest", NameManifest))
}

// exact packs the files again, as the program does, and compares each byte: it
// sees what hides between files, other dates and another order.
func (v *verification) exact(r io.ReaderAt, size int64) bool {
	if len(v.faults) > 0 {
		return false
	}
	names := []string{}
	for _, f := range v.report.Manifest.Files {
		names = append(names, f.Name)
	}
	var entries []entry
	for _, name := range append(names, NameManifest, NameSums) {
		f := v.archive.files[name]
		entries = append(entries, entry{name: name, size: f.size, crc: f.crc, open: f.zipped.Open})
	}
	c := &comparer{r: io.NewSectionReader(r, 0, size)}
	if err := writeZip(c, entries); err != nil {
		return false
	}
	return c.at == size
}

// comparer fails when what is written to it is not what r holds.
type comparer struct {
	r  io.Reader
	at int64
}

// Write implements io.Writer.
func (c *comparer) Write(p []byte) (int, error) {
	have := make([]byte, len(p))
	if _, err := io.ReadFull(c.r, have); err != nil || !bytes.Equal(have, p) {
		return 0, errors.New("differs")
	}
	c.at += int64(len(p))
	return len(p), nil
}
