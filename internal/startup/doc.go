// Package startup measures how long the program takes to show its first full
// window, and how much memory it has then, against an empty Fyne window.
package startup
