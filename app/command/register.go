package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"time"

	"kompetansepilot/app"
	"kompetansepilot/app/companies"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// registerCommands are the commands of the company register.
type registerCommands struct {
	Load   registerLoadCommand   `cmd:"" help:"Last bedrifter fra registerets fil, for søk uten nett."`
	Find   registerFindCommand   `cmd:"" help:"Finn bedrifter i det som er lastet, på navn eller nummer."`
	Update registerUpdateCommand `cmd:"" help:"Sammenlikn bedriftene i arbeidsfilen med registeret."`
}

// interruptible ends with Ctrl+C.
func interruptible() (context.Context, context.CancelFunc) {
	return signal.NotifyContext(context.Background(), os.Interrupt)
}

// withStore opens the loaded part of the register.
func withStore(f func(ctx context.Context, store *companies.Store, places *reference.Tables) error) error {
	ctx, stop := interruptible()
	defer stop()
	places := reference.Load()
	store := companies.NewStore(app.CompaniesFile(), places)
	return errors.Join(f(ctx, store, places), store.Close())
}

type registerLoadCommand struct {
	Files          []string `arg:"" name:"file" type:"path" help:"Filen fra Brønnøysundregistrene: enheter, underenheter eller begge, som JSON eller CSV."`
	County         string   `help:"Ta med dette fylket, for eksempel 34." placeholder:"NR"`
	Municipalities []string `help:"Ta med disse kommunene, med nummer eller navn." placeholder:"A,B"`
	All            bool     `help:"Ta med hele landet."`
}

type registerLoadedJSON struct {
	Read      int  `json:"read"`
	Kept      int  `json:"kept"`
	Rejected  int  `json:"rejected"`
	Resumed   bool `json:"resumed"`
	Companies int  `json:"companies"`
	SubUnits  int  `json:"subUnits"`
}

func (c registerLoadCommand) Run(s *session) error {
	return withStore(func(ctx context.Context, store *companies.Store, places *reference.Tables) error {
		selection := companies.Selection{Everything: true}
		if !c.All {
			var err error
			if selection, err = companies.Select(places, c.County, c.Municipalities); err != nil {
				return err
			}
		}
		var sum registerLoadedJSON
		for _, file := range c.Files {
			done, err := store.Load(ctx, file, selection, s.loadProgress())
			if err != nil {
				return err
			}
			sum = registerLoadedJSON{sum.Read + done.Seen, sum.Kept + done.Kept, sum.Rejected + done.Rejected, sum.Resumed || done.Resumed, done.Main, done.Sub}
		}
		return s.print(sum, func(w io.Writer) {
			fmt.Fprintf(w, "Leste %s enheter og beholdt %s. Registeret på denne maskinen har nå %s hovedenheter og %s underenheter.\n", s.words.Number(int64(sum.Read)),
				s.words.Number(int64(sum.Kept)), s.words.Number(int64(sum.Companies)), s.words.Number(int64(sum.SubUnits)))
			if sum.Rejected > 0 {
				fmt.Fprintf(w, "%s enheter uten gyldig nummer eller navn er utelatt.\n", s.words.Number(int64(sum.Rejected)))
			}
		})
	})
}

