package command

import (
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"strings"
	"text/tabwriter"
	"time"

	"kompetansepilot/app"
	"kompetansepilot/app/grant"
	"kompetansepilot/data"
)

type applicationsCommand struct{}

func (applicationsCommand) Run(s *session) error {
	return s.with(func(p *app.Program) error {
		all, err := p.Grants.Applications()
		if err != nil {
			return err
		}
		if all == nil {
			all = []grant.Summary{}
		}
		return s.print(all, func(w io.Writer) {
			if len(all) == 0 {
				fmt.Fprintln(w, "Ingen søknader ennå.")
			}
			for _, a := range all {
				fmt.Fprintf(w, "%s  %s\n    %s · %s · %s · tilskudd %s\n", a.ID, orUntitled(a.Title), a.County, a.Call, s.words.T("status."+a.Status), s.words.Money(a.Grant))
			}
		})
	})
}

func orUntitled(title string) string {
	if grant.Blank(title) {
		return "(uten navn)"
	}
	return title
}

type setCommand struct {
	Application string `arg:"" help:"Søknadens nummer, begynnelsen på det, eller navnet."`
	Field       string `arg:"" help:"Feltets id i utlysningen."`
	Text        string `arg:"" optional:"" help:"Teksten, eller - for standard inn."`
}

func (c setCommand) Run(s *session) error {
	text := c.Text
	if text == "-" || text == "" {
		raw, err := io.ReadAll(io.LimitReader(s.in, maxInput+1))
		if err != nil {
			return fmt.Errorf("read standard input: %w", err)
		}
		if len(raw) > maxInput {
			return &data.Error{Code: data.CodeTooLarge, Message: "Teksten er større enn 8 MB. Ingenting er endret."}
		}
		text = string(raw)
	}
	return s.withApplication(c.Application, func(p *app.Program, id string) error {
		label := c.Field
		if _, call, err := p.Grants.Load(id); err == nil && call.Field(c.Field) != nil {
			label = call.Field(c.Field).Label.In("nb")
		}
		if err := p.Grants.SetField("Endret «"+label+"»", id, c.Field, text); err != nil {
			return err
		}
		return s.print(map[string]string{"application": id, "field": c.Field}, func(io.Writer) {})
	})
}

// maxInput is the longest text that set takes, in bytes.
const maxInput = 8 << 20

// maxTable is the largest table of needs or offers that is read, in bytes.
const maxTable = 64 << 20

type getCommand struct {
	Application string `arg:"" help:"Søknadens nummer, begynnelsen på det, eller navnet."`
	Field       string `arg:"" optional:"" help:"Feltets id i utlysningen."`
}

func (c getCommand) Run(s *session) error {
	return s.withApplication(c.Application, func(p *app.Program, id string) error {
		d, call, err := p.Grants.Load(id)
		if err != nil {
			return err
		}
		if c.Field != "" {
			f := call.Field(c.Field)
			if f == nil {
				return &data.Error{Code: "unknownField", Message: fmt.Sprintf("Utlysningen har ikke noe felt som heter «%s».", c.Field)}
			}
			text := grant.FieldText(&d, f)
			return s.print(map[string]string{c.Field: text}, func(w io.Writer) { fmt.Fprintln(w, text) })
		}
		texts := map[string]string{}
		for _, section := range call.Form.Sections {
			for i := range section.Fields {
				texts[section.Fields[i].ID] = grant.FieldText(&d, &section.Fields[i])
			}
		}
		return s.print(texts, func(w io.Writer) {
			for _, section := range call.Form.Sections {
				fmt.Fprintf(w, "== %s ==\n", section.Label.In("nb"))
				for _, f := range section.Fields {
					fmt.Fprintf(w, "%s [%s]\n", f.Label.In("nb"), f.ID)
					if t := texts[f.ID]; t != "" {
						fmt.Fprintf(w, "%s\n", t)
					}
					fmt.Fprintln(w)
				}
			}
		})
	})
}

type checkCommand struct {
	Application string `arg:"" help:"Søknadens nummer, begynnelsen på det, eller navnet."`
}

func (c checkCommand) Run(s *session) error {
	return s.withApplication(c.Application, func(p *app.Program, id string) error {
		report, err := p.Grants.Check(id, s.words, "")
		if err != nil {
			return err
		}
		err = s.print(report, func(w io.Writer) { s.printReport(w, report) })
		if err == nil && !report.CanSubmit {
			return errStopped
		}
		return err
	})
}

