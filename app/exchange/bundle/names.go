package bundle

import (
	"fmt"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"kompetansepilot/app/system"
)

// Limits of a name in a ZIP, in bytes of UTF-8.
const (
	maxPart = 200 // ext4 and APFS take 255; a number and the ending must fit too
	maxName = 400
)

// safeName makes a file's own name one that every system can unpack: no
// folders, no signs that Windows refuses, nothing that hides. Æ, ø and å stay.
func safeName(name string) string {
	name = strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError, unicode.Is(unicode.Cf, r), unicode.Is(unicode.Co, r):
			return -1 // marks that turn the order of the letters, and the like
		case unicode.IsControl(r):
			return '-'
		case unicode.IsSpace(r):
			return ' '
		}
		return r
	}, norm.NFC.String(name))
	name = system.SafeName(name)
	if len(name) <= maxPart {
		return name
	}
	ending := path.Ext(name)
	if len(ending) > 20 {
		ending = ""
	}
	stem := name[:maxPart-len(ending)]
	for !utf8.ValidString(stem) {
		stem = stem[:len(stem)-1]
	}
	return strings.TrimRight(stem, " .") + ending
}

// attachmentNames gives attachments their names in the ZIP, in the order of the
// portal. The number in front keeps the order and makes the names differ.
func attachmentNames(fileNames []string) []string {
	names := make([]string, len(fileNames))
	for i, name := range fileNames {
		names[i] = fmt.Sprintf("%s%02d %s", folderAttachments, i+1, safeName(name))
	}
	return names
}

// nameFault says why a name in a ZIP must not be unpacked, or is "".
func nameFault(name string) string {
	switch {
	case name == "" || !utf8.ValidString(name):
		return "unreadable"
	case strings.ContainsFunc(name, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }):
		return "hidden"
	case strings.HasPrefix(name, "/"), strings.Contains(name, `\`), len(name) > 1 && name[1] == ':':
		return "outside"
	case len(name) > maxName:
		return "long"
	}
	for part := range strings.SplitSeq(name, "/") {
		switch {
		case strings.Trim(part, ". ") == "":
			return "outside"
		case len(part) > 255:
			return "long"
		}
	}
	return ""
}

// folded is a name as systems that ignore case and composition compare it.
func folded(name string) string { return strings.ToLower(norm.NFC.String(name)) }

// Shown is a text from a foreign file as it may stand in a sentence: short, and
// without signs that a terminal or a screen obeys.
func Shown(text string) string { return shown(text) }

func shown(name string) string {
	name = strings.Map(func(r rune) rune {
		if r == utf8.RuneError || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return '?'
		}
		return r
	}, name)
	if runes := []rune(name); len(runes) > 80 {
		return string(runes[:60]) + "…" + string(runes[len(runes)-19:])
	}
	return name
}
