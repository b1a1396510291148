// Package instance lets one window have a workspace. A second start on the same
// workspace asks the first window to come forward, and ends.
//
// Who has the workspace holds a lock file, and listens on the loopback address;
// where, and with which secret, stands in a file that only the user can read.
// The lock goes with the process, however it ends.
package instance

import (
	"bufio"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"kompetansepilot/data"
)

// CodeNoAnswer is the code of the error for a workspace that a window has which
// does not answer.
const CodeNoAnswer = "noAnswer"

const (
	// answerTime is how long one question may take on the loopback address.
	answerTime = 2 * time.Second
	// patience is how long a window that has the lock may take to listen.
	patience = 5 * time.Second
	pause    = 50 * time.Millisecond
	okay     = "ok"
)

// ErrForward tells that another window has the workspace and comes forward.
var ErrForward = errors.New("another window has the workspace and comes forward")

// Instance holds a workspace for this window.
type Instance struct {
	lock     *flock.Flock
	address  string // file
	listener net.Listener
	token    string
	forward  func()
	serving  sync.WaitGroup
}

// address is where a window listens.
type address struct {
	Address string `json:"address"`
	Token   string `json:"token"`
}

// Claim takes the workspace at path for this process. dir is the folder for
// locks. forward is called, on a goroutine of its own, when a second start asks
// for the window. When another window has the workspace, that one is asked to
// come forward and the error is ErrForward; when it does not answer, the error
// has CodeNoAnswer.
func Claim(dir, path string, forward func()) (*Instance, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("claim workspace: %w", err)
	}
	name := filepath.Join(dir, key(path))
	i := &Instance{lock: flock.New(name + ".lock"), address: name + ".json", forward: forward}
	mine, err := i.lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("claim workspace: %w", err)
	}
	if !mine {
		return nil, ask(i, patience)
	}
	if err := i.listen(); err != nil {
		return nil, errors.Join(fmt.Errorf("claim workspace: %w", err), i.lock.Unlock())
	}
	return i, nil
}

// key names the files of a workspace. Two spellings of one path give one key as
// far as the file system can tell.
func key(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	sum := sha256.Sum256([]byte(path))
	return hex.EncodeToString(sum[:12])
}

// ask asks the window that has the lock to come forward. It may be about to
// start, so its address may come late.
func ask(i *Instance, patience time.Duration) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	var err error
	for {
		if err = askOnce(ctx, i.address); err == nil {
			return ErrForward
		}
		select {
		case <-ctx.Done():
			return data.NewError(CodeNoAnswer, "Arbeidsfilen er åpen i et annet vindu som ikke svarer. Ingenting er endret. Lukk det vinduet, eller vent litt og prøv igjen.", err)
		case <-time.After(pause):
		}
	}
}

func askOnce(ctx context.Context, file string) error {
	raw, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var to address
	if err := json.Unmarshal(raw, &to); err != nil {
		return err
	}
	dialer := net.Dialer{Timeout: answerTime}
	conn, err := dialer.DialContext(ctx, "tcp", to.Address)
	if err != nil {
		return err
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(answerTime)); err != nil {
		return err
	}
	if _, err := fmt.Fprintln(conn, to.Token); err != nil {
		return err
	}
	answer, err := bufio.NewReader(conn).ReadString('\n')
	if err != nil {
		return err
	}
	if strings.TrimSpace(answer) != okay {
		return fmt.Errorf("the other window said %q", answer)
	}
	return nil
}

func (i *Instance) listen() error {
	secret := make([]byte, 16)
	if _, err := rand.Read(secret); err != nil {
		return err
	}
	i.token = hex.EncodeToString(secret)
	var err error
	if i.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		return err
	}
	raw, err := json.Marshal(address{i.listener.Addr().String(), i.token})
	if err == nil {
		err = os.WriteFile(i.address, raw, 0o600)
	}
	if err != nil {
		return errors.Join(err, i.listener.Close())
	}
	i.serving.Go(i.serve)
	return nil
}

func (i *Instance) serve() {
	for {
		conn, err := i.listener.Accept()
		if err != nil {
			return // closed
		}
		if i.answer(conn) {
			i.forward()
		}
	}
}

// answer tells whether the other side knows the secret.
func (i *Instance) answer(conn net.Conn) bool {
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(answerTime)); err != nil {
		return false
	}
	line := make([]byte, len(i.token)+1)
	n := 0
	for n < len(line) {
		m, err := conn.Read(line[n:])
		n += m
		if err != nil {
			break
		}
	}
	if subtle.ConstantTimeCompare(line[:n], []byte(i.token+"\n")) != 1 {
		slog.Warn("somebody without the secret asked for the window")
		return false
	}
	_, err := fmt.Fprintln(conn, okay)
	return err == nil
}

// Release gives the workspace up.
func (i *Instance) Release() error {
	err := i.listener.Close()
	i.serving.Wait()
	return errors.Join(err, os.Remove(i.address), i.lock.Unlock())
}
