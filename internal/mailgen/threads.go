package mailgen

import (
	"fmt"
	"strings"
	"time"
)

// hkdir is who gives the money; the address is made up.
func hkdir() party {
	return party{Name: "Direktoratet for høyere utdanning og kompetanse", Person: "Sakshandsamar Eli Tveit", Email: "postmottak@hkdir.example.no", Norm: "nn", Number: "974760673"}
}

// thread adds one thread. The shares are those of a coordinator's week
// (domain.md 3.2), as far as they are mail.
func (g *generator) thread() {
	switch n := g.r.IntN(100); {
	case n < 34:
		g.contact()
	case n < 52:
		g.enquiry()
	case n < 64:
		g.support()
	case n < 68:
		g.official()
	case n < 76:
		g.invitation()
	case n < 88:
		g.newsletter()
	case n < 95:
		g.bad()
	default:
		g.spoofed()
	}
}

// say takes the text of the receiver's or the sender's norm.
func say(norm, nb, nn string) string {
	if norm == "nn" {
		return nn
	}
	return nb
}

func (g *generator) ours(p party, text string) string {
	return say(p.Norm, "Hei, "+first(p.Person)+"!\n\n", "Hei, "+first(p.Person)+"!\n\n") + text + say(p.Norm,
		"\n\nVennlig hilsen\nKari Nordmann\nInnlandet fylkeskommune\nTelefon 000 30 100", "\n\nVenleg helsing\nKari Nordmann\nInnlandet fylkeskommune\nTelefon 000 30 100")
}

func (g *generator) theirs(p party, text string) string {
	sign := say(p.Norm, "\n\nMed vennlig hilsen\n", "\n\nMed venleg helsing\n") + p.Person + "\n" + p.Name
	if g.r.IntN(2) == 0 && p.Number != "" {
		sign += "\nOrg.nr. " + p.Number[:3] + " " + p.Number[3:6] + " " + p.Number[6:] + " MVA"
	}
	if p.Phone != "" {
		sign += "\nTlf. " + p.Phone
	}
	return "Hei!\n\n" + text + sign
}

func first(name string) string { name, _, _ = strings.Cut(name, " "); return name }

func (g *generator) contact() {
	p, t := g.pick(g.businesses), g.start()
	ask := g.add(&letter{kind: Contact, with: p, ours: true, date: t, subject: say(p.Norm, "Hva trenger dere å kunne?", "Kva treng de å kunne?"),
		text: g.ours(p, say(p.Norm, "Fylkeskommunen kartlegger hva små bedrifter trenger av kompetanse. Har dere tid til en samtale på tjue minutter?",
			"Fylkeskommunen kartlegg kva små bedrifter treng av kompetanse. Har de tid til ein samtale på tjue minutt?"))})
	if g.r.IntN(4) == 0 {
		g.away(ask)
	}
	if g.r.IntN(3) == 0 {
		return // no answer
	}
	due := g.moment(t, 9+g.r.IntN(20))
	reply := g.add(&letter{kind: Contact, with: p, date: g.moment(t, 1+g.r.IntN(5)), answers: ask, subject: g.re(p) + ask.subject, deadline: due.Format(time.DateOnly),
		text: g.theirs(p, g.choose(
			say(p.Norm, "Takk for henvendelsen. Vi trenger folk som kan lese tegninger og styre de nye maskinene, og vil gjerne ha kurset før sesongen. Kan dere gi svar senest ", "Takk for førespurnaden. Vi treng folk som kan lese teikningar og styre dei nye maskinene, og vil gjerne ha kurset før sesongen. Kan de gi svar seinast "),
			say(p.Norm, "Det passer godt. Tre hos oss vil ta fagbrev, og to trenger norsk på arbeidsplassen. Hva koster det, og når er påmeldingsfristen? Vi må melde tilbake til styret innen ", "Det passar godt. Tre hos oss vil ta fagbrev, og to treng norsk på arbeidsplassen. Kva kostar det, og når er påmeldingsfristen? Vi må melde tilbake til styret innan "))+g.day(due)+".")})
	if g.r.IntN(3) > 0 {
		g.add(&letter{kind: Contact, with: p, ours: true, date: g.moment(reply.date, 1+g.r.IntN(4)), answers: reply, subject: g.re(p) + ask.subject,
			text: g.ours(p, say(p.Norm, "Takk for godt svar. Vi undersøker hos fagskolen og kommer tilbake.", "Takk for godt svar. Vi undersøkjer hos fagskulen og kjem tilbake."))})
	}
}

