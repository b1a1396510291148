// Package parse reads mail as it comes: wrong, cut off, or made to do harm. It
// never fails; what cannot be read is shown as it is. A message becomes plain
// text and plain blocks, never markup that something else would interpret, and
// nothing outside the message is ever asked for.
package parse
