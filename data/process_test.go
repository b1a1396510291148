package data_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"kompetansepilot/data"
)

// childEnv makes the test binary play another program: "<role>\n<arguments>".
const childEnv = "KOMPETANSEPILOT_TEST_CHILD"

func TestMain(m *testing.M) {
	role, arg, _ := strings.Cut(os.Getenv(childEnv), "\n")
	var err error
	switch role {
	case "":
		os.Exit(m.Run())
	case "type":
		err = typeForever(arg)
	case "add":
		err = addSome(arg)
	case "restore":
		err = restoreForever(arg)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// child starts the test binary in a role.
func child(t *testing.T, role, arg string) (*exec.Cmd, io.Reader, *bytes.Buffer) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childEnv+"="+role+"\n"+arg)
	stderr := &bytes.Buffer{}
	cmd.Stderr = stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, out, stderr
}

// typed is number n of what the child writes in a field: long, so that the log
// keeps only what changed, and with characters of several bytes.
func typed(n int) string {
	return strings.Repeat("Kompetanse på bygda 🌲 ", 100) + strconv.Itoa(n) + strings.Repeat(" så langt det når", 50)
}

func typedNumber(text string) (int, error) {
	var n int
	_, err := fmt.Sscanf(strings.TrimPrefix(text, strings.Repeat("Kompetanse på bygda 🌲 ", 100)), "%d", &n)
	if err == nil && text != typed(n) {
		err = fmt.Errorf("half of a text: %q", text)
	}
	return n, err
}

// typeForever changes fields, and prints each change once it is saved.
func typeForever(path string) error {
	w, err := data.Open(path, data.Options{Create: true, AnyPlace: true, Actor: "Barn"})
	if err != nil {
		return err
	}
	app := data.Application{Row: data.Row{ID: "app"}}
	n := 0
	if stored, err := data.Get[data.Application](w, app.ID); err == nil {
		for _, text := range stored.Answers {
			last, err := typedNumber(text)
			if err != nil {
				return err
			}
			n = max(n, last)
		}
	} else if err := w.Update("Laget", func(tx *data.Tx) error { return tx.Put(&app) }); err != nil {
		return err
	}
	for {
		n++
		field := fmt.Sprint("field", n%5)
		err := w.Update("Skrev", func(tx *data.Tx) error { return tx.SetValue(&app, field, typed(n)) }, data.Merge(fmt.Sprint(n/7), time.Minute))
		if err != nil {
			return err
		}
		fmt.Printf("%s %d\n", field, n)
	}
}

func TestKilledWhileTyping(t *testing.T) {
	kills, perWorkspace := 200, 25
	if testing.Short() {
		kills = 20
	}
	total := 0
	for kill := 0; kill < kills; {
		path := filepath.Join(t.TempDir(), "a.kpilot")
		saved := map[string]int{}
		for range min(perWorkspace, kills-kill) {
			kill++
			killTyping(t, path, saved)
			checkSaved(t, path, saved)
		}
		for _, n := range saved {
			total = max(total, n)
		}
		if t.Failed() {
			return
		}
	}
	t.Logf("%d kills, up to %d saved changes in a workspace", kills, total)
}

// killTyping kills the child at a random moment, sometimes before it is open,
// and notes what it said was saved.
func killTyping(t *testing.T, path string, saved map[string]int) {
	cmd, out, stderr := child(t, "type", path)
	timer := time.AfterFunc(time.Duration(rand.IntN(60_000))*time.Microsecond, func() { cmd.Process.Kill() })
	defer timer.Stop()
	lines := bufio.NewReader(out)
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			break
		}
		field, number, _ := strings.Cut(strings.TrimSpace(line), " ")
		if saved[field], err = strconv.Atoi(number); err != nil {
			t.Fatalf("the child says %q", line)
		}
	}
	_ = cmd.Wait()
	if stderr.Len() > 0 {
		t.Fatalf("the child ended by itself: %s", stderr)
	}
}

