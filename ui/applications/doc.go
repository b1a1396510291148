// Package applications is the list of all applications, the dialog that begins
// a new one, and the board that keeps how they stand for the pages that show it.
package applications
