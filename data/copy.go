package data

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/mattn/go-sqlite3"
)

// CopyTo writes a whole copy of the workspace to a new file and checks it, also
// when the workspace's own file has been deleted. Writing goes on meanwhile; the copy is
// the workspace as it was when the copying began.
func (w *Workspace) CopyTo(path string) error {
	if _, err := os.Stat(path); err == nil {
		return newError(CodeExists, "Det ligger allerede en fil på {{.Path}}. Den er ikke rørt. Velg et annet navn.", nil, "Path", path)
	}
	return translate(path, "copy workspace", w.copyTo(path))
}

func (w *Workspace) copyTo(path string) error {
	// A connection of its own reads beside the writer. Only when the file is gone
	// does the writer's open file have to be used, while writing waits.
	db := w.ro
	if w.rw != nil && w.present() != nil {
		db = w.rw
	}
	conn, err := db.Conn(context.Background())
	if err != nil {
		return err
	}
	defer conn.Close()
	return copyDatabase(conn, path)
}

// Identity is what a workspace shares with its copies and backups, and with no other
// workspace; "" before the first change.
func (w *Workspace) Identity() (string, error) {
	id, err := identityOf(w.ro)
	return id, w.translate("identity", err)
}

// IdentityAt is the identity of a workspace that is not open.
func IdentityAt(path string) (string, error) {
	db, err := openImmutable(path)
	if err != nil {
		return "", translate(path, "identity", err)
	}
	defer db.Close()
	id, err := identityOf(db)
	return id, translate(path, "identity", err)
}

// identityOf is made of the first change: its time and chance.
func identityOf(db *sql.DB) (string, error) {
	var uid string
	err := db.QueryRow("SELECT uid FROM tx ORDER BY id LIMIT 1").Scan(&uid)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	sum := sha256.Sum256([]byte(uid))
	return hex.EncodeToString(sum[:6]), err
}

// contents are what tells whether a copy is whole.
type contents struct {
	transactions, changes int64
	newest                string // uid of the newest transaction
}

type contextQueryer interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func contentsOf(q contextQueryer) (contents, error) {
	var c contents
	err := q.QueryRowContext(context.Background(), `SELECT (SELECT count(*) FROM tx), (SELECT count(*) FROM change),
		coalesce((SELECT uid FROM tx ORDER BY id DESC LIMIT 1), '')`).Scan(&c.transactions, &c.changes, &c.newest)
	return c, err
}

// copyDatabase uses SQLite's own backup, which also reads pages that exist only
// in the write-ahead log. The copy is checked and on the disk before it gets its
// name.
func copyDatabase(conn *sql.Conn, path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	part, err := tempName(path)
	if err != nil {
		return err
	}
	defer os.Remove(part)
	ctx := context.Background()
	// The transaction makes the counting and the copying read one state.
	if _, err := conn.ExecContext(ctx, "BEGIN"); err != nil {
		return err
	}
	want, err := contentsOf(conn)
	if err == nil {
		err = copyPages(conn, part)
	}
	if _, endErr := conn.ExecContext(ctx, "ROLLBACK"); err == nil {
		err = endErr
	}
	if err != nil {
		return err
	}
	if err := finishCopy(part, want); err != nil {
		return err
	}
	return replaceFile(part, path)
}

// partPattern names files that are being written; a program that was killed
// leaves one.
const partPattern = ".kpilot-*.part"

// tempName makes an empty file beside path for writing what will become path.
// It takes away what a killed program left there long ago.
func tempName(path string) (string, error) {
	left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), partPattern))
	for _, l := range left {
		if info, err := os.Stat(l); err == nil && time.Since(info.ModTime()) > 24*time.Hour {
			_ = os.Remove(l)
		}
	}
	f, err := os.CreateTemp(filepath.Dir(path), partPattern)
	if err != nil {
		return "", err
	}
	return f.Name(), f.Close()
}

// copyPages fills part, which nobody else knows of: it needs no locks, which
// network disks are bad at, and no journal, as a failed one is thrown away.
func copyPages(conn *sql.Conn, part string) error {
	dest, err := sql.Open("sqlite3", dsn(part, "rw", "nolock=1&_journal_mode=OFF"))
	if err != nil {
		return err
	}
	to, err := dest.Conn(context.Background())
	if err != nil {
		return errors.Join(err, dest.Close())
	}
	err = to.Raw(func(d any) error {
		return conn.Raw(func(s any) error {
			b, err := d.(*sqlite3.SQLiteConn).Backup("main", s.(*sqlite3.SQLiteConn), "main")
			if err != nil {
				return err
			}
			done, err := b.Step(-1)
			if err == nil && !done {
				err = sqlite3.Error{Code: sqlite3.ErrBusy}
			}
			if finishErr := b.Finish(); err == nil {
				err = finishErr
			}
			return err
		})
	})
	return errors.Join(err, to.Close(), dest.Close())
}

func finishCopy(part string, want contents) error {
	if err := endWAL(part); err != nil {
		return err
	}
	if err := syncFile(part); err != nil {
		return err
	}
	db, err := openImmutable(part)
	if err != nil {
		return err
	}
	defer db.Close()
	have, err := contentsOf(db)
	if err != nil {
		return err
	}
	if have != want {
		return fmt.Errorf("the copy holds %d transactions and %d changes, not %d and %d", have.transactions, have.changes, want.transactions, want.changes)
	}
	return integrity(db)
}

// endWAL marks a closed copy as a database without a write-ahead log, so that
// it is one file: bytes 18 and 19 of the header (sqlite.org/fileformat2.html).
func endWAL(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteAt([]byte{1, 1}, 18)
	return errors.Join(err, f.Close())
}

// openImmutable reads a file that nobody changes, without locks: it works on a
// network disk and in a folder that can't be written.
func openImmutable(path string) (*sql.DB, error) {
	db, err := sql.Open("sqlite3", dsn(path, "ro", "immutable=1&_query_only=on"))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	return db, nil
}

// copyFile writes the bytes of from to a new file, on the disk when it returns.
func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}

// replaceFile gives the file from the name to, whatever had it before.
func replaceFile(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(to))
}

// syncFolder makes a rename last over a power cut. Windows has no such call;
// some network disks refuse it, and then have their own order.
func syncFolder(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := os.Open(dir)
	if err != nil {
		return nil
	}
	_ = f.Sync()
	return f.Close()
}

func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
