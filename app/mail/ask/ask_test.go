package ask

import (
	"testing"
	"time"
)

// TestDeadlines reads sentences of letters sent on Monday 2 March 2026.
func TestDeadlines(t *testing.T) {
	sent := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	for text, want := range map[string]string{
		"Vi ber om svar innan tre veker.":                                      "2026-03-23",
		"Send oss budsjettet senest fredag 6. mars.":                           "2026-03-06",
		"Fristen er 12.11.2026 kl. 15.":                                        "2026-11-12 15:00",
		"Rapporten må vere hos oss innan utgangen av januar.":                  "2027-01-31",
		"Svarfrist: 1/4":                                                       "2026-04-01",
		"Søknadsfristen er 15. september 2026.":                                "2026-09-15",
		"Gi tilbakemelding innen 14 dager.":                                    "2026-03-16",
		"Vi må ha svar senest torsdag.":                                        "2026-03-05",
		"Send revisorerklæring innen 2026-06-01.":                              "2026-06-01",
		"Ver venleg og svar seinast laurdag 7. mars kl. 12.00.":                "2026-03-07 12:00",
		"Dokumentasjonen må sendes innen fem virkedager.":                      "2026-03-09",
		"Frist for å melde seg på er uke 12.":                                  "2026-03-20",
		"Møtet er 10. mars kl. 10.":                                            "", // a meeting
		"Takk for samtalen 20. februar.":                                       "",
		"Vår ref. 2026/11, se vedlegg.":                                        "",
		"Innen bygg og anlegg trenger mange folk.":                             "",
		"Bedriften ble etablert i 1998 og har 12 ansatte før sesongen starter": "",
		"Vi er til stede 30. februar, frist":                                   "",
	} {
		got := ""
		for _, p := range Find("", text, sent) {
			if p.Kind == Deadline {
				got += p.Date
				if p.Time != "" {
					got += " " + p.Time
				}
			}
		}
		if got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestAwards(t *testing.T) {
	sent := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	for text, want := range map[string]Proposal{
		"Innlandet fylkeskommune har fått innvilget kr 1 400 000 i tilskudd.": {Kind: Award, Amount: 1_400_000},
		"Vi viser til søknaden. HK-dir gir dere tilsagn om 1,4 mill. kroner.": {Kind: Award, Amount: 1_400_000},
		"Fylkeskommunen er tildelt 1.500.000,- kroner i tilskot.":             {Kind: Award, Amount: 1_500_000},
		"Søknaden har dessverre ikke nådd opp. Dette er et avslag.":           {Kind: Refusal},
		"Kan dere si noe om hvor mange som blir med?":                         {Kind: Question},
		"Vi kaller inn til møte tirsdag 10. mars kl. 10.":                     {Kind: Meeting},
		"Vi bidrar med kr 50 000 av tilskuddet.":                              {Kind: Evidence, Amount: 50_000},
	} {
		found := false
		all := Find("", text, sent)
		for _, p := range all {
			found = found || p.Kind == want.Kind && (want.Amount == 0 || p.Amount == want.Amount)
		}
		if !found {
			t.Errorf("%s: %+v", text, all)
		}
	}
}

func FuzzFind(f *testing.F) {
	f.Add("Frist", "senest 31. desember 9999 kl. 99, innan 999 veker, uke 99")
	f.Fuzz(func(t *testing.T, subject, text string) {
		for _, p := range Find(subject, text, time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)) {
			if p.Date != "" {
				if _, err := time.Parse(time.DateOnly, p.Date); err != nil {
					t.Error(err)
				}
			}
		}
	})
}

// TestQuoteStandsWhereItSays cuts the words that decided out of the letter.
func TestQuoteStandsWhereItSays(t *testing.T) {
	sent := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	subject, text := "Tilsagn – ÆØÅ", "Hei!\n\nVi gir dere tilsagn om kr 900 000. Svar innen fredag 20. mars kl. 12.\n"
	whole, got := subject+"\n"+text, map[string]string{}
	for _, p := range Find(subject, text, sent) {
		got[p.Kind] = whole[p.Start:p.End]
	}
	if got[Award] != "kr 900 000" || got[Deadline] != "fredag 20. mars" {
		t.Errorf("%q", got)
	}
}

// TestOwes tells who is to answer.
func TestOwes(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, 3, n, 9, 0, 0, 0, time.UTC) }
	for name, c := range map[string]struct {
		turns []Turn
		who   string
		days  int
	}{
		"nothing":               {nil, Nobody, 0},
		"they ask":              {[]Turn{{Date: day(2), Asks: true}}, Us, 8},
		"we answer":             {[]Turn{{Date: day(2), Asks: true}, {Date: day(3), Ours: true}}, Nobody, 0},
		"we ask":                {[]Turn{{Date: day(2), Asks: true}, {Date: day(3), Ours: true, Asks: true}}, Them, 7},
		"a machine answers":     {[]Turn{{Date: day(3), Ours: true, Asks: true}, {Date: day(3), Automatic: true}}, Them, 7},
		"they ask, then remind": {[]Turn{{Date: day(2), Asks: true}, {Date: day(8), Asks: true}}, Us, 8},
		"they ask, then add":    {[]Turn{{Date: day(2), Asks: true}, {Date: day(8)}}, Us, 8},
		"they tell":             {[]Turn{{Date: day(2)}}, Nobody, 0},
	} {
		who, since := Owes(c.turns)
		if who != c.who || who != Nobody && Days(since, day(10)) != c.days {
			t.Errorf("%s: %q since %v", name, who, since)
		}
	}
}
