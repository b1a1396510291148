// Package kit holds the program's own widgets: buttons, fields, dialogs, lists,
// and the frames that pages stand in. It knows no record and holds no rule.
//
// What all of them share:
//
//   - Everything that can be pressed or filled in is reached with Tab, shows a
//     ring when it has the focus, is scrolled into view then, and is at least
//     24 × 24. Space and Enter press; in a dialog Enter in a field is the
//     dialog's verb and Esc closes it.
//   - Colours and sizes come from package theme at each refresh, so a new look
//     or text size takes effect at once.
//   - Words come from a lang.Printer that is handed over.
//   - Functions and callbacks run on Fyne's goroutine. Widgets start nothing in
//     the background; waiting is done by task.Runner.
package kit
