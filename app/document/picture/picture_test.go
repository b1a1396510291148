package picture

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"kompetansepilot/app/document"
	"kompetansepilot/data"
)

// corners is a picture with another colour in each quarter.
func corners(set func(x, y int, c color.Color), w, h int) {
	for y := range h {
		for x := range w {
			c := color.NRGBA{255, 0, 0, 255}
			switch {
			case x >= w/2 && y < h/2:
				c = color.NRGBA{0, 255, 0, 255}
			case x < w/2 && y >= h/2:
				c = color.NRGBA{0, 0, 255, 255}
			case y >= h/2:
				c = color.NRGBA{0, 0, 0, 0}
			}
			set(x, y, c)
		}
	}
}

func encodePNG(t *testing.T, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func near(t *testing.T, img *image.RGBA, x, y int, want color.RGBA) {
	t.Helper()
	got := img.RGBAAt(x, y)
	for _, d := range []int{int(got.R) - int(want.R), int(got.G) - int(want.G), int(got.B) - int(want.B)} {
		if d < -40 || d > 40 {
			t.Errorf("at %d,%d: %v, want about %v", x, y, got, want)
			return
		}
	}
}

// TestEveryKindOfPNG: 16 bits, palettes, grey and transparent parts all become
// 8-bit points on white.
func TestEveryKindOfPNG(t *testing.T) {
	const w, h = 40, 20
	box := image.Rect(0, 0, w, h)
	deep, alpha := image.NewNRGBA64(box), image.NewNRGBA(box)
	palette := image.NewPaletted(box, color.Palette{color.NRGBA{255, 0, 0, 255}, color.NRGBA{0, 255, 0, 255}, color.NRGBA{0, 0, 255, 255}, color.NRGBA{0, 0, 0, 0}})
	corners(deep.Set, w, h)
	corners(alpha.Set, w, h)
	corners(palette.Set, w, h)
	for name, img := range map[string]image.Image{"16 bits": deep, "alpha": alpha, "palette": palette} {
		t.Run(name, func(t *testing.T) {
			p, err := Read("a.png", encodePNG(t, img))
			if err != nil {
				t.Fatal(err)
			}
			near(t, p.Points.Image, 5, 5, color.RGBA{255, 0, 0, 255})
			near(t, p.Points.Image, 35, 5, color.RGBA{0, 255, 0, 255})
			near(t, p.Points.Image, 5, 15, color.RGBA{0, 0, 255, 255})
			near(t, p.Points.Image, 35, 15, color.RGBA{255, 255, 255, 255})
			if !p.Points.Image.Opaque() || p.Points.JPEG || p.Points.Grey {
				t.Errorf("opaque %v, JPEG %v, grey %v", p.Points.Image.Opaque(), p.Points.JPEG, p.Points.Grey)
			}
			if math.Abs(p.Width/p.Height-2) > 0.01 {
				t.Errorf("%g by %g mm", p.Width, p.Height)
			}
		})
	}
	grey := image.NewGray16(box)
	if p, err := Read("g.png", encodePNG(t, grey)); err != nil || p.Points.Grey {
		t.Errorf("16-bit grey: %v", err)
	}
	if p, err := Read("g.png", encodePNG(t, image.NewGray(box))); err != nil || !p.Points.Grey {
		t.Errorf("grey: %v", err)
	}
}

// TestInterlacedPNG reads a file made by hand: one point in seven passes.
func TestInterlacedPNG(t *testing.T) {
	file := encodePNG(t, image.NewNRGBA(image.Rect(0, 0, 1, 1)))
	file[28] = 1 // the interlace method in the header chunk
	sum := crc32.ChecksumIEEE(file[12:29])
	binary.BigEndian.PutUint32(file[29:], sum)
	if _, err := Read("i.png", file); err != nil {
		t.Error(err)
	}
}

func TestPhotoIsTurnedUpright(t *testing.T) {
	const w, h = 64, 32
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	corners(img.Set, w, h)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	red := color.RGBA{255, 0, 0, 255}
	for orientation, at := range map[int][2]float64{1: {0.1, 0.1}, 2: {0.9, 0.1}, 3: {0.9, 0.9}, 4: {0.1, 0.9}, 5: {0.1, 0.1}, 6: {0.9, 0.1}, 7: {0.9, 0.9}, 8: {0.1, 0.9}} {
		p, err := Read("a.jpg", withOrientation(b.Bytes(), orientation))
		if err != nil {
			t.Fatal(err)
		}
		size := p.Points.Image.Bounds().Size()
		if (size == image.Pt(h, w)) != (orientation >= 5) {
			t.Errorf("orientation %d: %v", orientation, size)
		}
		near(t, p.Points.Image, int(at[0]*float64(size.X)), int(at[1]*float64(size.Y)), red)
		if bytes.Contains(p.Points.Data, []byte("Exif")) {
			t.Errorf("orientation %d: what the camera noted goes along", orientation)
		}
	}
}

func withOrientation(file []byte, n int) []byte {
	tiff := []byte("Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00")
	tiff[24] = byte(n)
	segment := binary.BigEndian.AppendUint16([]byte{0xFF, 0xE1}, uint16(len(tiff)+2))
	return append(append(append([]byte{}, file[:2]...), append(segment, tiff...)...), file[2:]...)
}

// cmykJPEG is a JPEG file of 8 by 8 points in four colours, all of them half.
func cmykJPEG(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8)), nil); err != nil {
		t.Fatal(err)
	}
	file := b.Bytes()
	sof, sos := bytes.Index(file, []byte{0xFF, 0xC0}), bytes.Index(file, []byte{0xFF, 0xDA})
	length := int(binary.BigEndian.Uint16(file[sof+2:]))
	out := append([]byte{}, file[:sof]...)
	out = append(out, 0xFF, 0xC0, 0, 20, 8, 0, 8, 0, 8, 4)
	for c := range 4 {
		out = append(out, byte(c+1), 0x11, 0)
	}
	out = append(out, file[sof+2+length:sos]...)
	out = append(out, 0xFF, 0xDA, 0, 14, 4)
	for c := range 4 {
		out = append(out, byte(c+1), 0)
	}
	out = append(out, 0, 63, 0)
	// For each colour: no difference from the middle (the code 00), then the end
	// of the block (1010); filled with ones.
	return append(out, 0x28, 0xA2, 0x8A, 0xFF, 0xD9)
}

