package companiestest

import (
	"strconv"
	"strings"
)

// base is where the register's own links lead.
const base = "https://data.brreg.no/enhetsregisteret/api"

func appendText(b []byte, key, value string) []byte {
	if value == "" {
		return b
	}
	b = append(b, `,"`...)
	b = append(b, key...)
	b = append(b, `":"`...)
	b = append(b, value...)
	return append(b, '"')
}

func appendTruth(b []byte, key string, value bool) []byte {
	b = append(append(append(b, `,"`...), key...), `":`...)
	return strconv.AppendBool(b, value)
}

func appendCoded(b []byte, key, code, name string) []byte {
	b = append(append(append(b, `,"`...), key...), `":{"kode":"`...)
	b = append(append(b, code...), `","beskrivelse":"`...)
	return append(append(b, name...), `"}`...)
}

func (u *made) appendAddress(b []byte, key, street string) []byte {
	b = append(append(append(b, `,"`...), key...), `":{"land":"Norge","landkode":"NO","postnummer":"`...)
	b = append(append(b, u.postCode...), `","poststed":"`...)
	town := strings.ToUpper(u.place.Name)
	b = append(append(b, town...), `","adresse":["`...)
	b = append(append(b, street...), `"],"kommune":"`...)
	b = append(append(b, town...), `","kommunenummer":"`...)
	return append(append(b, u.place.Number...), `"}`...)
}

func appendTexts(b []byte, key string, texts []string) []byte {
	if len(texts) == 0 {
		return b
	}
	b = append(append(append(b, `,"`...), key...), `":["`...)
	b = append(b, strings.Join(texts, `","`)...)
	return append(b, `"]`...)
}

// appendJSON writes the unit as the register does today, in its order of fields.
func (u *made) appendJSON(b []byte) []byte {
	path, class := "enheter/", "Enhet"
	if u.sub {
		path, class = "underenheter/", "Underenhet"
	}
	b = append(append(b, `{"organisasjonsnummer":"`...), u.number...)
	b = append(b, '"')
	b = appendText(b, "navn", u.name)
	b = append(append(b, `,"organisasjonsform":{"kode":"`...), u.form...)
	b = append(append(b, `","beskrivelse":"`...), u.formName...)
	b = append(append(b, `","_links":{"self":{"href":"`+base+`/organisasjonsformer/`...), u.form...)
	b = append(b, `"}}}`...)
	if u.former != "" {
		b = append(append(b, `,"historiskeNavn":[{"navn":"`...), u.former...)
		b = append(append(b, `","fraDato":"`...), u.founded...)
		b = append(append(b, ` 08:00:00","tilDato":"`...), u.registered...)
		b = append(b, ` 08:00:00"}]`...)
	}
	b = appendText(b, "hjemmeside", u.website)
	if !u.sub && u.form != "ENK" {
		b = u.appendAddress(b, "postadresse", "Postboks 12")
	}
	b = appendText(b, "registreringsdatoEnhetsregisteret", u.registered)
	b = appendTruth(b, "registrertIMvaregisteret", u.vat)
	b = appendCoded(b, "naeringskode1", u.industry, u.industryName)
	if u.employees >= 0 {
		b = strconv.AppendInt(append(b, `,"antallAnsatte":`...), int64(u.employees), 10)
	}
	b = appendTruth(b, "harRegistrertAntallAnsatte", u.hasEmployees)
	b = appendText(b, "overordnetEnhet", u.parent)
	if u.vat {
		b = appendText(b, "registreringsdatoMerverdiavgiftsregisteret", u.registered)
		b = appendText(b, "registreringsdatoMerverdiavgiftsregisteretEnhetsregisteret", u.registered)
	}
	if u.hasEmployees {
		b = appendText(b, "registreringsdatoAntallAnsatteEnhetsregisteret", "2026-03-12")
		b = appendText(b, "registreringsdatoAntallAnsatteNAVAaregisteret", "2026-03-10")
	}
	b = appendText(b, "epostadresse", u.email)
	b = appendText(b, "telefon", u.phone)
	if u.sub {
		b = appendText(b, "oppstartsdato", u.founded)
		b = u.appendAddress(b, "beliggenhetsadresse", u.street)
	} else {
		b = u.appendAddress(b, "forretningsadresse", u.street)
		b = u.appendState(b)
	}
	b = append(append(b, `,"_links":{"self":{"href":"`+base+`/`...), path...)
	b = append(append(b, u.number...), `"}},"respons_klasse":"`...)
	return append(append(b, class...), `"}`...)
}

