package bundle

import (
	"bytes"
	"compress/zlib"
	"testing"
)

// TestAStreamThatFailsCountsToo: many large ones that end in a fault would else
// be unpacked for hours.
func TestAStreamThatFailsCountsToo(t *testing.T) {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	if _, err := w.Write(make([]byte, 1<<20)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	packed := b.Bytes()
	if content, read := inflate(packed, 1<<21); len(content) != 1<<20 || read != 1<<20 {
		t.Errorf("%d bytes, %d counted", len(content), read)
	}
	packed[len(packed)-1] ^= 1 // of its checksum
	if content, read := inflate(packed, 1<<21); content != nil || read < 1<<20 {
		t.Errorf("%d bytes, %d counted", len(content), read)
	}
	if _, read := inflate([]byte("hei"), 1<<21); read != 0 {
		t.Errorf("%d counted", read)
	}
}