// loadProgress tells on standard error how far a load has come, for people who
// watch.
func (s *session) loadProgress() func(companies.Progress) {
	if s.json || !isTerminal(s.err) {
		return nil
	}
	var told time.Time
	return func(p companies.Progress) {
		if p.Finishing {
			fmt.Fprintf(s.err, "\rSetter %s enheter i orden …          \n", s.words.Number(int64(p.Kept)))
			return
		}
		if p.Size == 0 || time.Since(told) < 200*time.Millisecond {
			return
		}
		told = time.Now()
		fmt.Fprintf(s.err, "\r%d %%  %s lest, %s beholdt", p.Read*100/p.Size, s.words.Number(int64(p.Seen)), s.words.Number(int64(p.Kept)))
	}
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

type registerFindCommand struct {
	Text           []string `arg:"" optional:"" help:"Navn, begynnelsen på navn, eller nummer."`
	County         string   `help:"Bare i dette fylket." placeholder:"NR"`
	Municipalities []string `help:"Bare i disse kommunene, med nummer eller navn." placeholder:"A,B"`
	Industry       string   `help:"Begynnelsen på næringskoden, for eksempel 55.1." placeholder:"KODE"`
	Form           string   `help:"Organisasjonsform, for eksempel AS." placeholder:"KODE"`
	From           int      `help:"Minst så mange ansatte." placeholder:"N"`
	To             int      `help:"Høyst så mange ansatte." placeholder:"N"`
	Main           bool     `help:"Bare hovedenheter."`
	Limit          int      `help:"Så mange treff." default:"50"`
	Skip           int      `help:"Hopp over så mange treff." default:"0"`
}

type companyJSON struct {
	OrgNumber    string `json:"orgnr"`
	Name         string `json:"name"`
	Municipality string `json:"municipality"` // number
	Centrality   int    `json:"centrality"`   // 0 when it is not known
	Industry     string `json:"industry"`
	Employees    string `json:"employees"` // size band; "" is withheld, "0" is none
	// Headcount is the number when the register tells it.
	Headcount *int   `json:"headcount"`
	Form      string `json:"form"`
	SubUnit   bool   `json:"subUnit"`
	Parent    string `json:"parent,omitempty"`
}

func (c registerFindCommand) Run(s *session) error {
	return withStore(func(ctx context.Context, store *companies.Store, places *reference.Tables) error {
		q := companies.Query{Text: strings.Join(c.Text, " "), Industry: c.Industry, Form: c.Form, From: c.From, To: c.To, Main: c.Main, Limit: c.Limit, Offset: c.Skip}
		if c.County != "" || len(c.Municipalities) > 0 {
			selection, err := companies.Select(places, c.County, c.Municipalities)
			if err != nil {
				return err
			}
			q.Municipalities = selection.Numbers(places)
		}
		found, err := store.Find(ctx, q)
		if err != nil {
			return err
		}
		all := make([]companyJSON, len(found.Units))
		for i, u := range found.Units {
			all[i] = companyOf(u, places)
		}
		return s.print(all, func(w io.Writer) {
			if len(all) == 0 {
				fmt.Fprintln(w, "Ingen treff i det som er lastet.")
			}
			for _, u := range found.Units {
				fmt.Fprintf(w, "%s  %s\n    %s · %s · %s\n", u.Number, u.Name, placeOf(places, u), orDash(u.Industry), employeesText(u.Employees))
			}
			if found.More {
				fmt.Fprintln(w, "Det finnes flere. Skriv mer av navnet, eller bruk --skip.")
			}
		})
	})
}

func companyOf(u companies.Unit, places *reference.Tables) companyJSON {
	m, _ := places.Municipality(u.Municipality)
	c := companyJSON{OrgNumber: u.Number, Name: u.Name, Municipality: u.Municipality, Centrality: m.Centrality, Industry: u.Industry,
		Employees: u.Employees.Band(), Form: u.Form, SubUnit: u.Sub, Parent: u.Parent}
	if n := int(u.Employees); u.Employees.Known() {
		c.Headcount = &n
	}
	return c
}

func placeOf(places *reference.Tables, u companies.Unit) string {
	m, ok := places.Municipality(u.Municipality)
	if !ok {
		return orDash(u.PostPlace)
	}
	return fmt.Sprintf("%s (sentralitet %d)", m.UniqueName, m.Centrality)
}

func orDash(text string) string {
	if text == "" {
		return "–"
	}
	return text
}

func employeesText(e companies.Employees) string {
	switch {
	case e == companies.EmployeesWithheld:
		return "1–4 ansatte (tallet er ikke oppgitt)"
	case e == companies.EmployeesUnknown:
		return "ansatte ikke oppgitt"
	case e == 0:
		return "ingen ansatte"
	}
	return amount(int(e), "ansatt", "ansatte")
}

type registerUpdateCommand struct {
	ID      string `arg:"" optional:"" help:"Bedriftens nummer i arbeidsfilen, eller organisasjonsnummeret. Uten det sammenliknes alle."`
	Yes     bool   `help:"Ta over det som er forskjellig, som ett steg som kan angres."`
	Offline bool   `help:"Spør det som er lastet på denne maskinen, ikke tjenesten på nettet."`
}

type comparisonJSON struct {
	ID          string           `json:"id"`
	OrgNumber   string           `json:"orgnr"`
	Name        string           `json:"name"`
	Standing    string           `json:"standing"`
	Notices     []noticeJSON     `json:"notices"`
	Differences []differenceJSON `json:"differences"`
	Problem     string           `json:"problem,omitempty"`
}

type noticeJSON struct {
	Kind     string `json:"kind"`
	Sentence string `json:"sentence"`
	Effect   string `json:"effect"`
}

type differenceJSON struct {
	Field  string    `json:"field"`
	Old    string    `json:"old"`
	New    string    `json:"new"`
	Own    bool      `json:"own"` // a person wrote the old one
	Source string    `json:"source"`
	Time   time.Time `json:"time"`
}

type updateJSON struct {
	Compared int              `json:"compared"`
	Changed  int              `json:"changed"`
	Records  []comparisonJSON `json:"records"` // those with something to tell
}

func (c registerUpdateCommand) Run(s *session) error {
	return s.with(func(p *app.Program) error {
		ctx, stop := interruptible()
		defer stop()
		all, err := c.organisations(p)
		if err != nil {
			return err
		}
		register, end, err := c.register(p)
		if err != nil {
			return err
		}
		defer end()
		compared, problems, err := companies.CompareAll(ctx, p.Workspace, p.Places, register, all, nil)
		if err != nil {
			return err
		}
		report := updateJSON{Compared: len(all), Records: []comparisonJSON{}}
		differ := 0
		for i := range compared {
			if !compared[i].Nothing() {
				differ++
			}
			if !compared[i].Nothing() || len(compared[i].Notices) > 0 {
				report.Records = append(report.Records, s.comparison(p, &compared[i]))
			}
		}
		for _, problem := range problems {
			report.Records = append(report.Records, comparisonJSON{ID: problem.Organisation.ID, OrgNumber: problem.Organisation.OrgNumber, Name: problem.Organisation.Name,
				Standing: "unasked", Notices: []noticeJSON{}, Differences: []differenceJSON{}, Problem: data.Message(problem.Err)})
		}
		if c.Yes && differ > 0 {
			label := fmt.Sprintf("Oppdaterte %s fra Enhetsregisteret", s.words.Number(int64(differ)))
			if report.Changed, err = companies.TakeOver(p.Workspace, label, compared); err != nil {
				return err
			}
		}
		return s.print(report, func(w io.Writer) { s.printUpdate(w, report, differ, c.Yes) })
	})
}

// organisations are those to ask about.
func (c registerUpdateCommand) organisations(p *app.Program) ([]data.Organisation, error) {
	if c.ID == "" {
		return data.Live[data.Organisation](p.Workspace, "org_number != ''", "name, id")
	}
	number, _ := companies.Number(c.ID)
	all, err := data.Live[data.Organisation](p.Workspace, "id = ? OR org_number != '' AND replace(org_number, ' ', '') = ?", "name, id", c.ID, number)
	if err == nil && len(all) == 0 {
		err = &data.Error{Code: data.CodeNotFound, Message: fmt.Sprintf("Fant ingen bedrift eller tilbyder med nummeret «%s». Ingenting er endret.", c.ID)}
	}
	return all, err
}

// register is who is asked.
func (c registerUpdateCommand) register(p *app.Program) (r companies.Register, end func(), err error) {
	if c.Offline {
		store := companies.NewStore(app.CompaniesFile(), p.Places)
		return store, func() { _ = store.Close() }, nil
	}
	client, err := companies.NewClient(p.Places, companies.ClientOptions{Address: os.Getenv(app.RegisterVariable)})
	return client, func() {}, err
}

var standings = map[companies.Standing]string{companies.Registered: "registered", companies.Unknown: "unknown", companies.Removed: "removed", companies.NotLoaded: "notLoaded"}

func (s *session) comparison(p *app.Program, c *companies.Comparison) comparisonJSON {
	out := comparisonJSON{ID: c.Organisation.ID, OrgNumber: c.Answer.Number, Name: c.Organisation.Name, Standing: standings[c.Answer.Standing],
		Notices: []noticeJSON{}, Differences: []differenceJSON{}}
	for _, n := range c.Notices {
		out.Notices = append(out.Notices, noticeJSON{string(n.Kind), n.Sentence(s.words, p.Places), n.Effect(s.words)})
	}
	for _, d := range c.Differences {
		out.Differences = append(out.Differences, differenceJSON{d.Field, d.Old, d.New, d.Own, d.Source, d.Time.UTC()})
	}
	return out
}

func (s *session) printUpdate(w io.Writer, report updateJSON, differ int, yes bool) {
	for _, r := range report.Records {
		fmt.Fprintf(w, "%s  %s\n", r.OrgNumber, orUntitled(r.Name))
		if r.Problem != "" {
			fmt.Fprintf(w, "    %s\n", r.Problem)
		}
		for _, n := range r.Notices {
			fmt.Fprintf(w, "    %s %s\n", n.Sentence, n.Effect)
		}
		for _, d := range r.Differences {
			own := ""
			if d.Own {
				own = "  (skrevet av dere)"
			}
			fmt.Fprintf(w, "    %s: %s → %s%s\n", companies.Label(s.words, d.Field), orDash(d.Old), orDash(d.New), own)
		}
	}
	switch {
	case differ == 0:
		fmt.Fprintf(w, "Sammenliknet %s. Ingenting er forskjellig.\n", s.words.Number(int64(report.Compared)))
	case yes:
		fmt.Fprintf(w, "Sammenliknet %s og oppdaterte %s. Det kan angres som ett steg.\n", s.words.Number(int64(report.Compared)), s.words.Number(int64(report.Changed)))
	default:
		fmt.Fprintf(w, "Sammenliknet %s. %s er forskjellige; ta over med --yes.\n", s.words.Number(int64(report.Compared)), s.words.Number(int64(differ)))
	}
}
