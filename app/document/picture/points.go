package picture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"

	"golang.org/x/image/draw"

	"kompetansepilot/app/document"
	"kompetansepilot/data"
)

// The most points that a picture keeps: 300 to an inch over the text's width,
// and as much in height. More cannot be seen on paper.
const (
	maxWidth  = 2000
	maxHeight = 2600
)

// pointsPerMM gives pictures their natural size, 150 points to an inch.
const pointsPerMM = 150 / 25.4

const photoQuality = 90

// progressive marks the frame of a photo that comes finer and finer (ITU-T T.81,
// B.1).
const progressive = 0xC2

// readPoints reads a PNG or JPEG file.
func readPoints(name string, content []byte) (*document.Picture, error) {
	config, kind, err := image.DecodeConfig(bytes.NewReader(content))
	if err != nil {
		return nil, undecoded(name, err)
	}
	most := MaxPoints
	if config.ColorModel == color.NRGBA64Model || config.ColorModel == color.RGBA64Model || kind == "jpeg" && segment(content, progressive, "") != nil {
		most /= 2 // they take twice the room or more while they are read
	}
	if points := config.Width * config.Height; points > most {
		return nil, data.NewError(CodePoints, "Bildet «{{.Name}}» har {{.Points}} millioner bildepunkter, og grensen er {{.Max}}. Det er ikke tatt inn. Gjør det mindre og velg det igjen.", nil,
			"Name", name, "Points", points/1_000_000, "Max", most/1_000_000)
	}
	if config.Width < 1 || config.Height < 1 {
		return nil, broken(name, errors.New("no points"))
	}
	source, err := decode(kind, content)
	if err != nil {
		return nil, undecoded(name, err)
	}
	_, grey := source.(*image.Gray)
	img := fit(source)
	if kind == "jpeg" {
		img = turn(img, orientation(content))
	}
	size := img.Bounds().Size()
	p := &document.Picture{Width: float64(size.X) / pointsPerMM, Height: float64(size.Y) / pointsPerMM,
		Points: &document.Points{Image: img, Grey: grey, JPEG: kind == "jpeg"}}
	p.Points.Data, err = pack(img, grey, p.Points.JPEG)
	if err != nil {
		return nil, broken(name, err)
	}
	return p, nil
}

// undecoded tells a picture of a rare kind from one that is damaged.
func undecoded(name string, err error) error {
	var rareJPEG jpeg.UnsupportedError
	var rarePNG png.UnsupportedError
	if errors.As(err, &rareJPEG) || errors.As(err, &rarePNG) {
		return data.NewError(CodeKind+".rare", "Bildet «{{.Name}}» er lagret på en uvanlig måte som ikke kan leses. Ingenting er tatt inn. Lagre det på nytt som vanlig PNG eller JPEG, og velg det igjen.", err, "Name", name)
	}
	return broken(name, err)
}

// decode reads the points. The decoders of images may panic on files nobody
// thought of; a picture must not end the program.
func decode(kind string, content []byte) (img image.Image, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("decoder: %v", p)
		}
	}()
	if kind == "png" {
		return png.Decode(bytes.NewReader(content))
	}
	if config, err := jpeg.DecodeConfig(bytes.NewReader(content)); err == nil && config.ColorModel == color.CMYKModel && segment(content, 0xEE, "Adobe") == nil {
		return plainCMYK(content)
	}
	return jpeg.Decode(bytes.NewReader(content))
}

// plainCMYK reads a photo in four colours that does not say what they mean. The
// decoder knows those of one maker only, where 255 means no ink; here it is the
// other way.
func plainCMYK(content []byte) (image.Image, error) {
	adobe := []byte("\xff\xd8\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00\x00")
	img, err := jpeg.Decode(bytes.NewReader(append(adobe, content[2:]...)))
	if inks, ok := img.(*image.CMYK); ok {
		for i := range inks.Pix {
			inks.Pix[i] = 255 - inks.Pix[i]
		}
	}
	return img, err
}

// fit copies a picture onto white paper, no larger than a page can show.
func fit(source image.Image) *image.RGBA {
	size := source.Bounds().Size()
	scale := min(1, maxWidth/float64(size.X), maxHeight/float64(size.Y))
	width, height := max(int(float64(size.X)*scale+0.5), 1), max(int(float64(size.Y)*scale+0.5), 1)
	out := image.NewRGBA(image.Rect(0, 0, width, height))
	draw.Draw(out, out.Bounds(), image.White, image.Point{}, draw.Src)
	if scale == 1 {
		draw.Draw(out, out.Bounds(), source, source.Bounds().Min, draw.Over)
		return out
	}
	if times := int(1 / scale); times > 1 {
		source = shrunk(source, times)
	}
	draw.BiLinear.Scale(out, out.Bounds(), source, source.Bounds(), draw.Over, nil)
	return out
}

