package pdf

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"kompetansepilot/app/document"
	"kompetansepilot/app/document/documenttest"
	"kompetansepilot/app/document/layout"
)

// jars of PDFBox preflight and what it rests on, as Debian installs them.
func preflightJars(t *testing.T) string {
	t.Helper()
	if _, err := exec.LookPath("java"); err != nil {
		t.Skip("java is not installed")
	}
	var jars []string
	for _, name := range []string{"preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging", "jaxb-api", "javax.activation"} {
		jar := "/usr/share/java/" + name + ".jar"
		if _, err := os.Stat(jar); err != nil {
			t.Skip("PDFBox preflight is not installed (libpdfbox2-java, libjaxb-api-java)")
		}
		jars = append(jars, jar)
	}
	return strings.Join(jars, ":")
}

// asPDFA1b writes a document as PDF/A-1b, the one part that preflight knows.
func asPDFA1b(t *testing.T, doc document.Document) []byte {
	t.Helper()
	r, err := layout.Lay(doc)
	if err != nil {
		t.Fatal(err)
	}
	f, err := build(r, profile{"1.4", "1", "B"})
	if err != nil {
		t.Fatal(err)
	}
	addCIDSets(t, f)
	return f.bytes()
}

// addCIDSets lists the characters of each font, which only PDF/A-1 wants.
func addCIDSets(t *testing.T, f *file) {
	t.Helper()
	re := regexp.MustCompile(`(?s)^<</Type /Font\n/Subtype /CIDFontType2.*/FontDescriptor (\d+) 0 R.*/CIDToGIDMap (\d+) 0 R`)
	for n := 1; n < len(f.objects); n++ {
		m := re.FindSubmatch(f.objects[n])
		if m == nil {
			continue
		}
		descriptor, _ := strconv.Atoi(string(m[1]))
		number, _ := strconv.Atoi(string(m[2]))
		packed, _ := streamData(f.objects[number])
		glyphs := inflate(packed)
		set := make([]byte, 8192)
		set[0] = 0x80
		for code := range len(glyphs) / 2 {
			if glyphs[2*code] != 0 || glyphs[2*code+1] != 0 {
				set[code/8] |= 0x80 >> (code % 8)
			}
		}
		set = bytes.TrimRight(set, "\x00")
		f.objects[descriptor] = append(bytes.TrimSuffix(bytes.Clone(f.objects[descriptor]), []byte(">>")),
			fmt.Sprintf(" /CIDSet %s>>", ref(f.addStream("", set, true)))...)
	}
}

// TestPreflightFindsNoFault: an independent validator accepts the same pages as
// PDF/A-1b.
func TestPreflightFindsNoFault(t *testing.T) {
	if testing.Short() {
		t.Skip("starts Java")
	}
	jars := preflightJars(t)
	dir := t.TempDir()
	files := map[string]document.Document{"everything": documenttest.Everything(), "letter": documenttest.Letter(), "empty": {Title: "Tom", Lang: "nb"}}
	for name, blocks := range edges() {
		files[name] = document.Document{Title: "Kant", Lang: "nb", Blocks: blocks}
	}
	for name, doc := range files {
		if err := os.WriteFile(filepath.Join(dir, name+".pdf"), asPDFA1b(t, doc), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	// All at once: Java takes longer to start than to read them.
	out, err := exec.Command("java", "-Xshare:auto", "-cp", jars, "org.apache.pdfbox.preflight.Validator_A1b", "batch", dir).CombinedOutput()
	if n := strings.Count(string(out), "is a valid PDF/A-1b file"); err != nil || n != len(files) {
		t.Errorf("%d of %d are valid: %v\n%s", n, len(files), err, out)
	}
}
