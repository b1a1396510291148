// Package data holds the records of a workspace and how they are kept.
//
// A workspace is one SQLite file. Reads are plain queries on a read-only pool.
// Writes go one way only: [Workspace.Update] runs a function on a [Tx], and
// [Tx.Put] writes the row together with one change-log entry for each field
// that changed, or one with all its contents for a new record. Undo, history, the trash and "as it was" all come from that
// log. Nothing but caches that can be rebuilt is written past it.
//
// The package knows no screen, no network and no PDF, and takes no decisions:
// what a grant rule says stands in app/grant.
package data
