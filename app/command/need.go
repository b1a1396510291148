package command

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"kompetansepilot/app"
	"kompetansepilot/app/disk"
	"kompetansepilot/app/need"
	"kompetansepilot/data"
)

// needsCommands are the commands of the needs.
type needsCommands struct {
	List   needsListCommand   `cmd:"" help:"List behovene."`
	Add    needsAddCommand    `cmd:"" help:"Legg til et behov."`
	Import needsImportCommand `cmd:"" help:"Les inn behov fra en CSV-fil. Numrene i filen beholdes."`
	Show   needsShowCommand   `cmd:"" help:"Vis et behov, og hva programmet leser ut av det."`
}

func (s *session) withNeeds(f func(p *app.Program, needs *need.Service) error) error {
	return s.with(func(p *app.Program) error { return f(p, p.Needs) })
}

type needsListCommand struct{}

func (needsListCommand) Run(s *session) error {
	return s.withNeeds(func(p *app.Program, needs *need.Service) error {
		all, err := needs.All()
		if err != nil {
			return err
		}
		if all == nil {
			all = []data.Need{}
		}
		return s.print(all, func(w io.Writer) {
			if len(all) == 0 {
				fmt.Fprintln(w, "Ingen behov er registrert. Legg til med «needs add», eller les inn en liste med «needs import FIL».")
			}
			for i := range all {
				n := &all[i]
				fmt.Fprintf(w, "%s  %s\n    %s · %s\n", n.ID, n.Text, orDash(municipalityName(p, n.Municipality)), persons(n.People))
			}
		})
	})
}

func municipalityName(p *app.Program, number string) string {
	if m, ok := p.Places.Municipality(number); ok {
		return m.UniqueName
	}
	return number
}

type needsAddCommand struct {
	Text         []string `arg:"" help:"Hva bedriften trenger, med dens egne ord."`
	Municipality string   `help:"Kommunen, med nummer." placeholder:"NR"`
	Industry     string   `help:"Næringen, gjerne med kode: «Lakseoppdrett (SN2007 03)»." placeholder:"NÆRING"`
	Organisation string   `help:"Bedriftens nummer i arbeidsfilen." placeholder:"ID"`
	People       int64    `help:"Antall personer." default:"1"`
	Level        string   `help:"kurs, short, fagskole, bachelor, master eller any." default:"any"`
	Form         string   `help:"nett, nett+samling, samling, på stedet eller any." default:"any"`
	Reach        int64    `help:"Lengste reise i kilometer." default:"0"`
	From         int64    `help:"Fra måned, 1–12." default:"0"`
	To           int64    `help:"Til måned, 1–12." default:"0"`
	Norm         string   `help:"nb eller nn." default:"nb"`
	Urgency      string   `help:"low, normal eller high." default:"normal"`
	Shareable    bool     `help:"Kan deles anonymt med tilbydere."`
}

type needAddedJSON struct {
	Need    data.Need    `json:"need"`
	Notices []noticeText `json:"notices"`
}

type noticeText struct {
	Line     int    `json:"line,omitempty"`
	Need     string `json:"need,omitempty"`
	Kind     string `json:"kind"`
	Sentence string `json:"sentence"`
}

func (c needsAddCommand) Run(s *session) error {
	return s.withNeeds(func(p *app.Program, needs *need.Service) error {
		n := data.Need{Text: strings.Join(c.Text, " "), Municipality: c.Municipality, Industry: c.Industry, Organisation: c.Organisation, People: c.People,
			Level: c.Level, Form: c.Form, Reach: c.Reach, FromMonth: c.From, ToMonth: c.To, Norm: c.Norm, Urgency: c.Urgency, Shareable: c.Shareable}
		notices, err := needs.Add("La til et behov", &n)
		if err != nil {
			return err
		}
		added := needAddedJSON{n, s.notices(notices)}
		return s.print(added, func(w io.Writer) {
			fmt.Fprintf(w, "La til behovet %s.\n", n.ID)
			printNotices(w, added.Notices)
		})
	})
}

func (s *session) notices(notices []need.Notice) []noticeText {
	all := make([]noticeText, len(notices))
	for i, n := range notices {
		all[i] = noticeText{n.Row, n.Need, n.Kind, n.Sentence(s.words)}
	}
	return all
}

// mostNotices is how many notices a person is shown; --json has them all.
const mostNotices = 20

func printNotices(w io.Writer, notices []noticeText) {
	for i, n := range notices {
		if i == mostNotices {
			fmt.Fprintf(w, "… og %s til.\n", amount(len(notices)-i, "merknad", "merknader"))
			return
		}
		if n.Line > 0 {
			fmt.Fprintf(w, "Linje %d: ", n.Line)
		}
		fmt.Fprintln(w, n.Sentence)
	}
}

