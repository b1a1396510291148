package companies

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kompetansepilot/app/companies/companiestest"
	"kompetansepilot/app/reference"
)

// plainly reads a unit with encoding/json, the slow and plain way; ok is false
// when the bytes are no object.
func plainly(b []byte, resolve func(string) string) (u Unit, ok bool) {
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.UseNumber()
	var all map[string]any
	if dec.Decode(&all) != nil || all == nil {
		return u, false
	}
	text := func(from map[string]any, key string) string {
		s, _ := from[key].(string)
		return tidy(s)
	}
	object := func(key string) map[string]any {
		o, _ := all[key].(map[string]any)
		return o
	}
	first := func(keys ...string) string {
		for _, key := range keys {
			if s := text(all, key); s != "" {
				return s
			}
		}
		return ""
	}
	place := object("postadresse")
	for _, key := range []string{"forretningsadresse", "beliggenhetsadresse"} {
		if o := object(key); o != nil {
			place = o
		}
	}
	lines := []string{}
	switch street := place["adresse"].(type) {
	case []any:
		for _, line := range street {
			if s, ok := line.(string); ok && tidy(s) != "" {
				lines = append(lines, tidy(s))
			}
		}
	case string:
		for _, line := range strings.Split(street, "\n") {
			if tidy(line) != "" {
				lines = append(lines, tidy(line))
			}
		}
	}
	industry := object("naeringskode1")
	number, _ := all["organisasjonsnummer"].(string)
	_, sub := all["beliggenhetsadresse"].(map[string]any)
	class, _ := all["respons_klasse"].(string)
	form, _ := object("organisasjonsform")["kode"].(string)
	u = Unit{Number: number, Name: text(all, "navn"), Form: tidy(form), Parent: text(all, "overordnetEnhet"),
		Sub:               sub || class == "Underenhet" || form == "BEDR" || form == "AAFY",
		GivenMunicipality: text(place, "kommunenummer"), PostCode: text(place, "postnummer"), PostPlace: text(place, "poststed"), Street: strings.Join(lines, ", "),
		Industry: text(industry, "kode"), IndustryName: text(industry, "beskrivelse"),
		Website: text(all, "hjemmeside"), Email: text(all, "epostadresse"), Phone: first("telefon", "mobil"),
		Registered: text(all, "registreringsdatoEnhetsregisteret"), Founded: first("stiftelsesdato", "oppstartsdato"),
		Bankrupt: all["konkurs"] == true || text(all, "konkursdato") != "", BankruptOn: text(all, "konkursdato"),
		Dissolving: all["underAvvikling"] == true || all["underTvangsavviklingEllerTvangsopplosning"] == true,
		Deleted:    first("slettedato", "nedleggelsesdato"), Employees: EmployeesUnknown}
	u.Municipality = resolve(u.GivenMunicipality)
	u.Norm = map[string]string{"Bokmål": "nb", "Nynorsk": "nn"}[text(all, "maalform")]
	count, _ := all["antallAnsatte"].(json.Number)
	n, err := strconv.Atoi(count.String())
	told := err == nil && n >= 0 && len(count) <= 9
	has, said := all["harRegistrertAntallAnsatte"].(bool)
	switch {
	case said && !has:
		u.Employees = 0
	case said && !told:
		u.Employees = EmployeesWithheld
	case told && (said || n > 0):
		u.Employees = Employees(n)
	}
	return u, true
}

// scanned reads a unit as the loader does.
func scanned(b []byte, resolve func(string) string) (Unit, error) {
	s, r := scanner{b: b}, raw{}
	if c, err := s.space(); err != nil || c != '{' {
		return Unit{}, errSyntax
	}
	if err := s.unit(&r); err != nil {
		return Unit{}, err
	}
	u := r.unit(resolve)
	if r.number.kind != jsonString {
		u.Number = ""
	} else {
		u.Number = r.number.String()
	}
	return u, nil
}

