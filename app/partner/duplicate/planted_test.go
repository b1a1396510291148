package duplicate

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// planted is a register made from a seed: businesses as they are, neighbours
// that are easily taken for each other, and pairs that are one.
type planted struct {
	random *rand.Rand
	all    []data.Organisation
	pairs  map[[2]string]string // both ids -> how the second was made
	number int
}

// plant makes a register of about n, of which one in forty is there twice.
func plant(seed uint64, n int) *planted {
	p := &planted{random: rand.New(rand.NewPCG(seed, 7)), pairs: map[[2]string]string{}}
	for len(p.all) < n {
		o := p.business()
		p.add(o)
		switch p.random.IntN(40) {
		case 0:
			p.twin(o)
		case 1: // a sister with the same telephone and e-mail, and a number of its own
			s := o
			s.Name, s.OrgNumber = strings.Fields(o.Name)[0]+" "+pick(p.random, trades)+" AS", p.next()
			p.add(s)
		case 2: // a branch of a chain elsewhere
			s := p.business()
			s.Name = o.Name
			p.add(s)
		case 3: // the next department
			for i := range 3 {
				s := p.business()
				s.Name, s.Municipality = fmt.Sprintf("%s avd %d", o.Name, i+1), o.Municipality
				p.add(s)
			}
		}
	}
	return p
}

func (p *planted) add(o data.Organisation) string {
	o.ID = fmt.Sprintf("%08d", len(p.all))
	p.all = append(p.all, o)
	return o.ID
}

// next is a number with the right check digit.
func (p *planted) next() string {
	for {
		p.number++
		first := fmt.Sprintf("%08d", 80_000_000+p.number*7)
		for digit := range 10 {
			if number := first + fmt.Sprint(digit); reference.ValidOrgNumber(number) {
				return number
			}
		}
	}
}

func (p *planted) business() data.Organisation {
	r := p.random
	name := pick(r, firsts) + pick(r, lasts)
	switch r.IntN(4) {
	case 0:
		name += " " + pick(r, trades)
	case 1:
		name += " og " + pick(r, firsts) + pick(r, lasts) + " " + pick(r, trades)
	case 2:
		name = pick(r, firsts) + pick(r, lasts) + " " + name
	default:
		name += " " + pick(r, trades) + " og " + strings.ToLower(pick(r, trades))
	}
	o := data.Organisation{OrganisationOf: data.OrganisationBusiness, Name: name + pick(r, forms), Municipality: fmt.Sprint(3401 + r.IntN(50)),
		OrgNumber: p.next(), Phone: fmt.Sprintf("%d", 20_000_000+r.IntN(79_000_000))}
	host := strings.ToLower(strings.NewReplacer(" ", "", "ø", "o", "å", "a", "æ", "ae").Replace(name)) + fmt.Sprint(r.IntN(1000)) + ".no"
	switch r.IntN(3) {
	case 0:
		o.Email, o.Website = "post@"+host, "https://www."+host+"/om-oss"
	case 1:
		o.Email = fmt.Sprintf("navn%d@gmail.com", r.IntN(1_000_000_000))
	}
	if r.IntN(12) == 0 {
		o.OrgNumber = ""
	}
	return o
}