func (g *generator) re(p party) string {
	if g.r.IntN(4) == 0 {
		return "Re: "
	}
	return say(p.Norm, "SV: ", "Sv: ")
}

// day is a date as people write it.
func (g *generator) day(t time.Time) string {
	months := [...]string{"januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "desember"}
	switch g.r.IntN(4) {
	case 0:
		return fmt.Sprintf("%d. %s", t.Day(), months[t.Month()-1])
	case 1:
		return fmt.Sprintf("%d. %s %d", t.Day(), months[t.Month()-1], t.Year())
	case 2:
		return t.Format("02.01.2006")
	}
	return t.Format("2.1.2006") + " kl. 15"
}

func (g *generator) enquiry() {
	p, t := g.pick(g.providers), g.start()
	topic := g.choose("CNC-styring", "digital tegning", "norsk på arbeidsplassen", "økonomi for små bedrifter", "fagbrev for voksne")
	ask := g.add(&letter{kind: Enquiry, with: p, ours: true, date: t, subject: say(p.Norm, "Forespørsel om kurs: ", "Førespurnad om kurs: ") + topic,
		text: g.ours(p, say(p.Norm, "Fem bedrifter trenger det samme kurset. Kan dere gi et tilbud med pris, form og tid innen ", "Fem bedrifter treng det same kurset. Kan de gi eit tilbod med pris, form og tid innan ")+g.day(g.moment(t, 21))+"?")})
	if g.r.IntN(4) == 0 {
		return
	}
	price := int64(60+g.r.IntN(300)) * 1000
	due := g.moment(t, 40)
	g.add(&letter{kind: Enquiry, with: p, date: g.moment(t, 3+g.r.IntN(15)), answers: ask, subject: g.re(p) + ask.subject, deadline: due.Format(time.DateOnly),
		files: []file{{say(p.Norm, "Tilbud – "+topic+".pdf", "Tilbod – "+topic+".pdf"), "application/pdf", topic}},
		text: g.theirs(p, fmt.Sprintf(say(p.Norm, "Vi kan holde kurset for 12 deltakere, samlet pris kr %s. Tilbudet ligger ved. Gi beskjed senest %s om dere vil ha det.",
			"Vi kan halde kurset for 12 deltakarar, samla pris kr %s. Tilbodet ligg ved. Gi melding seinast %s om de vil ha det."), grouped(price), g.day(due)))})
}

func grouped(n int64) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + " " + s[i:]
	}
	return s
}

func (g *generator) support() {
	p, t := g.pick(g.businesses), g.start()
	due := g.moment(t, 14)
	ask := g.add(&letter{kind: Support, with: p, ours: true, date: t, subject: say(p.Norm, "Kan dere støtte søknaden?", "Kan de støtte søknaden?"),
		text: g.ours(p, say(p.Norm, "Kan dere sende et kort støttebrev senest ", "Kan de sende eit kort støttebrev seinast ")+g.day(due)+"?")})
	if g.r.IntN(4) == 0 {
		return
	}
	g.add(&letter{kind: Support, with: p, date: g.moment(t, 2+g.r.IntN(10)), answers: ask, subject: g.re(p) + ask.subject,
		files: []file{{say(p.Norm, "Støttebrev ", "Stønadsbrev ") + p.Name + ".pdf", "application/pdf", "Vi støttar søknaden."}},
		text:  g.theirs(p, fmt.Sprintf(say(p.Norm, "Støttebrevet ligger ved. Vi bidrar med kr %s i egne timer.", "Støttebrevet ligg ved. Vi bidreg med kr %s i eigne timar."), grouped(int64(10+g.r.IntN(90))*1000)))})
}

func (g *generator) official() {
	p, t := hkdir(), g.start()
	number := fmt.Sprintf("%d/%d", t.Year(), 1000+g.r.IntN(9000))
	due := t.AddDate(0, 0, 21)
	if g.r.IntN(5) == 0 {
		g.add(&letter{kind: Refusal, with: p, date: t, subject: "Avslag på søknad om tilskot – " + number,
			files: []file{{"Avslagsbrev.pdf", "application/pdf", "Avslag"}},
			text:  g.theirs(p, "Vi viser til søknaden dykkar. Søknaden er ikkje innvilga, fordi ramma er brukt opp. De kan klage på vedtaket innan tre veker.\n\nVår ref. "+number)})
		return
	}
	award := g.add(&letter{kind: Award, with: p, date: t, subject: "Tilsagn om tilskot – Kompetansepiloter – " + number, deadline: due.Format(time.DateOnly),
		files: []file{{"Tilsagnsbrev.pdf", "application/pdf", "Tilsagn"}},
		text: g.theirs(p, fmt.Sprintf("Vi viser til søknaden dykkar. Direktoratet har vedteke å gi Innlandet fylkeskommune eit tilskot på kr %s til prosjektet.\n\nDe må godta tilsagnet skriftleg innan tre veker. Ver venleg og bruk saksnummeret %s i all kontakt.",
			grouped(int64(900+g.r.IntN(3500))*1000), number))})
	report := g.moment(t, 200)
	g.add(&letter{kind: Report, with: p, date: g.moment(t, 150), answers: award, subject: "Rapport og rekneskap – " + number, deadline: report.Format(time.DateOnly),
		text: g.theirs(p, "Vi minner om at rapporten med rekneskap skal vere hos oss innan "+report.Format("02.01.2006")+". Utan rapport kan vi ikkje betale ut resten.\n\nSaksnummer: "+number)})
}

