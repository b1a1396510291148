// Package overview is the page that says what needs somebody today.
package overview
