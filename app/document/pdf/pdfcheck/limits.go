package pdfcheck

import (
	"bytes"
	"math"
	"unicode/utf8"
)

// The limits of a file (19005-2, 6.1.13).
const (
	maxString  = 32767
	maxName    = 127
	maxObjects = 8388607
	leastReal  = 1.175e-38
	mostReal   = 3.403e38
)

// checkLimits goes through an object and all within it.
func (f *file) checkLimits(o any) {
	switch o := o.(type) {
	case text:
		if len(o) >= maxString {
			f.fault("limit", "a string of %d bytes", len(o))
		}
	case name:
		f.checkName(string(o))
	case int:
		if o > math.MaxInt32 || o < math.MinInt32 {
			f.fault("limit", "%d", o)
		}
	case float64:
		if v := math.Abs(o); v > mostReal || v > 0 && v < leastReal || math.IsNaN(o) {
			f.fault("limit", "%v", o)
		}
	case array:
		for _, v := range o {
			f.checkLimits(v)
		}
	case dict:
		for key, v := range o {
			f.checkName(key)
			f.checkLimits(v)
		}
	case stream:
		f.checkLimits(o.dict)
	}
}

// checkName: names of fonts and of structure types are UTF-8 (6.1.8), and no
// other is anything else here.
func (f *file) checkName(s string) {
	if len(s) > maxName || !utf8.ValidString(s) {
		f.fault("limit", "name %q", s)
	}
}

// checkSpacing tells whether an object from start to end stands on lines of its
// own (6.1.9).
func (f *file) checkSpacing(number, start, end int) {
	if start > 0 && f.raw[start-1] != '\n' || !bytes.HasPrefix(f.raw[end:], []byte("\nendobj\n")) {
		f.fault("spacing", "object %d", number)
	}
}

// checkExtras looks for what no archive file may have in its catalog: forms
// (6.4), layers (6.9), other presentations (6.10), requirements (6.11),
// permissions (6.1.12).
func (f *file) checkExtras(root dict) {
	for _, key := range []string{"AcroForm", "NeedsRendering", "OCProperties", "Requirements", "Perms", "Collection", "AA"} {
		if root[key] != nil {
			f.fault("catalog", "/%s", key)
		}
	}
	if f.dict(root["Names"])["AlternatePresentations"] != nil {
		f.fault("catalog", "other presentations")
	}
}
