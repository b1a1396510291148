package portal

import (
	"bytes"
	"errors"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"kompetansepilot/app/disk"
	"kompetansepilot/app/grant"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/system"
	"kompetansepilot/data"
)

// The length of file names in characters, with the ending: long enough to tell
// files apart, and short enough for any portal. Both are inferred.
const (
	longestName  = 60
	shortestName = 12
)

// nameFiles gives each attachment its name in the portal, in the order of the
// form.
func (b *builder) nameFiles() {
	b.names = map[string]string{}
	taken := map[string]bool{}
	most := longestName
	if m := b.portal.Files.MaxNameLength; m != nil {
		most = min(most, *m)
	}
	for _, f := range b.call.FieldsOf(grant.TypeFile, grant.TypeFiles) {
		for i := range b.draft.Attachments {
			if a := &b.draft.Attachments[i]; a.Field == f.ID {
				b.names[a.ID] = fileName(a, most, taken)
			}
		}
	}
}

// fileName is an attachment's title as the name of a file that any portal and
// any system takes: ASCII letters, digits and hyphens, with the file's own
// ending, and no name twice.
func fileName(a *data.Attachment, most int, taken map[string]bool) string {
	ending := asciiOnly(strings.ToLower(filepath.Ext(a.FileName)))
	if len(ending) > 6 || ending == "-" {
		ending = ""
	} else if ending != "" {
		ending = "." + strings.Trim(ending, "-")
	}
	stem := strings.TrimSuffix(a.FileName, filepath.Ext(a.FileName))
	if !grant.Blank(a.Title) {
		stem = a.Title
	}
	stem = asciiOnly(stem)
	if stem == "" {
		stem = "Vedlegg"
	}
	for n := 1; ; n++ {
		tail := ending
		if n > 1 {
			tail = "-" + strconv.Itoa(n) + ending
		}
		name := system.SafeName(strings.Trim(stem[:min(len(stem), most-len(tail))], "-") + tail)
		if key := strings.ToLower(name); !taken[key] {
			taken[key] = true
			return name
		}
	}
}

// asciiOnly writes a text with ASCII letters, digits and single hyphens: "Vedtak
// i fylkestinget, juni" as "Vedtak-i-fylkestinget-juni".
func asciiOnly(text string) string {
	text = strings.NewReplacer("æ", "ae", "Æ", "Ae", "ø", "o", "Ø", "O", "å", "a", "Å", "A", "đ", "d", "Đ", "D", "ŧ", "t", "Ŧ", "T", "ŋ", "n", "Ŋ", "N", "ß", "ss").Replace(norm.NFC.String(text))
	var b strings.Builder
	for _, r := range norm.NFD.String(text) {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
			b.WriteRune(r)
		case r >= 0x300 && r <= 0x36F: // the accent of the letter before
		default:
			if s := b.String(); s != "" && !strings.HasSuffix(s, "-") {
				b.WriteByte('-')
			}
		}
	}
	return strings.Trim(b.String(), "-")
}

// fileItems are the attachments of a field; a mandatory one that is missing is
// an item without a file.
func (b *builder) fileItems(pl place) []Item {
	f := pl.field
	star := ""
	if f.Required {
		star = b.portal.Files.MandatoryMark
	}
	label := star + pl.label
	var items []Item
	for i := range b.draft.Attachments {
		a := &b.draft.Attachments[i]
		if a.Field != f.ID {
			continue
		}
		file := &File{ID: a.ID, Name: b.names[a.ID], Original: a.FileName, MediaType: a.MediaType, Size: a.Size, SHA256: a.SHA256, Mandatory: f.Required}
		shown := label
		if f.Type == grant.TypeFiles && !grant.Blank(a.Title) {
			shown = star + a.Title // several share the field's own label
		}
		items = append(items, Item{Key: "attachment/" + a.ID, Field: f.ID, Label: shown, Type: f.Type, Text: file.Name,
			Length: len(file.Name), File: file, Required: f.Required, note: file.Name + "\n" + a.SHA256})
	}
	if items == nil && f.Required {
		items = []Item{{Key: f.ID, Field: f.ID, Label: label, Type: f.Type, Required: true}}
	}
	return items
}