func sameAsPlain(t interface {
	Helper()
	Fatalf(string, ...any)
}, b []byte, resolve func(string) string) {
	t.Helper()
	want, ok := plainly(b, resolve)
	got, err := scanned(b, resolve)
	if errors.Is(err, errSyntax) && strings.Contains(err.Error(), "too deep") {
		return
	}
	if ok && (err != nil || got != want) {
		t.Fatalf("%s\nscanned %+v, %v\nplainly %+v", b, got, err, want)
	}
}

// jsonValue is any JSON, written in any of the ways there are.
func jsonValue(depth int) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		kinds := 6
		if depth == 0 {
			kinds = 4
		}
		switch rapid.IntRange(0, kinds-1).Draw(t, "kind") {
		case 0:
			return jsonText(t)
		case 1:
			return rapid.SampledFrom([]string{"0", "4", "17", "-3", "1.5", "1e9", "999999999999"}).Draw(t, "number")
		case 2:
			return rapid.SampledFrom([]string{"true", "false", "null"}).Draw(t, "literal")
		case 3:
			return rapid.SampledFrom([]string{`"Nynorsk"`, `"3435"`, `"0515"`, `"AS"`, `"BEDR"`, `"2026-05-20"`, "[]", "{}"}).Draw(t, "known")
		case 4:
			return "[" + strings.Join(rapid.SliceOfN(jsonValue(depth-1), 0, 4).Draw(t, "array"), " ,\n") + "]"
		}
		return jsonObject(t, depth-1, []string{"kode", "beskrivelse", "kommunenummer", "adresse", "postnummer", "poststed", "x", ""})
	})
}

func jsonText(t *rapid.T) string {
	text := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{`a"b\c`, "æøå", "😀", "a\nb", "  x ", "{[", `\"`})).Draw(t, "text")
	raw, _ := json.Marshal(text)
	if rapid.Bool().Draw(t, "ascii") {
		raw = []byte(strconv.QuoteToASCII(text))
		if !json.Valid(raw) {
			raw, _ = json.Marshal(text)
		}
	}
	return string(raw)
}

func jsonObject(t *rapid.T, depth int, keys []string) string {
	var b strings.Builder
	b.WriteString("{")
	for i := range rapid.IntRange(0, 12).Draw(t, "members") {
		if i > 0 {
			b.WriteString(",")
		}
		key, _ := json.Marshal(rapid.SampledFrom(keys).Draw(t, "key"))
		space := rapid.SampledFrom([]string{"", " ", "\n\t"}).Draw(t, "space")
		fmt.Fprintf(&b, "%s%s%s:%s%s", space, key, space, space, jsonValue(depth).Draw(t, "value"))
	}
	b.WriteString(" }")
	return b.String()
}

var unitKeys = []string{"organisasjonsnummer", "navn", "organisasjonsform", "naeringskode1", "forretningsadresse", "beliggenhetsadresse", "postadresse",
	"antallAnsatte", "harRegistrertAntallAnsatte", "overordnetEnhet", "respons_klasse", "hjemmeside", "epostadresse", "telefon", "mobil", "maalform",
	"registreringsdatoEnhetsregisteret", "stiftelsesdato", "oppstartsdato", "slettedato", "nedleggelsesdato", "konkurs", "konkursdato", "underAvvikling",
	"underTvangsavviklingEllerTvangsopplosning", "historiskeNavn", "_links", "kapital"}

func TestScannerReadsLikeEncodingJSON(t *testing.T) {
	resolve := resolver(reference.Load())
	rapid.Check(t, func(t *rapid.T) { sameAsPlain(t, []byte(jsonObject(t, 3, unitKeys)), resolve) })
}

// TestScannerNeedsAllOfAUnit: a unit that is cut anywhere is never taken for a
// whole one.
func TestScannerNeedsAllOfAUnit(t *testing.T) {
	unit := []byte(companiestest.Company(companiestest.Number(1), `ØRNE \"SAG\" \\ AS`, "3435"))
	resolve := resolver(reference.Load())
	sameAsPlain(t, unit, resolve)
	for n := range unit {
		if _, err := scanned(unit[:n], resolve); n > 0 && !errors.Is(err, errShort) {
			t.Fatalf("cut at %d: %v", n, err)
		}
	}
}

