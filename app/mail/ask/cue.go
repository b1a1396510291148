package ask

import (
	"strconv"
	"strings"
	"time"

	"kompetansepilot/internal/lazyregexp"
)

var (
	// What stands just before a day.
	strongBy = lazyregexp.New(`\b(senest|seinast|innen|innan|frist(?:en)?:?|frist er|[a-zæøå]*frist(?:en)?:?(?: er)?)[\s:]+(?:i løpet av\s+|utgangen av\s+)?(?:den\s+|på\s+|dagen\s+|og med\s+)?$`)
	before   = lazyregexp.New(`\b(før)\s+(?:den\s+|utgangen av\s+)?$`)
	until    = lazyregexp.New(`\b(til og med|t\.o\.m\.?|fram til|frem til|til)\s+(?:den\s+)?$`)
	openTo   = lazyregexp.New(`\b(gjelder|gjeld|står ope|står åpent|ope|åpent|held ope|holder åpent|påmelding|forlenget|forlenga|utsatt|utsett)\b`)
	notCue   = lazyregexp.New(`\b(fra|frå|siden|sidan|etter|per|pr\.?|datert|av|født|fødd|sist|tidligst|tidlegast|i fjor|(?:ikke|ikkje) før)\s*(?:den\s*)?$`)
	fromCue  = lazyregexp.New(`\b(fra|frå)\s+\S+\s+`)

	limit     = lazyregexp.New(`(frist\b|fristen\b|fristane\b|fristene\b|frister\b)`)
	wants     = lazyregexp.New(`(\bmå\s|\b(?:skal|ber|svar|svaret|tilbakemelding|melding|kan vi få|kan de|kan dere|kan du|treng|trenger|ønsker|ønskjer|send|lever|returner|returneres|vennligst|gi)\b)`)
	pastLimit = lazyregexp.New(`(gikk ut|gjekk ut|har gått ut|utløp\b|frist(?:en)? var|(?:ble|blei|vart) (?:holdt|halde|halden|avholdt|arrangert))`)
	gathering = lazyregexp.New(`(møte\b|møtet\b|møtes\b|møtast\b|sees\b|sjåast\b|\bsamling|befaring|\bteams\b|workshop|seminar|konferanse|fagdag|\bkurset\b|\bkurs\b|innkalling|webinar|dialogmøte)`)
	away      = lazyregexp.New(`\b(ferie|ferien|permisjon|ute av kontoret|tilbake på|attende på|fraværsmelding|borte|stengt|stengd)\b`)
	promises  = lazyregexp.New(`\b(?:vi|jeg|eg|me)\s+(?:svarer|svarar|sender|leverer|ringer|ringjer|kommer tilbake|kjem (?:attende|tilbake)|(?:skal|vil) (?:sende|svare|levere|ringe|ringje|gi|gje|kome|komme))\b|\b(?:ringer|ringjer|sender|svarer|svarar|leverer)\s+(?:jeg|vi|eg|me)\b`)

	conditional = lazyregexp.New(`\b(hvis|viss|dersom|om vi|om de|om dere|når|søker|søkjer|søke|søkje|søkt|håper|håpar|venter på|ventar på|forventer|ikke|ikkje)\b.*\b(tilsagn|tilskudd|tilskot|støtte|stønad|innvilg\w*|tildel\w*|avslått|avslag|får|gi|gir)\b|\b(tilsagn|tilskudd|tilskot|innvilg\w*|tildelt)\b.*\b(dersom|hvis|viss)\b`)
	supposed    = lazyregexp.New(`\b(hvis|viss|dersom|om vi|om de|om dere|når|unngå)\b`)
	award       = lazyregexp.New(`\b(tilsagn (?:om|på)\b|innvilget\b|innvilga\b|innvilge[r]?\b|innvilgar\b|tildelt\b|tildelte\b|tildeler\b|gir (?:dere |dykk )?(?:et |eit )?(?:tilsagn|tilskudd|tilskot)|vedtatt å gi|vedteke å gi|har løyvd|gitt (?:tilskot|tilskudd|stønad|støtte)|får\b.{1,40}\bi (?:støtte|tilskudd|tilskot|stønad))`)
	refusal     = lazyregexp.New(`(\bavslag på søknad|\b(?:gir|gjev|får|fått|er) (?:et |eit )?avslag(?: på søknad\w*)?[.! ]*$|\b(?:gir|gjev|får|fått) (?:et |eit )?avslag på\b|avslått|\bavslår|\b(?:ikke|ikkje) (?:innvilget|innvilga|nådd opp|prioritert|prioritera|fått tilslag)|(?:diverre|dessverre) (?:ikkje|ikke) (?:gi|gje|innvilge|innvilga|støtte)\b|(?:ikke|ikkje) (?:tatt|teke) til følge)`)
	paid        = lazyregexp.New(`\b(?:er|blir|bli|ble|blei|vart|vert|har)(?: i dag| no| nå)? (?:utbetalt|utbetalte|utbetala|overført|overførd|betalt ut)\b`)
	putIn       = lazyregexp.New(`(\bbidrar\b|\bbidreg\b|\bbidra\b|stiller med|\bgår inn med|\bskyt inn|\bskyter inn|egeninnsats|eigeninnsats|medfinansier|egne timer|eigne timar)`)
	request     = lazyregexp.New(`(^\s*(?:[-•*]\s*)?(?:send|gi|gje|fyll ut|lag|bekreft|stadfest|oppgi|oppgje|husk å|hugs å|last opp|meld|svar|signer|returner)\b|vennligst|\bver (?:venleg|vennleg|snill) (?:og|å)\b|\b(?:vi|jeg|eg|me) ber\b|\bber (?:vi|eg|jeg|me|om at|dykk|dere)\b|\b(?:dere|de|du|dykk) (?:må|bør|skal) (?:sende|levere|laste|melde|gi|gje|oppgi|oppgje|fylle|signere|betale|rapportere|oppdatere|svare|bekrefte|stadfeste|gjere|gjøre|godta|akseptere|ettersende|dokumentere)|\bmå (?:dere|de|du) (?:sende|levere|laste|melde|gi|gje|oppgi|fylle|signere|rapportere|oppdatere|svare|bekrefte|stadfeste)|\b(?:vi|eg|jeg|me) (?:trenger|treng|ønsker|ønskjer|mangler|manglar|venter på|ventar på) (?:en |ein |eit |et |ei )?(?:\p{L}+ )?(?:bekreftelse|stadfesting|svar|tilbakemelding|dokumentasjon|oversikt|signatur|godkjenning)\b)`)
	caseNumber  = lazyregexp.New(`\b(20\d{2})/(\d{1,6})(?:-\d+)?\b`)
	caseWord    = lazyregexp.New(`(\bsak\b|saksnr\.?|saksnummer\w*|sak\.?nr\.?|\bref\b\.?|referanse|arkivsak\w*|journalpost\w*|[(\[])\W{0,6}(?:nr\.?|er|nummer)?\W{0,3}$`)
	caseLetter  = lazyregexp.New(`(tilsagn|søknad|vedtak|avslag|rapport)`)
)

