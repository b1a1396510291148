package main

import (
	"io"
	"os"
	"syscall"
)

// attachParent names the console of the process that started this one
// (ATTACH_PARENT_PROCESS, learn.microsoft.com/windows/console/attachconsole).
const attachParent = ^uintptr(0)

// console is where commands read and write. A program with a window has no
// console of its own on Windows, so it borrows that of the prompt it was started
// from. Redirected output comes ready for use.
func console() (in io.Reader, out, errOut io.Writer) {
	in, out, errOut = os.Stdin, os.Stdout, os.Stderr
	if usable(os.Stdout) && usable(os.Stderr) {
		return in, out, errOut
	}
	attach := syscall.NewLazyDLL("kernel32.dll").NewProc("AttachConsole")
	if ok, _, _ := attach.Call(attachParent); ok == 0 {
		return in, discardUnless(os.Stdout), discardUnless(os.Stderr)
	}
	screen, err := os.OpenFile("CONOUT$", os.O_RDWR, 0)
	if err != nil {
		return in, discardUnless(os.Stdout), discardUnless(os.Stderr)
	}
	if !usable(os.Stdout) {
		out = screen
	}
	if !usable(os.Stderr) {
		errOut = screen
	}
	if !usable(os.Stdin) {
		if keyboard, err := os.OpenFile("CONIN$", os.O_RDWR, 0); err == nil {
			in = keyboard
		}
	}
	return in, out, errOut
}

func usable(f *os.File) bool {
	kind, err := syscall.GetFileType(syscall.Handle(f.Fd()))
	return err == nil && kind != syscall.FILE_TYPE_UNKNOWN
}

func discardUnless(f *os.File) io.Writer {
	if usable(f) {
		return f
	}
	return io.Discard
}
