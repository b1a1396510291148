// Package post keeps the mail that was fetched: a SQLite file of its own beside
// the workspace, with every message as it came, what was read out of it, and an
// index for searching.
//
// Mail is a copy of what lies on the server, and never changes, so it does not go
// through the workspace's change log. What people decide about a message stands in
// the workspace, and names it by its key: 32 hexadecimal digits made of its header
// block. The header alone and the whole message give the same key, and a new fetch
// of the same mail gives it again.
package post
