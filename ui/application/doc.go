// Package application is the editor of one application: the call's sections
// and fields, the budget, the findings, the versions and the preview.
//
// What a person changes goes two ways at once: into the copy of the application
// that the page shows (see desk), and through a queue to the workspace (see
// saver). Each commit makes the page read the stored application again and put
// what still waits in the queue on top of it.
package application
