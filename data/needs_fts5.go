//go:build !sqlite_fts5

package data

// Search needs SQLite's FTS5. Without the tag the program would build and fail
// at run time, so the build stops here instead.
var _ = build_with_tags_sqlite_fts5