type needsImportCommand struct {
	Survey bool   `help:"Filen er svar på et spørreskjema (Forms), CSV eller XLSX. Kolonnene gjettes av overskriftene, og bedrifter som ikke finnes, lages."`
	File   string `arg:"" type:"path" help:"CSV med kolonnene id, business_industry, kommunenr, text, people, level_wanted, form_wanted, max_travel_km, from_month, to_month og norm."`
}

type needsImportedJSON struct {
	Added   int          `json:"added"`
	Changed int          `json:"changed"`
	Same    int          `json:"same"`
	Skipped int          `json:"skipped"`
	Notices []noticeText `json:"notices"`
}

func (c needsImportCommand) Run(s *session) error {
	if c.Survey || strings.EqualFold(filepath.Ext(c.File), ".xlsx") {
		return c.survey(s)
	}
	return s.withNeeds(func(p *app.Program, needs *need.Service) error {
		raw, err := disk.Read(c.File, maxTable)
		if err != nil {
			return err
		}
		read, err := need.ReadNeeds(bytes.NewReader(raw), p.Places)
		if err != nil {
			return err
		}
		done, err := needs.Import("Leste inn behov fra "+filepath.Base(c.File), read)
		if err != nil {
			return err
		}
		report := needsImportedJSON{done.Added, done.Changed, done.Same, done.Skipped, s.notices(done.Notices)}
		return s.print(report, func(w io.Writer) {
			fmt.Fprintf(w, "La til %d behov og endret %d. %s, %d uten tekst er utelatt. Det kan angres som ett steg.\n", done.Added, done.Changed, amount(done.Same, "var lik", "var like"), done.Skipped)
			printNotices(w, report.Notices)
		})
	})
}

type surveyJSON struct {
	Needs      int          `json:"needs"`
	Businesses int          `json:"businesses"` // of the register
	New        int          `json:"new"`        // businesses that were made
	Skipped    int          `json:"skipped"`
	Notices    []noticeText `json:"notices"`
}

// survey takes in the answers to a form.
func (c needsImportCommand) survey(s *session) error {
	return s.withNeeds(func(p *app.Program, needs *need.Service) error {
		file, err := needs.OpenSurvey(c.File, "")
		if err != nil {
			return err
		}
		plan, err := needs.PlanSurvey(context.Background(), file, need.Taking{Make: true})
		if err != nil {
			return err
		}
		report := surveyJSON{Notices: []noticeText{}}
		_, report.Businesses, report.New, report.Skipped = plan.Count()
		for i := range plan.Responses {
			report.Notices = append(report.Notices, s.notices(plan.Responses[i].Notices)...)
		}
		if report.Needs, err = needs.TakeSurvey(context.Background(), "Leste inn svar fra "+filepath.Base(c.File), plan, s.words); err != nil {
			return err
		}
		return s.print(report, func(w io.Writer) {
			fmt.Fprintf(w, "La til %d behov fra %s og %s. %s er hoppet over. Det kan angres som ett steg.\n", report.Needs, amount(report.Businesses, "kjent bedrift", "kjente bedrifter"), amount(report.New, "ny", "nye"), amount(report.Skipped, "rad", "rader"))
			printNotices(w, report.Notices)
		})
	})
}

type needsShowCommand struct {
	Need string `arg:"" help:"Behovets nummer, begynnelsen på det, eller ord fra teksten."`
}

type needShownJSON struct {
	Need     data.Need     `json:"need"`
	Concepts []conceptJSON `json:"concepts"`
}

type conceptJSON struct {
	ID       string   `json:"id"`
	Name     string   `json:"name"`
	Strength float64  `json:"strength"`
	Words    []string `json:"words"`
}

func (c needsShowCommand) Run(s *session) error {
	return s.withNeeds(func(p *app.Program, needs *need.Service) error {
		n, err := needs.Resolve(c.Need)
		if err != nil {
			return err
		}
		terms, err := needs.Terms()
		if err != nil {
			return err
		}
		shown := needShownJSON{n, []conceptJSON{}}
		for _, f := range terms.Find(&n, 5) {
			concept := conceptJSON{f.Concept.ID, f.Concept.In(s.words.Code()), f.Strength, f.Words}
			if concept.Words == nil {
				concept.Words = []string{}
			}
			shown.Concepts = append(shown.Concepts, concept)
		}
		return s.print(shown, func(w io.Writer) {
			fmt.Fprintf(w, "%s\n%s · %s · %s\n", n.Text, orDash(n.Industry), orDash(municipalityName(p, n.Municipality)), persons(n.People))
			for _, concept := range shown.Concepts {
				fmt.Fprintf(w, "  %3.0f %%  %s  (%s)\n", concept.Strength*100, concept.Name, strings.Join(concept.Words, ", "))
			}
		})
	})
}

