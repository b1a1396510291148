// Package safety is the pages that look after a person's work: what was done
// and how to take it back, what was deleted, the backups, and the check of the
// whole workspace. They show and ask; package data keeps and restores.
package safety