// findings are what the portal demands of the attachments and the lengths.
func (b *builder) findings(t *Transfer) []grant.Finding {
	var all []grant.Finding
	add := func(severity grant.Severity, rule, field, source, message, remedy string) {
		where := b.portal.Reference(source)
		if source == "inferred" || source == "" {
			where = b.words.T("rule.inferred")
		}
		all = append(all, grant.Finding{Severity: severity, Rule: rule, Field: field, Message: message, Remedy: remedy, Reference: where})
	}
	w, rule := b.words, &b.portal.Files
	files := 0
	for _, item := range t.Items() {
		if n := item.Over(); n > 0 {
			add(grant.Stop, "portal.length", item.Field, b.limitSource(item.Field),
				w.T("portal.finding.length", "Label", item.Label, "Over", w.Number(int64(n)), "Max", w.Number(int64(item.Limit))), w.T("portal.finding.lengthRemedy"))
		}
		if item.Type != grant.TypeFile && item.Type != grant.TypeFiles {
			continue
		}
		f := item.File
		if f == nil {
			source := b.call.Field(item.Field).RequiredSource
			add(severity(source), "portal.missing", item.Field, source, w.T("portal.finding.missing", "Label", item.Label), w.T("portal.finding.missingRemedy"))
			continue
		}
		files++
		if rule.MaxBytes != nil && f.Size > *rule.MaxBytes {
			add(severity(rule.MaxBytesSource), "portal.size", item.Field, rule.MaxBytesSource,
				w.T("portal.finding.size", "Name", f.Original, "Size", Size(w, f.Size), "Max", Size(w, *rule.MaxBytes)), w.T("portal.finding.sizeRemedy"))
		}
		if rule.Types != nil && !hasEnding(f.Original, rule.Types) {
			add(severity(rule.TypesSource), "portal.type", item.Field, rule.TypesSource,
				w.T("portal.finding.type", "Name", f.Original, "Types", strings.Join(rule.Types, ", ")), w.T("portal.finding.typeRemedy"))
		}
	}
	if rule.Max != nil && files > *rule.Max {
		add(severity(rule.MaxSource), "portal.count", b.call.FieldsOf(grant.TypeFile, grant.TypeFiles)[0].ID, rule.MaxSource,
			w.N("portal.finding.count", files, "Max", w.Number(int64(*rule.Max))), w.T("portal.finding.countRemedy"))
	}
	return all
}

// limitSource is where the limit of a field was read.
func (b *builder) limitSource(field string) string {
	for _, tab := range b.portal.Tabs {
		for _, f := range tab.Fields {
			if f.ID == field && f.MaxLength > 0 {
				return f.Source
			}
		}
	}
	if f := b.call.Field(field); f != nil {
		return f.Source
	}
	return ""
}

func hasEnding(name string, endings []string) bool {
	for _, e := range endings {
		if strings.EqualFold(filepath.Ext(name), e) {
			return true
		}
	}
	return false
}

// Size is a number of bytes as people say it.
func Size(words *lang.Printer, bytes int64) string {
	switch {
	case bytes < 1024:
		return words.T("portal.size.bytes", "Count", words.Number(bytes))
	case bytes < 1024*1024:
		return words.T("portal.size.kilobytes", "Count", words.Number((bytes+512)/1024))
	}
	tenths := (bytes*10 + 1<<19) >> 20
	return words.T("portal.size.megabytes", "Count", words.Percent(tenths*10, 100, 1))
}

// SaveFiles writes the attachments into a folder under the names that the portal
// is given, ready to be uploaded, and tells how many. A file that is there
// already and is another is never replaced: then nothing is written.
func (s *Service) SaveFiles(t *Transfer, folder string) (int, error) {
	contents := map[string][]byte{}
	for _, item := range t.Items() {
		if item.File == nil {
			continue
		}
		content, err := data.Blob(s.w, item.File.SHA256)
		if err != nil {
			return 0, err
		}
		path := filepath.Join(folder, item.File.Name)
		switch there, err := disk.Read(path, grant.MaxAttachmentSize); {
		case err == nil && bytes.Equal(there, content):
			continue
		case err == nil || !errors.Is(err, fs.ErrNotExist):
			return 0, data.NewError("exists.portalFile", "Det ligger allerede en annen fil på {{.Path}}. Ingen filer er skrevet. Velg en tom mappe.", err, "Path", path)
		}
		contents[path] = content
	}
	for path, content := range contents {
		if err := disk.Write(path, content); err != nil {
			return 0, err
		}
	}
	n := 0
	for _, item := range t.Items() {
		if item.File != nil {
			n++
		}
	}
	return n, nil
}
