package layout

import (
	"math"
	"testing"

	"kompetansepilot/app/document"
)

// luminance is the relative luminance of WCAG 2.1.
func luminance(c document.Colour) float64 {
	part := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*part(c.R) + 0.7152*part(c.G) + 0.0722*part(c.B)
}

func contrast(a, b document.Colour) float64 {
	high, low := max(luminance(a), luminance(b)), min(luminance(a), luminance(b))
	return (high + 0.05) / (low + 0.05)
}

// WCAG 2.1 asks 4.5:1 of text and 3:1 of graphics.
func TestContrast(t *testing.T) {
	white, shade := document.ColourWhite(), document.ColourShade()
	pairs := []struct {
		front, back document.Colour
		least       float64
	}{{document.ColourText(), shade, 7}, {document.ColourHeading(), shade, 7}, {document.ColourMuted(), white, 7},
		{document.ColourBar(), white, 4.5}, {document.ColourBarLight(), white, 3}}
	for tone := document.Info; tone <= document.Danger; tone++ {
		bar, back := toneColours(tone)
		pairs = append(pairs, struct {
			front, back document.Colour
			least       float64
		}{bar, back, 4.5})
	}
	for _, p := range pairs {
		if got := contrast(p.front, p.back); got < p.least {
			t.Errorf("%v on %v has %.2f:1, want %.1f:1", p.front, p.back, got, p.least)
		}
	}
}
