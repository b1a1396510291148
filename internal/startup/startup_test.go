package startup

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"kompetansepilot/app"
	"kompetansepilot/data/datatest"
)

const (
	// watched is how long a start is watched: far longer than a start takes.
	watched = 6 * time.Second
	// The part of the screen that may still differ from the last picture when
	// the window counts as full: a cursor that blinks, a clock that goes.
	moving = 0.002
	// releaseTags are the Makefile's.
	releaseTags = "sqlite_fts5,migrated_fynedo,no_emoji"
)

// screen is an X server whose picture can be read as a file, so that looking
// costs the program nothing.
type screen struct {
	display string
	picture string // XWD file
}

func newScreen(b *testing.B) screen {
	b.Helper()
	server, err := exec.LookPath("Xvfb")
	if err != nil {
		b.Skip("Xvfb is not installed")
	}
	read, write, err := os.Pipe()
	if err != nil {
		b.Fatal(err)
	}
	dir := b.TempDir()
	cmd := exec.Command(server, "-displayfd", "3", "-screen", "0", "1280x800x24", "-fbdir", dir, "-nolisten", "tcp")
	cmd.ExtraFiles = []*os.File{write}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	write.Close()
	line := make([]byte, 16)
	n, err := read.Read(line)
	if err != nil && err != io.EOF || n == 0 {
		b.Fatalf("Xvfb gives no display: %v", err)
	}
	return screen{":" + strings.TrimSpace(string(line[:n])), filepath.Join(dir, "Xvfb_screen0")}
}

// frame is the screen at one time, thinned to what comparing needs.
type frame struct {
	at     time.Duration
	memory int64 // resident, in bytes
	pixels []byte
}

func (s screen) look(b *testing.B) []byte {
	raw, err := os.ReadFile(s.picture)
	if err != nil {
		b.Fatal(err)
	}
	const step = 4 * 3 // every third pixel of four bytes
	thin := make([]byte, 0, len(raw)/step+1)
	for i := 0; i < len(raw); i += step {
		thin = append(thin, raw[i])
	}
	return thin
}

// resident is the memory of a process in bytes, as the system counts it.
func resident(pid int) int64 {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(raw))
	pages, err := strconv.ParseInt(fields[1], 10, 64)
	if err != nil {
		return 0
	}
	return pages * int64(os.Getpagesize())
}

// start starts a program, and tells when its first full window stood there and
// how much memory it had then.
func (s screen) start(b *testing.B, home, program string, args ...string) (time.Duration, int64) {
	b.Helper()
	cmd := exec.Command(program, args...)
	cmd.Env = append(os.Environ(), "DISPLAY="+s.display, "WAYLAND_DISPLAY=", "LANG=nb_NO.UTF-8", "HOME="+home,
		"KOMPETANSEPILOT_HOME="+home, "KOMPETANSEPILOT_BACKUPS="+filepath.Join(home, "backups"))
	var said bytes.Buffer
	cmd.Stderr = &said
	blank := s.look(b)
	began := time.Now()
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	var frames []frame
	for time.Since(began) < watched {
		f := frame{at: time.Since(began), memory: resident(cmd.Process.Pid), pixels: s.look(b)}
		if len(frames) == 0 || !bytes.Equal(frames[len(frames)-1].pixels, f.pixels) {
			frames = append(frames, f)
		}
		time.Sleep(5 * time.Millisecond)
	}
	cmd.Process.Kill()
	cmd.Wait()
	time.Sleep(200 * time.Millisecond) // the server clears the screen

	last := frames[len(frames)-1].pixels
	if differs(blank, last) <= moving {
		b.Fatalf("%s showed nothing:\n%s", filepath.Base(program), said.Bytes())
	}
	full := frames[len(frames)-1]
	for _, f := range slices.Backward(frames) {
		if differs(f.pixels, last) > moving {
			break
		}
		full = f
	}
	return full.at, full.memory
}

// differs is the part of the pixels that are not the same.
func differs(x, y []byte) float64 {
	n := 0
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			n++
		}
	}
	return float64(n) / float64(max(len(x), 1))
}

// build builds a package as the Makefile builds the program.
func build(b *testing.B, pkg string) string {
	b.Helper()
	program := filepath.Join(b.TempDir(), "program")
	cmd := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-tags", releaseTags, "-ldflags", "-s -w", "-o", program, pkg)
	cmd.Dir = filepath.Join("..", "..")
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("build %s: %v\n%s", pkg, err, out)
	}
	return program
}

// BenchmarkStart opens a large workspace: 100 000 organisations, 100 000 other
// rows and 20 applications. No county was chosen in it, so what the window shows
// is the question for it. Goals: ratio-time at most 1.3, ratio-memory at most
// 1.5.
func BenchmarkStart(b *testing.B) {
	measure(b, func(home string) string {
		workspace := filepath.Join(home, "large.kpilot")
		if err := datatest.Big(b, workspace, 100_000, 100_000).Close(); err != nil {
			b.Fatal(err)
		}
		return workspace
	})
}

// BenchmarkStartOverview opens the whole sample county, on the overview: what a
// person sees every morning. The goals are the same.
func BenchmarkStartOverview(b *testing.B) {
	measure(b, func(home string) string {
		workspace := filepath.Join(home, "sample.kpilot")
		p, err := app.Open(workspace, app.LoadState(), app.Options{Create: true, AnyPlace: true})
		if err != nil {
			b.Fatal(err)
		}
		if err := errors.Join(app.MakeWholeSample(p), p.Close()); err != nil {
			b.Fatal(err)
		}
		return workspace
	})
}

// measure starts the program on the workspace that prepare makes, and an empty
// window, in turn.
func measure(b *testing.B, prepare func(home string) (workspace string)) {
	if runtime.GOOS != "linux" {
		b.Skip("reads the picture of an X server")
	}
	home := b.TempDir()
	b.Setenv("KOMPETANSEPILOT_HOME", home)
	b.Setenv("KOMPETANSEPILOT_BACKUPS", filepath.Join(home, "backups"))
	ours, peer := build(b, "."), build(b, "./internal/startup/testdata/empty")
	workspace := prepare(home)
	s := newScreen(b)
	// The first start of each fills the system's caches and is not counted.
	s.start(b, home, ours, "--workspace", workspace)
	s.start(b, home, peer)
	var times, peerTimes []time.Duration
	var memory, peerMemory []int64
	b.ResetTimer()
	for range max(b.N, 5) {
		t, m := s.start(b, home, ours, "--workspace", workspace)
		times, memory = append(times, t), append(memory, m)
		t, m = s.start(b, home, peer)
		peerTimes, peerMemory = append(peerTimes, t), append(peerMemory, m)
	}
	const mega = 1 << 20
	b.ReportMetric(median(times).Seconds(), "s/start")
	b.ReportMetric(median(peerTimes).Seconds(), "s/empty")
	b.ReportMetric(float64(median(memory))/mega, "MB")
	b.ReportMetric(float64(median(peerMemory))/mega, "MB-empty")
	b.ReportMetric(median(times).Seconds()/median(peerTimes).Seconds(), "ratio-time")
	b.ReportMetric(float64(median(memory))/float64(median(peerMemory)), "ratio-memory")
}

func median[T int64 | time.Duration](values []T) T {
	slices.Sort(values)
	return values[len(values)/2]
}