// appendState writes what only a main unit has.
func (u *made) appendState(b []byte) []byte {
	b = appendText(b, "stiftelsesdato", u.founded)
	b = appendCoded(b, "institusjonellSektorkode", "2100", "Private aksjeselskaper mv.")
	b = appendTruth(b, "registrertIForetaksregisteret", u.form == "AS")
	b = appendTruth(b, "registrertIStiftelsesregisteret", u.form == "STI")
	b = appendTruth(b, "registrertIFrivillighetsregisteret", u.form == "FLI")
	if u.form == "AS" {
		b = appendText(b, "sisteInnsendteAarsregnskap", "2025")
	}
	b = appendTruth(b, "konkurs", u.bankrupt)
	if u.bankrupt {
		b = appendText(b, "konkursdato", "2026-05-20")
	}
	b = appendTruth(b, "underAvvikling", u.dissolving)
	b = appendTruth(b, "underTvangsavviklingEllerTvangsopplosning", false)
	b = appendText(b, "maalform", u.norm())
	b = appendTexts(b, "vedtektsfestetFormaal", u.purpose)
	b = appendTexts(b, "aktivitet", u.purpose)
	b = appendTruth(b, "registrertIPartiregisteret", false)
	b = append(b, `,"paategninger":[]`...)
	b = appendTruth(b, "erIKonsern", false)
	if u.form == "AS" {
		b = strconv.AppendInt(append(b, `,"kapital":{"belop":`...), int64(u.shares)*1000, 10)
		b = strconv.AppendInt(append(b, `.0,"antallAksjer":`...), int64(u.shares), 10)
		b = append(b, `,"type":"Aksjekapital","valuta":"NOK","innfortDato":"2016-01-05"}`...)
	}
	return b
}

// norm is how the register writes the written norm, which a sub-unit has not.
func (u *made) norm() string {
	if u.sub {
		return ""
	}
	if u.nynorsk {
		return "Nynorsk"
	}
	return "Bokmål"
}

// csvColumns are the columns of the bulk file's CSV, in its own spelling. What the
// units made here leave out is empty.
var csvColumns = strings.Fields(`organisasjonsnummer navn organisasjonsform.kode organisasjonsform.beskrivelse naeringskode1.kode
	naeringskode1.beskrivelse naeringskode2.kode naeringskode2.beskrivelse harRegistrertAntallAnsatte antallAnsatte
	registreringsdatoAntallAnsatteEnhetsregisteret registreringsdatoantallansatteNAVAaregisteret hjemmeside epostadresse telefon mobil
	postadresse.adresse postadresse.poststed postadresse.postnummer postadresse.kommune postadresse.kommunenummer postadresse.land postadresse.landkode
	ADDRESS.adresse ADDRESS.poststed ADDRESS.postnummer ADDRESS.kommune ADDRESS.kommunenummer ADDRESS.land ADDRESS.landkode
	institusjonellSektorkode.kode institusjonellSektorkode.beskrivelse sisteInnsendteAarsregnskap registreringsdatoenhetsregisteret stiftelsesdato
	registrertIMvaRegisteret konkurs konkursdato underAvvikling underAvviklingDato underTvangsavviklingEllerTvangsopplosning overordnetEnhet maalform
	vedtektsfestetFormaal aktivitet paategninger erIKonsern kapital.belop kapital.antallAksjer kapital.type kapital.valuta kapital.innfortDato`)

func csvHead(sub bool) string {
	head := `"` + strings.Join(csvColumns, `","`) + `"` + "\n"
	address := "forretningsadresse"
	if sub {
		address = "beliggenhetsadresse"
	}
	return strings.ReplaceAll(head, "ADDRESS", address)
}

func (u *made) appendCSV(b []byte) []byte {
	employees := ""
	if u.employees >= 0 {
		employees = strconv.Itoa(u.employees)
	}
	bankruptOn := ""
	if u.bankrupt {
		bankruptOn = "2026-05-20"
	}
	town := strings.ToUpper(u.place.Name)
	purpose := strings.ReplaceAll(strings.Join(u.purpose, "\n"), `\"`, `""`)
	cells := []string{u.number, u.name, u.form, u.formName, u.industry, u.industryName, "", "", strconv.FormatBool(u.hasEmployees), employees,
		"", "", u.website, u.email, u.phone, "",
		"", "", "", "", "", "", "",
		u.street, town, u.postCode, town, u.place.Number, "Norge", "NO",
		"2100", "Private aksjeselskaper mv.", "", u.registered, u.founded,
		strconv.FormatBool(u.vat), strconv.FormatBool(u.bankrupt), bankruptOn, strconv.FormatBool(u.dissolving), "", "false", u.parent, u.norm(),
		purpose, purpose, "false", "false", "", "", "", "", ""}
	for i, cell := range cells {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(append(append(b, '"'), cell...), '"')
	}
	return b
}
