package companiestest

import "strings"

// Company is a limited company with all that the register tells of one, in the
// form of 2026.
func Company(number, name, municipality string) string {
	return fill(`{"organisasjonsnummer":"NUMBER","navn":"NAME","organisasjonsform":{"kode":"AS","beskrivelse":"Aksjeselskap","_links":{"self":{"href":"https://data.brreg.no/enhetsregisteret/api/organisasjonsformer/AS"}}},
		"historiskeNavn":[{"navn":"GAMLE NAME","fraDato":"1995-03-12 16:23:00","tilDato":"2001-05-11 08:32:09"}],"hjemmeside":"www.example.no",
		"postadresse":{"land":"Norge","landkode":"NO","postnummer":"0114","poststed":"OSLO","adresse":["Postboks 8500"],"kommune":"OSLO","kommunenummer":"0301"},
		"registreringsdatoEnhetsregisteret":"1995-03-12","registrertIMvaregisteret":true,"frivilligMvaRegistrertBeskrivelser":["Utleier av bygg eller anlegg"],
		"naeringskode1":{"kode":"16.110","beskrivelse":"Saging og høvling av tre"},"naeringskode2":{"kode":"02.400","beskrivelse":"Tjenester tilknyttet skogbruk"},
		"antallAnsatte":17,"harRegistrertAntallAnsatte":true,"registreringsdatoAntallAnsatteNAVAaregisteret":"2026-03-10","epostadresse":"post@example.no","telefon":"51 99 00 00",
		"forretningsadresse":{"land":"Norge","landkode":"NO","postnummer":"2680","poststed":"VÅGÅ","adresse":["Fjøsvegen 5","c/o Ødegård"],"kommune":"VÅGÅ","kommunenummer":"PLACE"},
		"stiftelsesdato":"1972-09-18","institusjonellSektorkode":{"kode":"2100","beskrivelse":"Private aksjeselskaper mv."},"registrertIForetaksregisteret":true,
		"registrertIStiftelsesregisteret":false,"registrertIFrivillighetsregisteret":false,"sisteInnsendteAarsregnskap":"2025","konkurs":false,"underAvvikling":false,
		"underTvangsavviklingEllerTvangsopplosning":false,"maalform":"Nynorsk","vedtektsfestetFormaal":["Å saga tre og \"meir\"."],"aktivitet":["Sagbruk."],
		"paategninger":[],"erIKonsern":true,"kapital":{"belop":6392018780.0,"antallAksjer":2556807512,"type":"Aksjekapital","valuta":"NOK","innfortDato":"2025-07-02"},
		"_links":{"self":{"href":"https://data.brreg.no/enhetsregisteret/api/enheter/NUMBER"}},"respons_klasse":"Enhet"}`, number, name, municipality)
}

// Bankrupt is a company that went bankrupt, whose headcount is not registered.
func Bankrupt(number, name, municipality string) string {
	unit := Company(number, name, municipality)
	unit = strings.Replace(unit, `"antallAnsatte":17,"harRegistrertAntallAnsatte":true`, `"harRegistrertAntallAnsatte":false`, 1)
	return strings.Replace(unit, `"konkurs":false`, `"konkurs":true,"konkursdato":"2026-05-20"`, 1)
}

// Withheld is a company with one to four employees.
func Withheld(number, name, municipality string) string {
	return strings.Replace(Company(number, name, municipality), `"antallAnsatte":17,`, "", 1)
}

// SoleProprietor is a person's business in the form of the first version, which
// says 0 for a headcount that it does not tell.
func SoleProprietor(number, name, municipality string) string {
	return fill(`{"organisasjonsnummer":"NUMBER","navn":"NAME","organisasjonsform":{"kode":"ENK","beskrivelse":"Enkeltpersonforetak"},"registreringsdatoEnhetsregisteret":"2014-12-19",
		"registrertIMvaregisteret":true,"naeringskode1":{"beskrivelse":"Interiørarkitekt","kode":"74.103"},"antallAnsatte":0,
		"forretningsadresse":{"land":"Norge","landkode":"NO","postnummer":"2630","poststed":"RINGEBU","adresse":["Vegen 1"],"kommune":"RINGEBU","kommunenummer":"PLACE"},
		"registrertIForetaksregisteret":true,"konkurs":false,"underAvvikling":false,"underTvangsavviklingEllerTvangsopplosning":false,"maalform":"Bokmål"}`, number, name, municipality)
}

// Workplace is a sub-unit of parent.
func Workplace(number, name, municipality, parent string) string {
	return strings.ReplaceAll(fill(`{"organisasjonsnummer":"NUMBER","navn":"NAME","organisasjonsform":{"kode":"BEDR","beskrivelse":"Underenhet til næringsdrivende og offentlig forvaltning"},
		"registreringsdatoEnhetsregisteret":"2019-12-16","registrertIMvaregisteret":false,"naeringskode1":{"kode":"84.110","beskrivelse":"Generell offentlig administrasjon"},"antallAnsatte":94,
		"harRegistrertAntallAnsatte":true,"overordnetEnhet":"PARENT","epostadresse":"post@example.no","oppstartsdato":"2020-01-01",
		"beliggenhetsadresse":{"land":"Norge","landkode":"NO","postnummer":"8900","poststed":"BRØNNØYSUND","adresse":["Havnegata 48"],"kommune":"BRØNNØY","kommunenummer":"PLACE"},
		"_links":{"overordnetEnhet":{"href":"https://data.brreg.no/enhetsregisteret/api/enheter/PARENT"}}}`, number, name, municipality), "PARENT", parent)
}

// Deleted is what is left of a unit that was deleted.
func Deleted(number, name string) string {
	return fill(`{"organisasjonsnummer":"NUMBER","navn":"NAME UNDER SLETTING FRA 01.01.2024","organisasjonsform":{"kode":"AS","beskrivelse":"Aksjeselskap"},"slettedato":"2024-11-26",
		"_links":{"self":{"href":"https://data.brreg.no/enhetsregisteret/api/enheter/NUMBER"}}}`, number, name, "")
}

// Removed is the body that may come with a 410.
func Removed(number string) string {
	return fill(`{"organisasjonsnummer":"NUMBER","slettedato":"2026-09-05","_links":{"self":{"href":"https://data.brreg.no/enhetsregisteret/api/enheter/NUMBER"}}}`, number, "", "")
}

// LoginPage is what some networks answer in the register's place.
const LoginPage = "<!DOCTYPE html>\n<html><head><title>Logg inn</title></head><body>Logg inn for å bruke nettet.</body></html>"

func fill(shape, number, name, municipality string) string {
	return strings.NewReplacer("NUMBER", number, "NAME", name, "PLACE", municipality, "\n\t\t", "").Replace(shape)
}
