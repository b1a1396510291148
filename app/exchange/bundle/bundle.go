// Package bundle makes and checks submission bundles: one ZIP with the PDF, the
// application as JSON, its attachments, the call, and a manifest with the
// SHA-256 of each file. Anyone can check one later, on any PC, with this
// program or with sha256sum.
//
// The same records give the same bytes: files are stored as they are, in a
// fixed order and with a fixed date.
package bundle

import (
	"io"

	"kompetansepilot/app/document"
)

// Names of the files that every bundle has, and the folders of the others.
const (
	NameReadMe      = "LES-MEG.txt"
	NamePDF         = "søknad.pdf"
	NameApplication = "søknad.json"
	NameSchema      = "application.schema.json"
	NameManifest    = "manifest.json"
	NameSums        = "SHA256SUMS"

	folderCall        = "utlysning/"
	folderAttachments = "vedlegg/"
)

// Roles of files in a manifest.
const (
	RoleReadMe      = "readme"
	RolePDF         = "pdf"
	RoleApplication = "application"
	RoleSchema      = "schema"
	RoleCall        = "call"
	RoleAttachment  = "attachment"
)

// Format is what the manifest calls itself, and FormatVersion its form.
const (
	Format        = "kompetansepilot-bundle"
	FormatVersion = 1
)

// Program is what made a bundle.
type Program struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	Build   string `json:"build"`
}

// Manifest tells what a bundle holds. Its own hash stands in SHA256SUMS.
type Manifest struct {
	Format        string  `json:"format"`
	FormatVersion int     `json:"formatVersion"`
	Program       Program `json:"program"`
	Application   string  `json:"application"` // id
	Title         string  `json:"title"`
	Version       string  `json:"version"` // id, or "" for the draft as it was
	Call          string  `json:"call"`    // id
	Language      string  `json:"language"`
	// ContentSHA256 is the hash of the draft. For a version without an internal
	// note it is the one that the workspace keeps.
	ContentSHA256 string  `json:"contentSHA256"`
	Figures       Figures `json:"figures"`
	// FiguresInPDF tells that the sums were found among the texts of the PDF.
	FiguresInPDF bool `json:"figuresInPDF"`
	// TextsInPDF are the fields whose whole text was found there, by id.
	TextsInPDF []string `json:"textsInPDF"`
	Files      []File   `json:"files"`
}

// Figures are the sums of an application in whole kroner, as its PDF shows them.
type Figures struct {
	TotalCost      int64 `json:"totalCost"`
	TotalFinancing int64 `json:"totalFinancing"`
	Grant          int64 `json:"grant"`
}

// File is a file of a bundle.
type File struct {
	Name      string `json:"name"` // in the ZIP
	Role      string `json:"role"`
	MediaType string `json:"mediaType"`
	Size      int64  `json:"size"` // bytes
	SHA256    string `json:"sha256"`
	// Record is the id of the attachment, or "".
	Record string `json:"record,omitempty"`
}

// Bundle is a bundle that has been made and not written yet. Attachments are
// read while it is written, one at a time.
type Bundle struct {
	// Name is what the file may be called.
	Name     string
	Manifest Manifest
	// Replaced are the characters that the PDF could not show.
	Replaced []document.Replacement

	entries []entry
}

// WriteZip writes the ZIP. The same bundle gives the same bytes each time.
func (b *Bundle) WriteZip(w io.Writer) error { return writeZip(w, b.entries) }