func TestCMYKPhotoBecomesRGB(t *testing.T) {
	p, err := Read("a.jpg", cmykJPEG(t))
	if err != nil {
		t.Fatal(err)
	}
	config, err := jpeg.DecodeConfig(bytes.NewReader(p.Points.Data))
	if err != nil || config.ColorModel != color.YCbCrModel {
		t.Errorf("model %v, %v", config.ColorModel, err)
	}
	near(t, p.Points.Image, 3, 3, color.RGBA{64, 64, 64, 255})
}

// TestAdobeCMYK: where that maker says so, 255 means no ink.
func TestAdobeCMYK(t *testing.T) {
	file := cmykJPEG(t)
	adobe := []byte("\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00\x00")
	p, err := Read("a.jpg", slices.Concat(file[:2], adobe, file[2:]))
	if err != nil {
		t.Fatal(err)
	}
	near(t, p.Points.Image, 3, 3, color.RGBA{64, 64, 64, 255})
}

// TestExtremeSides: a line of millions of points would take gigabytes while it
// is made smaller.
func TestExtremeSides(t *testing.T) {
	for _, size := range []image.Point{{4_000_001, 1}, {1, 4_000_001}} {
		img := image.NewGray(image.Rectangle{Max: size})
		for i := range img.Pix {
			img.Pix[i] = 200
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		small := fit(img)
		runtime.ReadMemStats(&after)
		if used := after.TotalAlloc - before.TotalAlloc; used > 64<<20 {
			t.Errorf("%v takes %d MB", size, used>>20)
		}
		for _, at := range []image.Point{{}, small.Rect.Max.Sub(image.Pt(1, 1))} {
			if c := small.RGBAAt(at.X, at.Y); c != (color.RGBA{200, 200, 200, 255}) {
				t.Errorf("%v at %v: %v", size, at, c)
			}
		}
	}
}

func TestLargePictureIsMadeSmaller(t *testing.T) {
	img := image.NewGray(image.Rect(0, 0, 5000, 1000))
	p, err := Read("a.png", encodePNG(t, img))
	if err != nil {
		t.Fatal(err)
	}
	if size := p.Points.Image.Bounds().Size(); size != image.Pt(2000, 400) {
		t.Errorf("size %v", size)
	}
}

// hugePNG says that it has a hundred million points and holds none.
func hugePNG() []byte {
	head := []byte("IHDR\x00\x00\x27\x10\x00\x00\x27\x10\x08\x02\x00\x00\x00")
	out := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), head...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(head))
}