func (s *session) printReport(w io.Writer, report grant.Report) {
	words := map[grant.Severity]string{grant.Stop: "STOPPER", grant.Warn: "BØR RETTES", grant.Info: "TIL OPPLYSNING"}
	if report.CanSubmit {
		fmt.Fprintln(w, "Søknaden kan sendes inn.")
	} else {
		fmt.Fprintln(w, "Søknaden kan ikke sendes inn ennå.")
	}
	for _, f := range report.Findings {
		fmt.Fprintf(w, "\n%s: %s [%s]\n", words[f.Severity], f.Message, f.Field)
		if f.Remedy != "" {
			fmt.Fprintf(w, "  %s\n", f.Remedy)
		}
		if f.Reference != "" {
			fmt.Fprintf(w, "  Kilde: %s\n", f.Reference)
		}
	}
}

type budgetCommand struct {
	Application string `arg:"" help:"Søknadens nummer, begynnelsen på det, eller navnet."`
}

type costCell struct {
	Type   string `json:"type"`
	Year   int    `json:"year"`
	Amount int64  `json:"amount"`
}

type financingCell struct {
	Source    string `json:"source"`
	Year      int    `json:"year"`
	Amount    int64  `json:"amount"`
	Confirmed bool   `json:"confirmed"`
}

type overCell struct {
	Year int   `json:"year"` // 0 is the whole period
	By   int64 `json:"by"`
}

type budgetJSON struct {
	Years          []int           `json:"years"`
	Cost           []costCell      `json:"cost"`
	Financing      []financingCell `json:"financing"`
	TotalCost      int64           `json:"total_cost"`
	TotalFinancing int64           `json:"total_financing"`
	Balance        int64           `json:"balance"`
	Grant          int64           `json:"grant"`
	MaxGrant       int64           `json:"max_grant"`
	OverShareBy    int64           `json:"over_share_by"`
	OverCeiling    []overCell      `json:"over_ceiling"`
}

func (c budgetCommand) Run(s *session) error {
	return s.withApplication(c.Application, func(p *app.Program, id string) error {
		b, err := p.Grants.Budget(id, s.words.Code())
		if err != nil {
			return err
		}
		return s.print(budgetAsJSON(b), func(w io.Writer) { s.printBudget(w, b) })
	})
}

func budgetAsJSON(b grant.Budget) budgetJSON {
	j := budgetJSON{Years: b.Years, Cost: []costCell{}, Financing: []financingCell{}, TotalCost: b.TotalCost, TotalFinancing: b.TotalFinancing,
		Balance: b.Balance, Grant: b.Grant, MaxGrant: b.MaxGrant, OverShareBy: b.OverShareBy, OverCeiling: []overCell{}}
	for _, line := range b.Cost {
		for i, amount := range line.Amounts {
			if amount != 0 {
				j.Cost = append(j.Cost, costCell{line.Row.Type, b.Years[i], amount})
			}
		}
	}
	for _, line := range b.Financing {
		for i, amount := range line.Amounts {
			if amount != 0 {
				j.Financing = append(j.Financing, financingCell{line.Row.Type, b.Years[i], amount, line.Confirmed})
			}
		}
	}
	for _, o := range b.Over {
		j.OverCeiling = append(j.OverCeiling, overCell{o.Year, o.By})
	}
	return j
}

func (s *session) printBudget(w io.Writer, b grant.Budget) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	head := "\t"
	for _, y := range b.Years {
		head += fmt.Sprintf("%d\t", y)
	}
	table := func(title string, lines []grant.Line, sums []int64, total int64) {
		fmt.Fprintf(t, "%s%sSum\t\n", title, head)
		for _, l := range lines {
			if l.Sum == 0 {
				continue
			}
			mark := ""
			if l.Confirmed {
				mark = " (bekreftet)"
			}
			fmt.Fprintf(t, "%s%s\t", l.Label, mark)
			for _, a := range l.Amounts {
				fmt.Fprintf(t, "%s\t", s.words.Money(a))
			}
			fmt.Fprintf(t, "%s\t\n", s.words.Money(l.Sum))
		}
		fmt.Fprint(t, "Sum\t")
		for _, a := range sums {
			fmt.Fprintf(t, "%s\t", s.words.Money(a))
		}
		fmt.Fprintf(t, "%s\t\n", s.words.Money(total))
	}
	table("Kostnader", b.Cost, b.CostByYear, b.TotalCost)
	table("Finansiering", b.Financing, b.FinancingByYear, b.TotalFinancing)
	t.Flush()
	fmt.Fprintf(w, "\nTilskudd %s av %s = %s %%. ", s.words.Money(b.Grant), s.words.Money(b.TotalCost), s.words.Percent(b.Grant, b.TotalCost, 2))
	if b.OverShareBy > 0 {
		fmt.Fprintf(w, "Det er %s kroner over taket. ", s.words.Money(b.OverShareBy))
	}
	fmt.Fprintf(w, "Største tilskudd: %s.\n", s.words.Money(b.MaxGrant))
	if b.Balance != 0 {
		fmt.Fprintf(w, "Finansieringen er %s kroner %s kostnadene.\n", s.words.Money(max(b.Balance, -b.Balance)), map[bool]string{true: "over", false: "under"}[b.Balance > 0])
	}
	for _, o := range b.Over {
		period := fmt.Sprint(o.Year)
		if o.Year == 0 {
			period = "hele perioden"
		}
		fmt.Fprintf(w, "Fylkets søknader er %s kroner over taket på %s for %s.\n", s.words.Money(o.By), s.words.Money(o.Ceiling), period)
	}
}

