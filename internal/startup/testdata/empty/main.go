// Empty is an empty Fyne window: the peer that the program's start is measured
// against.
package main

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
)

func main() {
	window := app.NewWithID("no.kompetansepilot.empty").NewWindow("Empty")
	window.Resize(fyne.NewSize(1280, 800))
	window.ShowAndRun()
}