// twin adds a second record of o, as people make them.
func (p *planted) twin(o data.Organisation) {
	s, r := o, p.random
	s.OrgNumber, s.Website = "", ""
	how := ""
	switch r.IntN(8) {
	case 0:
		how = "another spelling"
		s.Name = strings.ToUpper(strings.NewReplacer(" AS", " A/S", "ø", "o", "å", "aa", "æ", "ae", " og ", " & ").Replace(o.Name))
	case 1:
		how = "a slip, same place"
		s.Name, s.Phone, s.Email = p.slip(o.Name), "", ""
	case 2:
		how = "a slip, place unknown, same phone"
		s.Name, s.Municipality = p.slip(o.Name), ""
		s.Phone = "+47 " + o.Phone[:2] + " " + o.Phone[2:4] + " " + o.Phone[4:6] + " " + o.Phone[6:]
	case 3:
		how = "two slips in a long word"
		s.Name = strings.Replace(o.Name, "erksted", "ersked", 1)
		if s.Name == o.Name {
			s.Name = p.slip(o.Name)
		}
	case 4:
		how = "shorter name, same phone and e-mail"
		if o.Email == "" {
			o.Email = fmt.Sprintf("felles%d@example.no", len(p.all))
			p.all[len(p.all)-1].Email = o.Email
		}
		words := strings.Fields(o.Name)
		s.Name, s.Email = words[0]+" "+words[1], strings.ToUpper(o.Email)
		if strings.EqualFold(words[1], "og") {
			s.Name = words[0] + " " + words[2]
		}
	case 5:
		how = "same number, name of before"
		if o.OrgNumber == "" {
			o.OrgNumber = p.next()
			p.all[len(p.all)-1].OrgNumber = o.OrgNumber
		}
		s.Name, s.OrgNumber, s.Phone = "Nye "+pick(r, firsts)+pick(r, lasts), o.OrgNumber[:3]+" "+o.OrgNumber[3:6]+" "+o.OrgNumber[6:], ""
	case 6:
		how = "a slip in the number"
		if o.OrgNumber == "" {
			o.OrgNumber = p.next()
			p.all[len(p.all)-1].OrgNumber = o.OrgNumber
		}
		b := []byte(o.OrgNumber)
		b[4] = '0' + (b[4]-'0'+1)%10
		s.OrgNumber, s.Municipality, s.Phone = string(b), "", ""
	default:
		how = "words in another order"
		words := strings.Fields(strings.NewReplacer(" AS", "", " DA", "", " ENK", "", " og ", " ").Replace(o.Name))
		words = append(words[1:], words[0])
		s.Name, s.Phone = strings.Join(words, " "), ""
	}
	first := p.all[len(p.all)-1].ID
	p.pairs[[2]string{first, p.add(s)}] = how
}

// slip makes one error in typing in the longest word.
func (p *planted) slip(name string) string {
	words := strings.Fields(name)
	longest := 0
	for i, w := range words {
		if len(w) > len(words[longest]) {
			longest = i
		}
	}
	w := []rune(words[longest])
	i := 1 + p.random.IntN(len(w)-2)
	switch p.random.IntN(4) {
	case 0:
		w = append(w[:i], w[i+1:]...)
	case 1:
		w[i], w[i+1] = w[i+1], w[i]
	case 2:
		w[i] = 'q'
	default:
		w = append(w[:i], append([]rune{w[i-1]}, w[i:]...)...)
	}
	words[longest] = string(w)
	return strings.Join(words, " ")
}

func pick(r *rand.Rand, from []string) string { return from[r.IntN(len(from))] }

var (
	firsts = strings.Fields("Få Lille Øy Nord Sør Kvit Svart Lang Brei Stor Tre Gran Furu Bjørk Ask Eik Hegg Or Selje Rogn Stein Berg Fjell Dal Elv Foss Vik Nes Haug Myr Mo Li Sol Måne Stjerne Snø Is Regn Vind Hav Fisk Laks Aure Elg Rein Bjørne Ulve Reve Gaupe Ørne Hauke Falke Ugle Kråke Skjære Trost Meis Spurv Svale Tyr Odin Frøy Balder Brage Njord")
	lasts  = strings.Fields("vang berg dal haugen moen stad sletta bakken lien åsen myra neset vika sundet fossen elva tjern vannet fjellet toppen kollen knatten hytta garden tunet bøen rud by heim land mark skogen holtet lunden hagen åkeren enga setra volden stua huset verket")
	trades = strings.Fields("Bygg Trelast Sag Mekaniske Transport Regnskap Bakeri Hotell Gjestegård Camping Rør Elektro Maskin Skogsdrift Møbler Eiendom Fjellstue Landbruk Gartneri Bilverksted Slakteri Ysteri Bryggeri Kafé")
	forms  = []string{" AS", " AS", " AS", " DA", " ENK", ""}
)