// shrunk makes one point of each square of so many points, or of what there is
// of it: the finer scaling after it would take room for every row of the source.
func shrunk(source image.Image, times int) image.Image {
	at := func(x, y int) color.RGBA64 { return color.RGBA64Model.Convert(source.At(x, y)).(color.RGBA64) }
	if fast, ok := source.(image.RGBA64Image); ok {
		at = fast.RGBA64At
	}
	from := source.Bounds()
	out := image.NewRGBA64(image.Rect(0, 0, (from.Dx()+times-1)/times, (from.Dy()+times-1)/times))
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			square := image.Rect(x*times, y*times, (x+1)*times, (y+1)*times).Add(from.Min).Intersect(from)
			var r, g, b, a uint64
			for v := square.Min.Y; v < square.Max.Y; v++ {
				for u := square.Min.X; u < square.Max.X; u++ {
					c := at(u, v)
					r, g, b, a = r+uint64(c.R), g+uint64(c.G), b+uint64(c.B), a+uint64(c.A)
				}
			}
			n := uint64(square.Dx() * square.Dy())
			out.SetRGBA64(x, y, color.RGBA64{R: uint16(r / n), G: uint16(g / n), B: uint16(b / n), A: uint16(a / n)})
		}
	}
	return out
}

// pack gives the bytes that stand in a PDF stream.
func pack(img *image.RGBA, grey, photo bool) ([]byte, error) {
	var picture image.Image = img
	if grey {
		g := image.NewGray(img.Bounds())
		draw.Draw(g, g.Bounds(), img, image.Point{}, draw.Src)
		picture = g
	}
	var b bytes.Buffer
	if photo {
		err := jpeg.Encode(&b, picture, &jpeg.Options{Quality: photoQuality})
		return b.Bytes(), err
	}
	encoder := png.Encoder{CompressionLevel: png.DefaultCompression}
	if err := encoder.Encode(&b, picture); err != nil {
		return nil, err
	}
	return rows(b.Bytes())
}

// rows joins the data chunks of a PNG file: PDF reads rows packed like that
// (ISO 32000-1, 7.4.4.4).
func rows(file []byte) (data []byte, err error) {
	for at := 8; at+12 <= len(file); {
		length := int(binary.BigEndian.Uint32(file[at:]))
		if at+12+length > len(file) {
			break
		}
		if string(file[at+4:at+8]) == "IDAT" {
			data = append(data, file[at+8:at+8+length]...)
		}
		at += 12 + length
	}
	if len(data) == 0 {
		return nil, errors.New("no rows")
	}
	return data, nil
}

// turn puts a photo upright: orientation is the number in its EXIF data
// (JEITA CP-3451, tag 274).
func turn(img *image.RGBA, orientation int) *image.RGBA {
	if orientation < 2 || orientation > 8 {
		return img
	}
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	size := image.Rect(0, 0, w, h)
	if orientation >= 5 {
		size = image.Rect(0, 0, h, w)
	}
	out := image.NewRGBA(size)
	for y := range h {
		for x := range w {
			u, v := x, y
			switch orientation {
			case 2:
				u = w - 1 - x
			case 3:
				u, v = w-1-x, h-1-y
			case 4:
				v = h - 1 - y
			case 5:
				u, v = y, x
			case 6:
				u, v = h-1-y, x
			case 7:
				u, v = h-1-y, w-1-x
			case 8:
				u, v = y, w-1-x
			}
			out.SetRGBA(u, v, img.RGBAAt(x, y))
		}
	}
	return out
}

// orientation finds the number that tells how the camera was held, or 1. It
// reads no more of the EXIF data than that.
func orientation(file []byte) int {
	return tiffOrientation(segment(file, 0xE1, "Exif\x00\x00"))
}

// segment finds what a part of a JPEG file holds after its name, or nil.
func segment(file []byte, kind byte, name string) []byte {
	for at := 2; at+4 <= len(file) && file[at] == 0xFF; {
		if file[at+1] == 0xFF { // markers may have any number of them before
			at++
			continue
		}
		length := int(binary.BigEndian.Uint16(file[at+2:]))
		if length < 2 || at+2+length > len(file) || file[at+1] == 0xDA {
			return nil
		}
		if after, ok := bytes.CutPrefix(file[at+4:at+2+length], []byte(name)); ok && file[at+1] == kind {
			return after
		}
		at += 2 + length
	}
	return nil
}

func tiffOrientation(tiff []byte) int {
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if string(tiff[:2]) == "II" {
		order = binary.LittleEndian
	}
	start := int(order.Uint32(tiff[4:]))
	if start < 8 || start+2 > len(tiff) {
		return 1
	}
	for i := range int(order.Uint16(tiff[start:])) {
		entry := start + 2 + 12*i
		if entry+12 > len(tiff) {
			return 1
		}
		if order.Uint16(tiff[entry:]) == 274 {
			return int(order.Uint16(tiff[entry+8:]))
		}
	}
	return 1
}
