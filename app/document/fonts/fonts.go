// Package fonts holds the typefaces of printed documents: Noto Sans 2.004 in
// three styles, cut down to Latin with all European and Sámi letters, modern
// Greek, punctuation and number signs. They are the program's own copies, so a
// new version of the user interface cannot change how a document looks.
//
// The files keep TrueType outlines and a format 4 character map, the only kinds
// that the PDF writer reads. They are made with
//
//	pyftsubset NotoSans-Regular.ttf --layout-features= --no-hinting --notdef-outline --unicodes=...
package fonts

import (
	_ "embed"
	"fmt"
	"sync"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

var (
	//go:embed NotoSans-Regular.ttf
	regular []byte
	//go:embed NotoSans-Bold.ttf
	bold []byte
	//go:embed NotoSans-Italic.ttf
	italic []byte
)

// Style is one of the cuts of the typeface.
type Style int

// The styles. There is no bold italic: bold wins.
const (
	Regular Style = iota
	Bold
	Italic
	Styles // the number of styles
)

// Of gives the style for a span's marks.
func Of(isBold, isItalic bool) Style {
	switch {
	case isBold:
		return Bold
	case isItalic:
		return Italic
	}
	return Regular
}

// PostScriptName is the name that a PDF file gives the font.
func (s Style) PostScriptName() string {
	return [...]string{"NotoSans-Regular", "NotoSans-Bold", "NotoSans-Italic"}[s]
}

// Bytes returns a copy of the font file. It is a copy because the PDF library
// writes into the bytes it is given.
func (s Style) Bytes() []byte {
	return append([]byte(nil), [...][]byte{regular, bold, italic}[s]...)
}

// lastRune is the end of the Unicode range that the fonts have glyphs in.
const lastRune = 0xFFFF

// Font tells which characters a style has and how wide they are. It is safe for
// use from several goroutines.
type Font struct {
	advance []int16 // by rune, in 1/1000 em; -1 means no glyph
	sfnt    *sfnt.Font
}

// Has tells whether the font can draw r.
func (f *Font) Has(r rune) bool {
	return r >= 0 && int(r) < len(f.advance) && f.advance[r] >= 0
}

// Advance is the width of r in 1/1000 of the text size, 0 for a missing glyph.
func (f *Font) Advance(r rune) int {
	if !f.Has(r) {
		return 0
	}
	return int(f.advance[r])
}

// SFNT gives the parsed font file for drawing on a screen.
func (f *Font) SFNT() *sfnt.Font { return f.sfnt }

// loaded reads each embedded file once; what it holds never changes after.
var loaded = sync.OnceValue(func() [Styles]*Font {
	var all [Styles]*Font
	for s := range Styles {
		f, err := parse(s.Bytes())
		if err != nil {
			panic(fmt.Sprintf("fonts: embedded %s: %v", s.PostScriptName(), err))
		}
		all[s] = f
	}
	return all
})

// Get returns the font of a style.
func Get(s Style) *Font { return loaded()[s] }

func parse(file []byte) (*Font, error) {
	parsed, err := sfnt.Parse(file)
	if err != nil {
		return nil, err
	}
	f := &Font{sfnt: parsed, advance: make([]int16, lastRune+1)}
	var buf sfnt.Buffer
	perEm := int(parsed.UnitsPerEm())
	for r := range f.advance {
		f.advance[r] = -1
		glyph, err := parsed.GlyphIndex(&buf, rune(r))
		if err != nil {
			return nil, err
		}
		if glyph == 0 {
			continue
		}
		// With as many pixels per em as the font has units, the advance is exact.
		width, err := parsed.GlyphAdvance(&buf, glyph, fixed.I(perEm), 0)
		if err != nil {
			return nil, err
		}
		f.advance[r] = int16(width.Round() * 1000 / perEm)
	}
	return f, nil
}
