// Package companiestest makes bulk files of the company register, with the shapes
// of real ones and names that nobody has, and serves the register's answers, good
// and bad.
package companiestest

import (
	"bufio"
	"compress/gzip"
	"io"
	"math/rand/v2"
	"strconv"
	"strings"

	"kompetansepilot/app/reference"
)

// Bulk says what a bulk file holds.
type Bulk struct {
	Units int
	Seed  uint64
	CSV   bool
	Gzip  bool
	Sub   bool // sub-units instead of main units
}

// Write writes a bulk file. The same Bulk gives the same file.
func (b Bulk) Write(w io.Writer) error {
	if b.Gzip {
		packed := gzip.NewWriter(w)
		if err := b.write(packed); err != nil {
			return err
		}
		return packed.Close()
	}
	return b.write(w)
}

func (b Bulk) write(to io.Writer) error {
	w := bufio.NewWriterSize(to, 1<<20)
	m := newMaker(b)
	if b.CSV {
		w.WriteString(csvHead(b.Sub))
	} else {
		w.WriteString("[")
	}
	line := make([]byte, 0, 8<<10)
	for i := range b.Units {
		u := m.unit(i)
		line = line[:0]
		if b.CSV {
			line = append(u.appendCSV(line), '\n')
		} else {
			if i > 0 {
				line = append(line, ',')
			}
			line = append(u.appendJSON(append(line, '\n')), ' ')
		}
		if _, err := w.Write(line); err != nil {
			return err
		}
	}
	if !b.CSV {
		w.WriteString("\n]\n")
	}
	return w.Flush()
}

// Number is organisation number i: nine digits with the right check digit.
func Number(i int) string {
	for n := 80_000_000 + int64(i)*15; ; n++ {
		eight := strconv.FormatInt(n, 10)
		sum := 0
		for j, weight := range [8]int{3, 2, 7, 6, 5, 4, 3, 2} {
			sum += weight * int(eight[j]-'0')
		}
		if control := (11 - sum%11) % 11; control != 10 {
			return eight + strconv.Itoa(control)
		}
	}
}

type maker struct {
	r      *rand.Rand
	sub    bool
	places []reference.Municipality
	until  []int // populations added up
}

func newMaker(b Bulk) *maker {
	m := &maker{r: rand.New(rand.NewPCG(b.Seed, 4)), sub: b.Sub, places: reference.Load().Municipalities()}
	sum := 0
	for _, p := range m.places {
		sum += p.Population
		m.until = append(m.until, sum)
	}
	return m
}

// made is a unit that was made up.
type made struct {
	number, name, form, formName, parent    string
	place                                   reference.Municipality
	street, postCode                        string
	industry, industryName                  string
	employees                               int // -1 when it is not told
	hasEmployees                            bool
	website, email, phone                   string
	nynorsk, bankrupt, dissolving, vat, sub bool
	registered, founded                     string
	purpose                                 []string
	former                                  string
	shares                                  int
}

func (m *maker) pick(from []string) string { return from[m.r.IntN(len(from))] }

func (m *maker) unit(i int) made {
	u := made{number: Number(i), employees: -1, sub: m.sub}
	at := m.r.IntN(m.until[len(m.until)-1])
	low, high := 0, len(m.until)-1
	for low < high {
		if mid := (low + high) / 2; m.until[mid] <= at {
			low = mid + 1
		} else {
			high = mid
		}
	}
	u.place = m.places[low]
	u.form, u.formName = m.form()
	u.name = m.name(u.form)
	kind := industries[m.r.IntN(len(industries))]
	u.industry, u.industryName = kind[0], kind[1]
	if m.r.IntN(100) < 32 {
		u.hasEmployees = true
		if n := int(3 / (0.01 + m.r.Float64())); n >= 5 { // most are small
			u.employees = n
		}
	}
	u.street = m.pick(streets) + " " + strconv.Itoa(1+m.r.IntN(120))
	u.postCode = strconv.Itoa(10000 + m.r.IntN(9999))[1:]
	slug := slugOf(u.name)
	if m.r.IntN(3) == 0 {
		u.website = "www." + slug + ".example.no"
	}
	if m.r.IntN(2) == 0 {
		u.email = "post@" + slug + ".example.no"
	}
	if m.r.IntN(3) == 0 {
		u.phone = strconv.Itoa(100+m.r.IntN(99)) + " 00 " + strconv.Itoa(100+m.r.IntN(899))
	}
	u.nynorsk = u.place.Norm == reference.NormNynorsk
	u.bankrupt, u.dissolving, u.vat = m.r.IntN(150) == 0, m.r.IntN(120) == 0, m.r.IntN(2) == 0
	u.registered = m.date()
	u.founded = m.date()
	if m.sub {
		u.parent = Number(m.r.IntN(1 + i))
		u.bankrupt, u.dissolving = false, false // only a main unit can be
	}
	if m.sub || u.form == "ENK" {
		return u
	}
	for range 1 + m.r.IntN(3) {
		line := m.pick(purposes)
		for range m.r.IntN(7) {
			line += " " + strings.ToLower(m.pick(fronts)+m.pick(backs))
		}
		u.purpose = append(u.purpose, line)
	}
	if m.r.IntN(6) == 0 {
		u.former = m.name(u.form)
	}
	u.shares = 30 * (1 + m.r.IntN(400))
	return u
}

func (m *maker) form() (code, name string) {
	if m.sub {
		return "BEDR", "Underenhet til næringsdrivende og offentlig forvaltning"
	}
	switch n := m.r.IntN(100); {
	case n < 42:
		return "ENK", "Enkeltpersonforetak"
	case n < 82:
		return "AS", "Aksjeselskap"
	case n < 92:
		return "FLI", "Forening/lag/innretning"
	case n < 95:
		return "NUF", "Norskregistrert utenlandsk foretak"
	case n < 97:
		return "DA", "Ansvarlig selskap med delt ansvar"
	}
	return "STI", "Stiftelse"
}

