// Package settings holds the pages about the program itself: the choices, the
// calls that it knows, the help, and the messages that it has given.
package settings