type pdfCommand struct {
	Application string `arg:"" help:"Søknadens nummer, begynnelsen på det, eller navnet."`
	Output      string `short:"o" required:"" type:"path" placeholder:"FIL" help:"PDF-filen som skal lages."`
	Lang        string `enum:"nb,nn," default:"" placeholder:"nb|nn" help:"Målform. Uten den brukes søknadens egen."`
	Version     string `placeholder:"N" help:"Versjonen som skal lages: 1 er den eldste, eller navnet. Uten den lages søknaden slik den er nå."`
}

func (c pdfCommand) Run(s *session) error {
	// The command is over before collecting pays: a tenth of its time went to that,
	// for no less memory at its peak.
	defer debug.SetGCPercent(debug.SetGCPercent(400))
	return s.withApplication(c.Application, func(p *app.Program, id string) error {
		version, err := findVersion(p, id, c.Version)
		if err != nil {
			return err
		}
		made, replaced, err := p.SavePDF("Laget PDF", id, version, c.Lang, c.Output)
		if err != nil {
			return err
		}
		for _, r := range replaced {
			fmt.Fprintf(s.err, "Tegnet %s kan ikke vises i PDF-en og er erstattet (%s).\n", r.Text, amount(r.Count, "gang", "ganger"))
		}
		return s.print(map[string]any{"file": c.Output, "bytes": made.Size}, func(w io.Writer) {
			fmt.Fprintf(w, "Laget %s (%s byte).\n", c.Output, s.words.Number(made.Size))
		})
	})
}

type submitCommand struct {
	Application string `arg:"" help:"Søknadens nummer, begynnelsen på det, eller navnet."`
	Date        string `required:"" placeholder:"ÅÅÅÅ-MM-DD" help:"Datoen søknaden ble sendt inn i portalen."`
	Case        string `required:"" placeholder:"NR" help:"Saksnummeret fra portalen."`
}

func (c submitCommand) Run(s *session) error {
	return s.withApplication(c.Application, func(p *app.Program, id string) error {
		v, report, err := p.Grants.Submit("Innsendt", id, c.Date, c.Case, s.words)
		if errors.Is(err, grant.ErrStops) {
			if perr := s.print(report, func(w io.Writer) { s.printReport(w, report) }); perr != nil {
				return perr
			}
		}
		if err != nil {
			return err
		}
		return s.print(v, func(w io.Writer) {
			fmt.Fprintf(w, "Søknaden er notert som innsendt %s med saksnummer %s. Versjonen er frosset.\n", s.words.DateShort(v.Submitted), v.CaseNumber)
		})
	})
}

type versionsCommand struct {
	Application string `arg:"" help:"Søknadens nummer, begynnelsen på det, eller navnet."`
}

func (c versionsCommand) Run(s *session) error {
	return s.withApplication(c.Application, func(p *app.Program, id string) error {
		all, err := p.Grants.Versions(id)
		if err != nil {
			return err
		}
		if all == nil {
			all = []data.Version{}
		}
		return s.print(all, func(w io.Writer) {
			if len(all) == 0 {
				fmt.Fprintln(w, "Ingen versjoner ennå.")
			}
			for _, v := range all {
				frozen := ""
				if v.Frozen {
					frozen = fmt.Sprintf(" · innsendt %s, sak %s, frosset", s.words.DateShort(v.Submitted), v.CaseNumber)
				}
				at, _ := time.Parse(time.RFC3339, v.Created)
				fmt.Fprintf(w, "%s  %s · %s · %s%s\n", v.ID, orUntitled(v.Name), s.words.Moment(at), v.Actor, frozen)
			}
		})
	})
}

// short makes a text fit one line of a listing.
func short(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > 70 {
		return string(r[:69]) + "…"
	}
	return text
}