func (g *generator) invitation() {
	p, t := g.pick(g.providers), g.start()
	at := g.moment(t, 10+g.r.IntN(20))
	ics := fmt.Sprintf("BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:%d@%s\r\nDTSTART:%s\r\nDTEND:%s\r\nSUMMARY:Dialogmøte om kompetanse\r\nLOCATION:Teams\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
		g.r.Uint32(), domainOf(p.Email), at.Format("20060102T150000Z"), at.Add(time.Hour).Format("20060102T150000Z"))
	g.add(&letter{kind: Invitation, with: p, date: t, subject: say(p.Norm, "Invitasjon: dialogmøte om kompetanse", "Invitasjon: dialogmøte om kompetanse"),
		files: []file{{"invite.ics", "text/calendar; method=REQUEST", ics}},
		text:  g.theirs(p, say(p.Norm, "Vi inviterer til dialogmøte på Teams ", "Vi inviterer til dialogmøte på Teams ")+at.Format("02.01.2006")+" kl. "+at.Format("15.04")+".")})
}

func (g *generator) newsletter() {
	p := party{Name: "Næringsnytt", Person: "Næringsnytt", Email: "nytt@naeringsnytt.example.com", Norm: g.choose("nb", "nn")}
	g.add(&letter{kind: Newsletter, with: p, date: g.start(), subject: g.choose("Ukens nyheter for distriktene", "Ti råd om rekruttering", "Siste frist: meld deg på konferansen"),
		headers: []string{"List-Id: Nyheter <nytt.naeringsnytt.example.com>", "List-Unsubscribe: <https://naeringsnytt.example.com/av>", "Precedence: bulk"},
		text:    "Konferansen for hele landet\n\nMeld deg på innen 1. mai og spar 500 kroner.\n\nLes mer på https://naeringsnytt.example.com/les\n\nDu får denne e-posten fordi du har meldt deg på."})
}

func (g *generator) away(to *letter) {
	g.add(&letter{kind: Away, with: to.with, date: to.date.Add(time.Minute), answers: to, subject: say(to.with.Norm, "Fraværsmelding: ", "Fråværsmelding: ") + to.subject,
		headers: []string{"Auto-Submitted: auto-replied", "X-Auto-Response-Suppress: All"},
		text:    say(to.with.Norm, "Jeg er på ferie og er tilbake mandag.", "Eg er på ferie og er attende måndag.")})
	to.answered = false
}

// spoofed is mail that says it comes from somebody else.
func (g *generator) spoofed() {
	p := hkdir()
	p.Person = "Direktoratet <" + p.Email + ">"
	p.Email, p.Number = "svar@konto-oppdatering.example.org", ""
	g.add(&letter{kind: Spoofed, with: p, date: g.start(), subject: "Utbetaling av tilskudd venter – bekreft kontonummer",
		headers: []string{"Authentication-Results: mx.innlandet.example.no; dmarc=fail header.from=hkdir.example.no", "Reply-To: kasse@elders.example.org"},
		text:    "Utbetalingen på kr 450 000 er stanset. Bekreft kontonummeret innen 24 timer: http://konto-oppdatering.example.org/bekreft"})
}

// bad is mail that breaks the rules of the form, as real mail does.
func (g *generator) bad() {
	p := g.pick(g.businesses)
	g.add(&letter{kind: Bad, with: p, date: g.start(), subject: say(p.Norm, "Spørsmål om blåbær og støtte", "Spørsmål om blåbær og stønad"),
		text: g.theirs(p, say(p.Norm, "Finnes det støtte til et kurs i å dyrke blåbær?", "Finst det stønad til eit kurs i å dyrke blåbær?"))})
}
