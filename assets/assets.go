// Package assets holds the files that are built into the program: calls, help,
// interviews, reference tables, translations and the sample county.
package assets

import "embed"

// FS is the embedded tree. Paths use forward slashes and have no leading
// "assets/".
//
//go:embed calls interview mail portals help icons/icon-256.png reference sample schema terms all:translations
var FS embed.FS
