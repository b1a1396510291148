// Package arch holds the tests of the house itself: which package may know
// which, where goroutines may start, and that the three languages say the same.
// CONTRIBUTING.md draws the plan that they guard.
package arch
