package pdf

import (
	"encoding/binary"
	"math"
)

// sRGBProfile builds an ICC 2.1 matrix profile of sRGB (ICC.1:2001-04 for the
// layout, IEC 61966-2-1 for the curve and the colours, adapted to D50).
func sRGBProfile() []byte {
	be := binary.BigEndian
	curve := tone()
	tags := []struct {
		name string
		data []byte
	}{
		{"desc", description("sRGB IEC61966-2.1")},
		{"cprt", append([]byte("text\x00\x00\x00\x00"), "No copyright, use freely\x00"...)},
		{"wtpt", xyz(0.9642, 1, 0.8249)},
		{"rXYZ", xyz(0.4360747, 0.2225045, 0.0139322)},
		{"gXYZ", xyz(0.3850649, 0.7168786, 0.0971045)},
		{"bXYZ", xyz(0.1430804, 0.0606169, 0.7141733)},
		{"rTRC", curve}, {"gTRC", curve}, {"bTRC", curve},
	}
	const header = 128
	start := header + 4 + 12*len(tags)
	table := be.AppendUint32(nil, uint32(len(tags)))
	var body []byte
	at := 0
	for _, t := range tags {
		if t.name != "gTRC" && t.name != "bTRC" { // all three curves are one piece of data
			for len(body)%4 != 0 {
				body = append(body, 0)
			}
			at = start + len(body)
			body = append(body, t.data...)
		}
		table = append(table, t.name...)
		table = be.AppendUint32(table, uint32(at))
		table = be.AppendUint32(table, uint32(len(t.data)))
	}
	for len(body)%4 != 0 {
		body = append(body, 0)
	}
	head := make([]byte, header)
	be.PutUint32(head, uint32(start+len(body)))
	copy(head[8:], "\x02\x10\x00\x00mntrRGB XYZ ")
	for i, v := range []uint16{2026, 1, 1} { // date of the profile
		be.PutUint16(head[24+2*i:], v)
	}
	copy(head[36:], "acsp")
	copy(head[68:], xyz(0.9642, 1, 0.8249)[8:])
	return append(append(head, table...), body...)
}

// tone is the sRGB transfer curve as a table.
func tone() []byte {
	const steps = 1024
	b := binary.BigEndian.AppendUint32([]byte("curv\x00\x00\x00\x00"), steps)
	for i := range steps {
		v := float64(i) / (steps - 1)
		if v <= 0.04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		b = binary.BigEndian.AppendUint16(b, uint16(math.Round(v*0xFFFF)))
	}
	return b
}

func xyz(values ...float64) []byte {
	b := []byte("XYZ \x00\x00\x00\x00")
	for _, v := range values {
		b = binary.BigEndian.AppendUint32(b, uint32(int32(math.Round(v*0x10000))))
	}
	return b
}

func description(s string) []byte {
	b := binary.BigEndian.AppendUint32([]byte("desc\x00\x00\x00\x00"), uint32(len(s)+1))
	b = append(append(b, s...), 0)
	const otherScripts = 4 + 4 + 2 + 1 + 67 // empty Unicode and Macintosh names
	return append(b, make([]byte, otherScripts)...)
}
