package mailgen

import (
	"fmt"
	"os"
	"path/filepath"
)

// Maildir writes the mailbox as a maildir++ tree, the inbox at dir itself and the
// other folders beside it with a dot before their names, and tells how many
// messages it wrote. Dovecot and mutt read it as it stands.
func Maildir(dir string, o Options) (n int, err error) {
	err = Generate(o, func(m Message) error {
		n++
		box := dir
		if m.Folder != Inbox {
			box = filepath.Join(dir, "."+m.Folder)
		}
		if err := makeBox(box); err != nil {
			return err
		}
		name := filepath.Join(box, "cur", fmt.Sprintf("%d.%06d.mailgen,S=%d:2,%s", m.Date.Unix(), n, len(m.Raw), flags(m)))
		if err := os.WriteFile(name, m.Raw, 0o600); err != nil {
			return err
		}
		return os.Chtimes(name, m.Date, m.Date)
	})
	return n, err
}

func makeBox(box string) error {
	for _, part := range []string{"cur", "new", "tmp"} {
		if err := os.MkdirAll(filepath.Join(box, part), 0o700); err != nil {
			return err
		}
	}
	return nil
}

// flags are in the order of the alphabet, as maildir wants them.
func flags(m Message) string {
	s := ""
	if m.Answered {
		s += "R"
	}
	if m.Seen {
		s += "S"
	}
	return s
}
