package data

import "slices"

// Kinds of document that are made of an application.
const (
	MadePDF    = "pdf"
	MadeBundle = "bundle"
)

// MadeDocument notes a file that was made of an application, so that one sees
// later which file was sent and whether it is still the same.
type MadeDocument struct {
	Row
	Application string `db:"application" json:"application"`
	Version     string `db:"version" json:"version"` // id, or "" for the draft as it was
	MadeOf      string `db:"kind" json:"kind"`
	Language    string `db:"language" json:"language"` // "nb" or "nn"
	FileName    string `db:"file_name" json:"fileName"`
	Path        string `db:"path" json:"path"` // where it was written, on the machine of then
	SHA256      string `db:"sha256" json:"sha256"`
	Size        int64  `db:"size" json:"size"` // bytes
	Made        string `db:"made" json:"made"` // RFC 3339, UTC
	Actor       string `db:"actor" json:"actor"`
}

// Kind names the table.
func (*MadeDocument) Kind() string { return "made_document" }

// MadeOf are the documents that were made of an application, newest first.
func MadeOf(w *Workspace, application string) ([]MadeDocument, error) {
	return made(w, "application = ?", application)
}

// MadeAs are the documents that have a SHA-256, newest first.
func MadeAs(w *Workspace, sha string) ([]MadeDocument, error) { return made(w, "sha256 = ?", sha) }

// made finds none in a file of an older form that can only be read.
func made(w *Workspace, where, value string) ([]MadeDocument, error) {
	if !slices.ContainsFunc(w.kinds(), func(r Record) bool { return r.Kind() == "made_document" }) {
		return nil, nil
	}
	return Live[MadeDocument](w, where, "made DESC, id DESC", value)
}
