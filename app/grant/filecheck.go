package grant

import (
	"path/filepath"
	"slices"
	"strings"

	"kompetansepilot/data"
)

// RuleFiles is the rule of findings about attachments that nobody can read. No
// call has to ask for it.
const RuleFiles = "files"

// oddFiles warns of attachments that are empty, are programs, or are there twice.
// What a portal takes is the portal's to say; these no receiver wants.
func oddFiles(in *Input) []Finding {
	var all []Finding
	seen := map[string]string{} // by content: the first file's name
	for i := range in.Draft.Attachments {
		a := &in.Draft.Attachments[i]
		warn := func(what string, pairs ...any) {
			all = append(all, Finding{Severity: Warn, Rule: RuleFiles, Field: a.Field, Row: a.ID,
				Message: in.Words.T("rule.files."+what, append(pairs, "Name", a.FileName)...), Remedy: in.Words.T("rule.files." + what + "Remedy")})
		}
		first, again := seen[a.SHA256]
		switch {
		case a.Size == 0:
			warn("empty")
		case isProgram(a):
			warn("program")
		case again:
			warn("again", "Other", first)
		}
		if a.SHA256 != "" && !again {
			seen[a.SHA256] = a.FileName
		}
	}
	return all
}

// isProgram tells of files that run when they are opened. Receivers and mail
// filters refuse them.
func isProgram(a *data.Attachment) bool {
	return slices.Contains([]string{".exe", ".com", ".bat", ".cmd", ".msi", ".scr", ".ps1", ".vbs", ".js", ".jar", ".lnk", ".dll", ".app", ".sh"},
		strings.ToLower(filepath.Ext(a.FileName)))
}