// isCase tells a case number from a school year and a date: it needs a word that
// says so, or to stand in the title of such a letter.
func isCase(low string, from, at int, year, number string) bool {
	if caseWord.MatchString(low[max(0, from-30):at]) {
		return true
	}
	y, _ := strconv.Atoi(year) // two digits of a match
	n, _ := strconv.Atoi(number)
	return len(number) >= 3 && n != y+1 && caseLetter.MatchString(low)
}

// classify tells what a day in a sentence is: the kind, the words it rests on, and
// how sure that is; "" for a mere date.
func classify(low string, d *found, sent time.Time, listed bool) (kind, why string, sure float64) {
	lead := d.lead
	today := midnight(sent)
	last := d.day
	if !d.until.IsZero() {
		last = d.until
	}
	if last.Before(today) || pastLimit.MatchString(low) || away.MatchString(low) {
		return "", "", 0
	}
	strong := d.by
	if strong == "" {
		strong = group(strongBy, lead)
	}
	if strong == "" && notCue.MatchString(lead) {
		return "", "", 0
	}
	if m := promises.FindString(low); m != "" && !limit.MatchString(low) {
		return Promise, m, 0.8
	}
	switch {
	case strong != "":
		return Deadline, strong, 0.95
	case group(before, lead) != "":
		return Deadline, "før", 0.9
	case d.span && wants.MatchString(low):
		return Deadline, d.text(low), 0.75
	case limit.MatchString(low) && !fromCue.MatchString(lead):
		return Deadline, limit.FindString(low), 0.85
	case group(until, lead) != "" && openTo.MatchString(low):
		return Deadline, openTo.FindString(low), 0.75
	case listed:
		return Deadline, "frist", 0.8
	case !d.week && gathering.MatchString(low):
		return Meeting, gathering.FindString(low), 0.85
	}
	return "", "", 0
}

func group(r *lazyregexp.Regexp, s string) string {
	if m := r.FindStringSubmatch(s); m != nil {
		return strings.TrimRight(m[1], ":")
	}
	return ""
}