func (m *maker) name(form string) string {
	var b strings.Builder
	switch m.r.IntN(3) {
	case 0:
		b.WriteString(m.pick(fronts))
		b.WriteString(m.pick(backs))
	case 1:
		b.WriteString(m.surname())
	default:
		b.WriteString(m.pick(fronts))
	}
	b.WriteByte(' ')
	b.WriteString(m.pick(fronts))
	b.WriteString(m.pick(backs))
	if m.r.IntN(3) == 0 {
		b.WriteByte(' ')
		b.WriteString(m.pick(trades))
	}
	if form == "AS" || form == "DA" {
		b.WriteString(" " + form)
	}
	return b.String()
}

// surname is a name that looks like one, so that there are as many different
// words as in the real register.
func (m *maker) surname() string {
	name := ""
	for range 2 + m.r.IntN(2) {
		name += m.pick(syllables)
	}
	return name + m.pick(endings)
}

func (m *maker) date() string {
	return strconv.Itoa(1995+m.r.IntN(31)) + "-" + twoDigits(1+m.r.IntN(12)) + "-" + twoDigits(1+m.r.IntN(28))
}

func twoDigits(n int) string { return strconv.Itoa(100 + n)[1:] }

func slugOf(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return -1
	}, name)
}

var (
	fronts = []string{"FJELL", "DAL", "BERG", "VIK", "ØST", "NORD", "SØR", "VEST", "SOL", "SKOG", "ELVE", "SJØ", "GRAN", "FURU", "BJØRKE", "STEIN",
		"HAUG", "NES", "LUND", "ÅS", "MO", "ØY", "STRAND", "HAV", "KYST", "BRU", "MYR", "TUN", "GARDS", "BYGDE", "HEI", "VATN", "VANGS", "LAKSE",
		"TØMMER", "ULVE", "ØRNE", "RÅDYR", "KVITE", "BLÅ", "GAMLE", "NYE", "ØVRE", "NEDRE", "STOR", "LITLE", "TRÆNA", "HÆGE", "SÆTER", "LØKEN"}
	backs = []string{"HOTELL", "BYGG", "TRE", "SAG", "MEKANISKE", "TRANSPORT", "REGNSKAP", "EIENDOM", "KAFÉ", "MAT", "FISK", "SKOLE", "BARNEHAGE",
		"FORENING", "LAG", "KLUBB", "INVEST", "HOLDING", "SERVICE", "DESIGN", "RØR", "ELEKTRO", "DATA", "MALER", "MUR", "GARTNERI", "BAKERI", "STUDIO",
		"PRODUKTER", "MØBEL", "VERKSTED", "LANDBRUK", "REISER", "TURISTHEIM", "SENTER", "HANDEL", "MASKIN", "ENTREPRENØR", "TERAPI", "KONSULT"}
	trades    = []string{"INVEST", "HOLDING", "EIENDOM", "GRUPPEN", "NORGE", "INNLANDET", "DRIFT", "UTLEIE", "RÅDGIVNING", "& SØNNER", "1", "2", "3"}
	streets   = []string{"Storgata", "Kirkevegen", "Industrivegen", "Fjellvegen", "Postboks", "Strandgata", "Øvre Bergsveg", "Skolevegen", "Åsvegen", "Nygårdsvegen"}
	syllables = strings.Fields("KLE ME TOR BJØR ODD GUN EIN AS LAK ROG HEL SIG RAN VE TE NOR MUN KRI SØL FRE HÅ GRA STO BRE SKJE TRY FLO REI DAG ULV")
	endings   = strings.Fields("SRUD STAD LI SEN DAL VIK HEIM SET BØ NES RØD VOLL TVEIT MOEN HAUG")
	purposes  = []string{
		"Drift av virksomhet innen handel og tjenester, og det som naturlig", "faller sammen med dette, herunder å delta i andre selskaper med",
		"liknende formål.", "Kjøp, salg og utleie av fast eiendom, verdipapirer og annen løsøre.", "Å drive overnatting, servering og opplevelser for reisende i bygda.",
		"Produksjon og salg av trevarer, herunder \\\"massivtre\\\" og andre varer", "Rådgivning, prosjektledelse og opplæring for næringsliv og det offentlige.",
	}
	industries = [][2]string{
		{"01.500", "Kombinert husdyrhold og planteproduksjon"}, {"16.110", "Saging og høvling av tre"}, {"41.000", "Oppføring av bygninger"},
		{"43.210", "Elektrisk installasjonsarbeid"}, {"43.320", "Snekkerarbeid"}, {"47.110", "Butikkhandel med bredt vareutvalg"}, {"49.410", "Godstransport på vei"},
		{"55.101", "Drift av hoteller, pensjonater og moteller med restaurant"}, {"55.102", "Drift av hoteller, pensjonater og moteller uten restaurant"},
		{"56.110", "Drift av restauranter og kafeer"}, {"62.100", "Programmeringstjenester"}, {"64.210", "Holdingselskaper"}, {"68.200", "Utleie av egen eller leid fast eiendom"},
		{"69.200", "Regnskap, revisjon og skatterådgivning"}, {"70.200", "Bedriftsrådgivning"}, {"85.510", "Undervisning innen idrett og rekreasjon"},
		{"86.950", "Fysioterapi og ergoterapi"}, {"88.910", "Barnehager"}, {"90.200", "Utøvende kunstnere"}, {"93.120", "Idrettslag og -klubber"},
		{"94.990", "Aktiviteter i andre interesseorganisasjoner"}, {"96.210", "Frisering"},
	}
)
