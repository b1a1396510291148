// Package exchange is the page that takes a table into the register: choose the
// file, match its columns, see what each row will do, and read what it did.
package exchange