func FuzzJSONUnit(f *testing.F) {
	number := companiestest.Number(1)
	for _, seed := range []string{companiestest.Company(number, "A", "3435"), companiestest.SoleProprietor(number, "B", "0515"),
		companiestest.Workplace(number, "C", "1813", number), companiestest.Deleted(number, "D"), companiestest.Removed(number),
		`{"navn":"\ud800","navn":"\u0000"}`, `{"forretningsadresse":{"adresse":["a",1,null]},"forretningsadresse":null}`, "{\"navn\":\"\xff\"}"} {
		f.Add([]byte(seed))
	}
	resolve := resolver(reference.Load())
	f.Fuzz(func(t *testing.T, b []byte) {
		if json.Valid(b) {
			sameAsPlain(t, b, resolve)
		} else {
			_, _ = scanned(b, resolve)
		}
	})
}

// readAll reads a file's units, and checks that reading ends.
func readAll(t *testing.T, path string, most int) (n int, err error) {
	t.Helper()
	bulk, err := openBulk(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer bulk.close()
	r, err := newUnitReader(context.Background(), bulk)
	if err != nil {
		return 0, err
	}
	var u raw
	for ; n <= most; n++ {
		if err := r.next(context.Background(), &u); err == io.EOF {
			return n, nil
		} else if err != nil {
			return n, err
		}
		u.unit(func(s string) string { return s })
		u.validNumber()
	}
	t.Fatalf("more than %d units", most)
	return n, nil
}

// fuzzFile lets a bulk reader read bytes as a file.
func fuzzFile(f *testing.F, seeds ...companiestest.Bulk) {
	for _, seed := range seeds {
		var b bytes.Buffer
		if err := seed.Write(&b); err != nil {
			f.Fatal(err)
		}
		f.Add(b.Bytes())
		f.Add(b.Bytes()[:b.Len()/2])
	}
	path := filepath.Join(f.TempDir(), "bulk")
	f.Fuzz(func(t *testing.T, b []byte) {
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		most := len(b) + 1
		if bytes.HasPrefix(b, []byte{0x1f, 0x8b}) {
			most = 1100 * (len(b) + 1) // as far as deflate packs
		}
		if _, err := readAll(t, path, most); err != nil && (errors.Is(err, errShort) || !strings.Contains(err.Error(), "som før")) {
			t.Errorf("no sentence: %v", err)
		}
	})
}

func FuzzBulkCSV(f *testing.F) {
	fuzzFile(f, companiestest.Bulk{Units: 3, CSV: true}, companiestest.Bulk{Units: 2, CSV: true, Sub: true})
}

func FuzzBulkJSON(f *testing.F) { fuzzFile(f, companiestest.Bulk{Units: 3}) }

func FuzzBulkGzip(f *testing.F) {
	fuzzFile(f, companiestest.Bulk{Units: 3, Gzip: true}, companiestest.Bulk{Units: 3, Gzip: true, CSV: true})
}

func TestCSVCells(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"a,b\n", "a|b"}, {`"a","b,c"` + "\r\n", "a|b,c"}, {`"a ""q""",""` + "\n", `a "q"|`}, {"\"line\nbreak\",x\n", "line break|x"}, {`"a"junk,b` + "\n", "a|b"}, {",\n", "|"},
	} {
		f := csvForm{comma: ','}
		var got []string
		used, err := f.cells([]byte(c.in+"rest"), false, func(_ int, p piece) { got = append(got, p.text()) })
		if err != nil || strings.Join(got, "|") != c.want || used != len(c.in) {
			t.Errorf("%q: %q, used %d, %v", c.in, got, used, err)
		}
	}
	f := csvForm{comma: ','}
	if _, err := f.cells([]byte("\"never closed,\nb\n"), true, func(int, piece) {}); !errors.Is(err, errShort) {
		t.Errorf("an open quote: %v", err)
	}
}