// headPNG is the beginning of a PNG file of a size, bits and colour type.
func headPNG(w, h uint32, bits, colours byte) []byte {
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32([]byte("IHDR"), w), h)
	head = append(head, bits, colours, 0, 0, 0)
	out := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), head...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(head))
}

// headJPEG is the beginning of a JPEG file with a frame of a kind.
func headJPEG(frame byte, w, h uint16) []byte {
	bits := byte(8)
	if frame == 0xC1 {
		bits = 12
	}
	out := []byte{0xFF, 0xD8, 0xFF, frame, 0, 17, bits}
	out = binary.BigEndian.AppendUint16(binary.BigEndian.AppendUint16(out, h), w)
	return append(out, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 0xFF, 0xDA, 0, 12, 3, 1, 0, 2, 0, 3, 0, 0, 0, 0)
}

// wrongSum changes the checksum of the first rows.
func wrongSum(file []byte) []byte {
	out := bytes.Clone(file)
	out[len(out)-13] ^= 1
	return out
}

const svgHead = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 10 10">`

func TestBadPicturesAreToldInASentence(t *testing.T) {
	whole := encodePNG(t, image.NewRGBA(image.Rect(0, 0, 50, 50)))
	svg := func(s string) []byte { return []byte(svgHead + s + "</svg>") }
	for name, c := range map[string]struct {
		content []byte
		code    string
	}{
		"empty":            {nil, CodeKind},
		"text":             {[]byte("dette er ikke et bilde"), CodeKind},
		"font":             {[]byte("\x00\x01\x00\x00"), CodeKind},
		"cut PNG":          {whole[:60], CodeBroken},
		"header only":      {whole[:8], CodeBroken},
		"cut JPEG":         {[]byte("\xff\xd8\xff\xe0\x00\x10JFIF"), CodeBroken},
		"100 megapixels":   {hugePNG(), CodePoints},
		"too many bytes":   {make([]byte, MaxBytes+1), CodeBytes},
		"16 bits of 49 MP": {headPNG(7000, 7000, 16, 6), CodePoints},
		"progressive":      {headJPEG(0xC2, 7000, 7000), CodePoints},
		"and padded":       {bytes.Replace(headJPEG(0xC2, 7000, 7000), []byte("\xff\xc2"), []byte("\xff\xff\xff\xc2"), 1), CodePoints},
		"12 bits":          {headJPEG(0xC1, 10, 10), CodeKind},
		"arithmetic":       {headJPEG(0xC9, 10, 10), CodeKind},
		"endless side":     {headPNG(1<<31-1, 1<<31-1, 8, 2), CodeKind},
		"zero side":        {headPNG(0, 10, 8, 2), CodeBroken},
		"wrong sum":        {wrongSum(whole), CodeBroken},
		"GIF":              {[]byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;"), CodeKind},
		"WEBP":             {[]byte("RIFF\x1a\x00\x00\x00WEBPVP8L"), CodeKind},
		"TIFF":             {[]byte("II*\x00\x08\x00\x00\x00"), CodeKind},
		"HEIC":             {[]byte("\x00\x00\x00\x18ftypheic"), CodeKind},
		"many comments":    {svg("<style>" + strings.Repeat("/**/", 900_000) + "</style>"), CodeBroken},
		"many rules":       {svg("<style>" + strings.Repeat(".a{fill:red}", 100_000) + "</style>" + strings.Repeat(`<rect class="a" width="1" height="1"/>`, 3000)), CodeBroken},
		"many selectors":   {svg("<style>" + strings.Repeat(".a,", 300_000) + ".b{" + strings.Repeat("fill:red;", 100_000) + "}</style>" + `<rect class="a" width="1" height="1"/>`), CodeBroken},
		"a thick hedge":    {svg(`<path fill="none" stroke="red" stroke-linejoin="round" d="M0 0` + strings.Repeat(" C1 1 2 2 3 0 0 0 1 1 2 2", 70_000) + `"/>`), CodeBroken},
		"script":           {svg(`<script>alert(1)</script>`), CodeScript},
		"script in defs":   {svg(`<defs><script/></defs><rect width="1" height="1"/>`), CodeScript},
		"handler":          {svg(`<rect width="1" height="1" onclick="x()"/>`), CodeScript},
		"handler at root":  {[]byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1" onload="x()"><rect width="1" height="1"/></svg>`), CodeScript},
		"javascript link":  {svg(`<a xlink:href="javascript:x()"/>`), CodeReference},
		"picture":          {svg(`<image xlink:href="https://example.org/a.png"/>`), CodeReference},
		"use of a file":    {svg(`<use href="b.svg#a"/>`), CodeReference},
		"style from a url": {svg(`<style>@import url(https://example.org/a.css);</style>`), CodeReference},
		"fill from a url":  {svg(`<rect width="1" height="1" fill="url(https://example.org/a)"/>`), CodeReference},
		"style sheet":      {[]byte(`<?xml-stylesheet href="a.css"?>` + svgHead + "</svg>"), CodeReference},
		"foreign object":   {svg(`<foreignObject><p/></foreignObject>`), CodePart},
		"text in SVG":      {svg(`<text>hei</text>`), CodePart},
		"gradient":         {svg(`<defs><linearGradient id="a"/></defs><rect width="1" height="1" fill="url(#a)"/>`), CodePart},
		"half transparent": {svg(`<rect width="1" height="1" opacity=".5"/>`), CodePart},
		"dashes":           {svg(`<rect width="1" height="1" stroke-dasharray="1 2"/>`), CodePart},
		"mask":             {svg(`<g mask="url(#m)"><rect width="1" height="1"/></g>`), CodePart},
		"entity":           {[]byte(`<!DOCTYPE svg [<!ENTITY a "aaaa">]>` + svgHead + "</svg>"), CodePart},
		"odd selector":     {svg(`<style>g > rect{fill:red}</style><rect width="1" height="1"/>`), CodePart},
		"unclosed":         {[]byte(svgHead + `<g>`), CodeBroken},
		"no shapes":        {svg(``), CodeBroken},
		"bad path":         {svg(`<path d="M0 0 L x"/>`), CodeBroken},
		"path without M":   {svg(`<path d="L0 0"/>`), CodeBroken},
		"no size":          {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"><rect width="1" height="1"/></svg>`), CodeBroken},
		"zero size":        {[]byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 5"><rect width="1" height="1"/></svg>`), CodeBroken},
		"not a number":     {svg(`<rect width="1" height="1" transform="scale(NaN)"/>`), CodeBroken},
		"too deep":         {svg(strings.Repeat("<g>", 200) + strings.Repeat("</g>", 200)), CodeBroken},
	} {
		_, err := Read("bilde.png", c.content)
		if data.Code(err) != c.code {
			t.Errorf("%s: %v, want %s", name, err, c.code)
		}
	}
}

// box is the smallest rectangle around a drawing, in mm.
func box(p *document.Picture) (x1, y1, x2, y2 float64) {
	x1, y1, x2, y2 = math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, s := range p.Shapes {
		for _, g := range s.Path {
			n := map[document.SegmentKind]int{document.MoveTo: 1, document.LineTo: 1, document.CurveTo: 3}[g.Kind]
			for _, pt := range g.P[max(n-1, 0):n] {
				x1, y1, x2, y2 = min(x1, pt.X), min(y1, pt.Y), max(x2, pt.X), max(y2, pt.Y)
			}
		}
	}
	return x1, y1, x2, y2
}

func TestShapesStandWhereTheyShould(t *testing.T) {
	open := `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50" width="100mm">`
	for name, c := range map[string]struct {
		svg  string
		want [4]float64
	}{
		"rect":             {`<rect x="10" y="5" width="20" height="10"/>`, [4]float64{10, 5, 30, 15}},
		"round rect":       {`<rect x="10" y="5" width="20" height="10" rx="3"/>`, [4]float64{10, 5, 30, 15}},
		"circle":           {`<circle cx="20" cy="20" r="5"/>`, [4]float64{15, 15, 25, 25}},
		"ellipse":          {`<ellipse cx="20" cy="20" rx="5" ry="2"/>`, [4]float64{15, 18, 25, 22}},
		"polygon":          {`<polygon points="1,2 3,4 5,2"/>`, [4]float64{1, 2, 5, 4}},
		"line":             {`<line x1="10" y1="10" x2="20" y2="10" stroke="black" stroke-width="2"/>`, [4]float64{10, 9, 20, 11}},
		"square cap":       {`<line x1="10" y1="10" x2="20" y2="10" stroke="black" stroke-width="2" stroke-linecap="square"/>`, [4]float64{9, 9, 21, 11}},
		"outline":          {`<rect x="10" y="10" width="20" height="20" fill="none" stroke="black" stroke-width="2"/>`, [4]float64{9, 9, 31, 31}},
		"bevel":            {`<path d="M10 10h20v20" fill="none" stroke="red" stroke-width="2" stroke-linejoin="bevel"/>`, [4]float64{10, 9, 31, 30}},
		"relative path":    {`<path d="m10 10 5 0v5H10z"/>`, [4]float64{10, 10, 15, 15}},
		"tight numbers":    {`<path d="M1.5.5-1-1L2e1 3"/>`, [4]float64{-1, -1, 20, 3}},
		"half circle":      {`<path d="M10 10A5 5 0 0 1 20 10"/>`, [4]float64{10, 5, 20, 10}},
		"tight arc flags":  {`<path d="M10 10a5 5 0 0110 0"/>`, [4]float64{10, 5, 20, 10}},
		"arc too small":    {`<path d="M10 10A1 1 0 0 1 20 10"/>`, [4]float64{10, 5, 20, 10}},
		"smooth curves":    {`<path d="M0 0C1 1 2 1 3 0S5-1 6 0Q7 1 8 0T10 0"/>`, [4]float64{0, 0, 10, 0}},
		"translate":        {`<g transform="translate(10,5)"><rect width="1" height="1"/></g>`, [4]float64{10, 5, 11, 6}},
		"scale and move":   {`<rect transform="translate(10) scale(2 3)" width="1" height="1"/>`, [4]float64{10, 0, 12, 3}},
		"rotate":           {`<rect transform="rotate(90 10 10)" x="10" y="10" width="4" height="2"/>`, [4]float64{8, 10, 10, 14}},
		"matrix":           {`<rect transform="matrix(1 0 0 1 3 4)" width="1" height="1"/>`, [4]float64{3, 4, 4, 5}},
		"class":            {`<style>.a{fill:none;stroke:#000;stroke-width:2px}</style><path class="a" d="M5 5H9"/>`, [4]float64{5, 4, 9, 6}},
		"hidden is hidden": {`<rect width="90" height="40" display="none"/><rect width="1" height="1"/>`, [4]float64{0, 0, 1, 1}},
		"in Latin-1":       {"<title>Fylkesv\xe5pen</title><rect width=\"1\" height=\"1\"/>", [4]float64{0, 0, 1, 1}},
		"notes are passed": {`<metadata><x xmlns="urn:x"/></metadata><x:y xmlns:x="urn:x"/><rect width="1" height="1"/>`, [4]float64{0, 0, 1, 1}},
	} {
		head := ""
		if !utf8.ValidString(c.svg) {
			head = `<?xml version="1.0" encoding="ISO-8859-1"?>`
		}
		p, err := Read("a.svg", []byte(head+open+c.svg+"</svg>"))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		x1, y1, x2, y2 := box(p)
		for i, got := range [4]float64{x1, y1, x2, y2} {
			if math.Abs(got-c.want[i]) > 0.02 {
				t.Errorf("%s: %.2f %.2f %.2f %.2f, want %v", name, x1, y1, x2, y2, c.want)
				break
			}
		}
		if math.Abs(p.Width-100) > 0.01 || math.Abs(p.Height-50) > 0.01 {
			t.Errorf("%s: %g by %g mm", name, p.Width, p.Height)
		}
	}
}

func TestColours(t *testing.T) {
	for in, want := range map[string]document.Colour{`fill="#f80"`: {R: 255, G: 136}, `fill="#12AbfF"`: {R: 0x12, G: 0xab, B: 0xff}, `fill="rgb(1, 2,3)"`: {R: 1, G: 2, B: 3},
		`fill="rgb(100%,0%,50%)"`: {R: 255, B: 128}, `fill="navy"`: {B: 128}, `style="fill : red ; "`: {R: 255}, ``: {}, `color="#00f" fill="currentColor"`: {B: 255},
		`fill="red" style="fill:lime"`: {G: 255}} {
		p, err := Read("a.svg", []byte(svgHead+`<rect width="1" height="1" `+in+`/></svg>`))
		if err != nil || len(p.Shapes) != 1 || p.Shapes[0].Fill != want {
			t.Errorf("%s: %+v, %v, want %v", in, p, err, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(svgHead + `<path d="M0 0a1 1 0 0 1 2 2z" stroke="red"/></svg>`))
	f.Add(hugePNG())
	f.Add([]byte("\xff\xd8\xff\xe1\x00\x10Exif\x00\x00MM\x00*\x00\x00\x00\x08"))
	f.Fuzz(func(t *testing.T, content []byte) {
		p, err := Read("x", content)
		if err == nil && (!(p.Width > 0) || !(p.Height > 0) || p.Points == nil && len(p.Shapes) == 0) {
			t.Errorf("an empty picture: %+v", p)
		}
		if err != nil && data.Message(err) == "" {
			t.Errorf("not a sentence: %v", err)
		}
	})
}