func checkSaved(t *testing.T, path string, saved map[string]int) {
	t.Helper()
	w := openWorkspace(t, path)
	defer w.Close()
	wantVerified(t, w)
	if len(saved) == 0 {
		return
	}
	fields := func() map[string]int {
		app, err := data.Get[data.Application](w, "app")
		if err != nil {
			t.Fatal(err)
		}
		all := map[string]int{}
		for field, text := range app.Answers {
			if all[field], err = typedNumber(text); err != nil {
				t.Fatal(err)
			}
		}
		return all
	}
	before := fields()
	for field, n := range saved {
		// The one change after it may have been saved without being said; it counts
		// for the next kill.
		got := before[field]
		if got != n && got != n+5 {
			t.Fatalf("%s is number %d, but %d was saved", field, got, n)
		}
		saved[field] = got
	}
	maps.Copy(saved, before) // the next child goes on from there
	if _, err := w.Undo(); err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(fields()) == fmt.Sprint(before) {
		t.Fatal("undo changed nothing")
	}
	if _, err := w.Redo(); err != nil {
		t.Fatal(err)
	}
	if got := fields(); fmt.Sprint(got) != fmt.Sprint(before) {
		t.Fatalf("after undo and redo %v, before %v", got, before)
	}
	wantVerified(t, w)
}

const additions = 20

func addSome(path string) error {
	w, err := data.Open(path, data.Options{Create: true, AnyPlace: true})
	if err != nil {
		return err
	}
	for range additions {
		if err := w.Update("Laget", func(tx *data.Tx) error { return tx.Put(&data.Organisation{Name: "Sag AS"}) }); err != nil {
			return err
		}
	}
	return w.Close()
}

func TestManyStartsAtOnceOnANewFile(t *testing.T) {
	for range 5 {
		path := filepath.Join(t.TempDir(), "a.kpilot")
		const programs = 4
		var started []*exec.Cmd
		var said []*bytes.Buffer
		for range programs {
			cmd, _, stderr := child(t, "add", path)
			started, said = append(started, cmd), append(said, stderr)
		}
		for i, cmd := range started {
			if err := cmd.Wait(); err != nil {
				t.Fatalf("%v: %s", err, said[i])
			}
		}
		w := openWorkspace(t, path)
		if n, err := w.Count("SELECT count(*) FROM organisation"); err != nil || n != programs*additions {
			t.Fatalf("%d organisations, want %d, %v", n, programs*additions, err)
		}
		wantVerified(t, w)
	}
}

// restoreForever lets two backups take each other's place.
func restoreForever(arg string) error {
	paths := strings.Split(arg, "\n")
	for i := 1; ; i = 3 - i {
		kept, err := data.RestoreKeeping(paths[0], paths[i], paths[3])
		if err != nil {
			return err
		}
		fmt.Println("restored", i)
		if err := os.Remove(kept.Path); err != nil {
			return err
		}
	}
}

func TestKilledWhileRestoring(t *testing.T) {
	kills := 60
	if testing.Short() {
		kills = 10
	}
	path, dir := filepath.Join(t.TempDir(), "a.kpilot"), t.TempDir()
	backups := make([]string, 2)
	for i := range backups {
		w := openWorkspace(t, filepath.Join(t.TempDir(), "a.kpilot"))
		for n := range 10 * (i + 1) {
			put(t, w, &data.Organisation{Name: fmt.Sprint("Bedrift ", n), Note: strings.Repeat("tekst ", 2000)})
		}
		// So large that writing takes a good part of the time.
		update(t, w, "La ved", func(tx *data.Tx) error {
			if _, err := tx.PutBlob(bytes.Repeat([]byte{byte(i)}, 16<<20)); err != nil {
				return err
			}
			return tx.Put(&data.Organisation{Name: "Med vedlegg"})
		})
		b, err := data.Backup(w, t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		backups[i] = b.Path
	}
	if err := data.Restore(path, backups[0], dir); err != nil {
		t.Fatal(err)
	}
	for range kills {
		cmd, out, stderr := child(t, "restore", strings.Join([]string{path, backups[0], backups[1], dir}, "\n"))
		timer := time.AfterFunc(time.Duration(rand.IntN(250_000))*time.Microsecond, func() { cmd.Process.Kill() })
		_, _ = io.Copy(io.Discard, out)
		_ = cmd.Wait()
		timer.Stop()
		if stderr.Len() > 0 {
			t.Fatalf("the child ended by itself: %s", stderr)
		}
		w := openWorkspace(t, path)
		wantVerified(t, w)
		if n, err := w.Count("SELECT count(*) FROM organisation"); err != nil || n != 11 && n != 21 {
			t.Fatalf("%d organisations, want 11 or 21, %v", n, err)
		}
		w.Close()
	}
}
