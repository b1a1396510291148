package fonts

import "testing"

func TestEveryStyleHasTheSameLetters(t *testing.T) {
	for _, r := range "æøåÆØÅáčđŋšŧžÁČĐŊŠŦŽäöüßéïʒǩǯ «»–—’“”…•·×§€½²°‰\u00a0\u00ad-ΑΩαω" {
		if !Get(Regular).Has(r) {
			t.Errorf("no glyph for %q", r)
		}
	}
	for r := range rune(lastRune) {
		for s := Bold; s < Styles; s++ {
			if Get(s).Has(r) != Get(Regular).Has(r) {
				t.Errorf("%U is in one of %s and %s only", r, s.PostScriptName(), Regular.PostScriptName())
			}
		}
	}
	if Get(Regular).Has('\U0001F600') || Get(Regular).Has(-1) {
		t.Error("glyphs that are not there")
	}
}

func TestBytesArePrivate(t *testing.T) {
	Regular.Bytes()[0] = 0xFF
	if Regular.Bytes()[0] == 0xFF {
		t.Error("a caller can change the embedded font")
	}
}
