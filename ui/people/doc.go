// Package people shows the persons that the county talks with: the parts of an
// organisation's record about them, the list of what is to be done, the watch
// over personal data, and the dialogs that all of these share.
package people
