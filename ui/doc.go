// Package ui is the window: it opens a workspace, goes from page to page, and
// offers what every page needs: the menu, searching, undo, and what the status
// line says. The pages themselves are in the packages below.
package ui
