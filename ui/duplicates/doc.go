// Package duplicates is the page where organisations that are in the register
// twice are shown side by side and made one.
package duplicates
