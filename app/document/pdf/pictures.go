package pdf

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"strings"

	"kompetansepilot/app/document"
)

// pictures are the pictures of a document, each kept once in the order that
// they are first shown. gofpdf's own way gives another file in every run, and
// keeps pictures as they come.
type pictures struct {
	known map[*document.Points]int
	same  map[[sha256.Size]byte]int // those with the same bytes
	all   []*document.Points
}

// name is what a page calls a picture.
func (p *pictures) name(picture *document.Points) string {
	if p.known == nil {
		p.known, p.same = map[*document.Points]int{}, map[[sha256.Size]byte]int{}
	}
	n, ok := p.known[picture]
	if !ok {
		sum := sha256.Sum256(picture.Data)
		if n, ok = p.same[sum]; !ok {
			n = len(p.all)
			p.same[sum] = n
			p.all = append(p.all, picture)
		}
		p.known[picture] = n
	}
	return fmt.Sprintf("Im%d", n)
}

// resourcesObject is the number that gofpdf gives the resources of all pages.
const resourcesObject = 2

// add writes the pictures and names them among the resources.
func (p *pictures) add(f *file) error {
	if len(p.all) == 0 {
		return nil
	}
	var names strings.Builder
	for i, picture := range p.all {
		size := picture.Image.Bounds().Size()
		space, colours := "DeviceRGB", 3
		if picture.Grey {
			space, colours = "DeviceGray", 1
		}
		filter := "/DCTDecode"
		if !picture.JPEG {
			filter = fmt.Sprintf("/FlateDecode /DecodeParms <</Predictor 15 /Colors %d /BitsPerComponent 8 /Columns %d>>", colours, size.X)
		}
		n := f.addStream(fmt.Sprintf("/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /%s /BitsPerComponent 8 /Filter %s",
			size.X, size.Y, space, filter), picture.Data, false)
		fmt.Fprintf(&names, "/Im%d %s ", i, ref(n))
	}
	const before = "/XObject <<\n"
	if !bytes.Contains(f.objects[resourcesObject], []byte(before)) {
		return fmt.Errorf("%w: resources", errShape)
	}
	f.objects[resourcesObject] = bytes.Replace(f.objects[resourcesObject], []byte(before), []byte(before+names.String()), 1)
	return nil
}
