//go:build !windows

package main

import (
	"io"
	"os"
)

// console is where commands read and write.
func console() (in io.Reader, out, errOut io.Writer) { return os.Stdin, os.Stdout, os.Stderr }