type matchCommand struct {
	Need       string  `arg:"" optional:"" help:"Behovets nummer, begynnelsen på det, eller ord fra teksten."`
	All        bool    `help:"Alle behovene."`
	Offers     string  `type:"path" placeholder:"FIL" help:"CSV med tilbud. Uten den brukes tilbudene i arbeidsfilen."`
	RoadFactor float64 `help:"Hvor mye lengre veien er enn luftlinjen." default:"1.3"`
}

type matchJSON struct {
	Need   string      `json:"need"`
	Offers []offerJSON `json:"offers"`
}

type offerJSON struct {
	Offer     string   `json:"offer"`
	Title     string   `json:"title"`
	Score     float64  `json:"score"`
	Reasons   []string `json:"reasons"`
	BlockedBy []string `json:"blocked_by"`
	// Decision is what was decided in the workspace, "accepted"; those that were
	// rejected are left out.
	Decision string `json:"decision,omitempty"`
}

func (c matchCommand) Run(s *session) error {
	return s.withNeeds(func(p *app.Program, needs *need.Service) error {
		all, err := c.needs(needs)
		if err != nil {
			return err
		}
		offers, err := readOffers(needs, c.Offers)
		if err != nil {
			return err
		}
		if len(offers) == 0 {
			return data.NewError("noOffers", "Det er ingen tilbud i registeret å sammenligne med. Les dem inn med «offerings import FIL», eller skriv --offers FIL.", nil)
		}
		answer, err := s.answers(needs, c, offers)
		if err != nil {
			return err
		}
		out := make([]matchJSON, len(all))
		for i := range all {
			out[i] = answer(&all[i])
		}
		return s.print(out, func(w io.Writer) {
			for i := range all {
				printMatch(w, &all[i], out[i])
			}
		})
	})
}

func (c matchCommand) needs(needs *need.Service) ([]data.Need, error) {
	if c.All {
		return needs.All()
	}
	if c.Need == "" {
		return nil, &data.Error{Code: "noNeed", Message: "Skriv hvilket behov, eller --all."}
	}
	n, err := needs.Resolve(c.Need)
	return []data.Need{n}, err
}

// readOffers are the offers of a file, or those of the register when none is
// named.
func readOffers(needs *need.Service, path string) ([]need.Offer, error) {
	if path == "" {
		return needs.Offers()
	}
	raw, err := disk.Read(path, maxTable)
	if err != nil {
		return nil, err
	}
	return need.ReadOffers(bytes.NewReader(raw))
}

func (s *session) match(m *need.Matcher, n *data.Need) matchJSON {
	out := matchJSON{n.ID, []offerJSON{}}
	for _, found := range m.Match(n) {
		o, _ := m.Offer(found.Offer)
		one := offerJSON{found.Offer, o.Title, found.Score, m.Reasons(s.words, n, &found), m.BlockedBy(s.words, n, &found), ""}
		if one.Reasons == nil {
			one.Reasons = []string{}
		}
		if one.BlockedBy == nil {
			one.BlockedBy = []string{}
		}
		out.Offers = append(out.Offers, one)
	}
	return out
}

// answers tells how needs are answered: with what was decided in the workspace,
// or, with offers of a file, by the matching alone.
func (s *session) answers(needs *need.Service, c matchCommand, offers []need.Offer) (func(*data.Need) matchJSON, error) {
	settings := need.Settings{RoadFactor: c.RoadFactor}
	if c.Offers != "" {
		m, err := needs.Matcher(offers, settings)
		return func(n *data.Need) matchJSON { return s.match(m, n) }, err
	}
	f, err := needs.Finder(settings)
	return func(n *data.Need) matchJSON { return s.learnt(f, n) }, err
}

func (s *session) learnt(f *need.Finder, n *data.Need) matchJSON {
	out := matchJSON{n.ID, []offerJSON{}}
	answer := f.Answer(n)
	for _, r := range answer.Ranked() {
		o, _ := f.Matcher.Offer(r.Offer)
		one := offerJSON{r.Offer, o.Title, r.Score, f.Reasons(s.words, n, &r), f.BlockedBy(s.words, n, &r), r.Decision.Decision}
		if one.Reasons == nil {
			one.Reasons = []string{}
		}
		if one.BlockedBy == nil {
			one.BlockedBy = []string{}
		}
		out.Offers = append(out.Offers, one)
	}
	return out
}

func printMatch(w io.Writer, n *data.Need, found matchJSON) {
	fmt.Fprintf(w, "%s  %s\n", n.ID, n.Text)
	if len(found.Offers) == 0 {
		fmt.Fprintln(w, "    Ingen passende tilbud.")
	}
	for _, o := range found.Offers {
		fmt.Fprintf(w, "  %3.0f %%  %s  %s\n", o.Score*100, o.Offer, o.Title)
		for _, r := range o.Reasons {
			fmt.Fprintf(w, "          + %s\n", r)
		}
		for _, b := range o.BlockedBy {
			fmt.Fprintf(w, "          – %s\n", b)
		}
	}
}
