package command

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"kompetansepilot/app"
	"kompetansepilot/app/brief"
	"kompetansepilot/app/course"
	"kompetansepilot/app/need"
	"kompetansepilot/app/partner"
	"kompetansepilot/data"
)

// requestsCommand are the commands for what providers are asked.
type requestsCommand struct {
	List    requestListCommand    `cmd:"" default:"1" help:"List forespørslene."`
	Ask     requestAskCommand     `cmd:"" aliases:"send" help:"Lag en forespørsel om en gruppe til flere tilbydere, med filene. Den er ikke sendt før du sier det med «sent»."`
	Sent    requestSentCommand    `cmd:"" help:"Merk en forespørsel som sendt i dag, og lag en oppgave om å purre når fristen er ute."`
	Compare requestCompareCommand `cmd:"" help:"Sett svarene på en forespørsel side om side."`
	Choose  requestChooseCommand  `cmd:"" help:"Velg et svar: det blir et tilbud og et kurs."`
}

// askedJSON is one provider's part of a request.
type askedJSON struct {
	ID       string      `json:"id"`
	Provider string      `json:"provider"`
	Status   string      `json:"status"`
	Sent     string      `json:"sent"`
	Channel  string      `json:"channel"`
	Reply    *data.Reply `json:"reply"` // null while there is none
}

type requestJSON struct {
	data.Request
	State string      `json:"state"`
	Asked []askedJSON `json:"asked"`
}

func requestOf(r *course.Requested) requestJSON {
	j := requestJSON{Request: r.Request, State: r.State(data.Today()), Asked: []askedJSON{}}
	for i := range r.Asked {
		a := &r.Asked[i]
		one := askedJSON{ID: a.ID, Provider: a.Provider, Status: a.Status, Sent: a.Date, Channel: a.Channel}
		if a.Reply.ID != "" {
			one.Reply = &a.Reply
		}
		j.Asked = append(j.Asked, one)
	}
	return j
}

func (s *session) printRequests(all []course.Requested) error {
	out := make([]requestJSON, len(all))
	for i := range all {
		out[i] = requestOf(&all[i])
	}
	return s.print(out, func(w io.Writer) {
		if len(out) == 0 {
			fmt.Fprintln(w, "Det er ingen forespørsler.")
		}
		for i := range all {
			r := &all[i]
			fmt.Fprintf(w, "%s  %s · %s · %d av %d har svart\n", r.ID, r.Name, course.StateWord(s.words, out[i].State), r.Replies(), len(r.Asked))
			for _, a := range out[i].Asked {
				fmt.Fprintf(w, "    %s  %s · %s\n", a.ID, a.Provider, s.enquiryWord(a.Status))
			}
		}
	})
}

func (s *session) enquiryWord(status string) string {
	if !slices.Contains(partner.EnquiryStatuses(), status) {
		return status
	}
	return s.words.T("offering.enquiry.status." + status)
}

type requestListCommand struct{}

func (requestListCommand) Run(s *session) error {
	return s.with(func(p *app.Program) error {
		all, err := p.Courses.Requests()
		if err != nil {
			return err
		}
		return s.printRequests(all)
	})
}

type requestAskCommand struct {
	onePool
	To     []string `required:"" placeholder:"TILBYDER" help:"Hvem som skal få den: id, organisasjonsnummer eller navn. Kan gis flere ganger."`
	Due    string   `placeholder:"DATO" help:"Siste dag for svar, ÅÅÅÅ-MM-DD."`
	By     string   `enum:"mail,portal,phone,meeting,letter" default:"mail" help:"Hvordan den sendes: mail, portal, phone, meeting eller letter."`
	Folder string   `type:"existingdir" placeholder:"MAPPE" help:"Lag en PDF og et svarark for hver tilbyder i mappen."`
}

func (c requestAskCommand) Run(s *session) error {
	due, why := brief.ParseField(brief.FieldValid, c.Due, false)
	if why != "" {
		return badReply("due", c.Due)
	}
	return s.withPool(c.onePool, func(p *app.Program, g *need.Grouped, pool *need.Pool) error {
		var to []string
		register := partner.NewRegister(p.Workspace, p.Places)
		for _, name := range c.To {
			o, err := register.Resolve(data.OrganisationProvider, name)
			if err != nil {
				return err
			}
			to = append(to, o.ID)
		}
		r := course.OfPool(pool, g.Pooler.Label(s.words, pool))
		if !pool.Stored {
			kept, err := p.Needs.LockPool(s.words, g, pool, true)
			if err != nil {
				return err
			}
			r.Pool = kept.ID
		}
		r.Due = due
		asked, err := p.Courses.Ask(s.words.N("course.ask.step", len(to), "Name", r.Name), r, to, c.By)
		if err != nil {
			return err
		}
		if c.Folder != "" {
			if _, err := p.RequestFiles(c.Folder, &asked, s.words.Code()); err != nil {
				return err
			}
		}
		return s.print(requestOf(&asked), func(w io.Writer) {
			fmt.Fprintf(w, "Laget forespørselen til %s. Den er ikke sendt ennå.\n", amount(len(asked.Asked), "tilbyder", "tilbydere"))
		})
	})
}

type requestSentCommand struct {
	Request string `arg:"" help:"Forespørselen: id, begynnelsen på den, eller det den gjelder."`
}

func (c requestSentCommand) Run(s *session) error {
	return s.withRequest(c.Request, func(p *app.Program, r *course.Requested) error {
		sent, err := p.Courses.MarkSent(s.words.T("course.sent.step", "Name", r.Name), r.ID, func(name string) string { return s.words.T("course.sent.reminder", "Name", name) })
		if err != nil {
			return err
		}
		return s.print(requestOf(&sent), func(w io.Writer) { fmt.Fprintf(w, "Forespørselen «%s» er merket som sendt.\n", sent.Name) })
	})
}

type requestCompareCommand struct {
	Request string `arg:"" help:"Forespørselen: id-en, begynnelsen på den, eller hva den gjelder."`
	File    string `short:"o" name:"output" type:"path" placeholder:"FIL" help:"Skriv sammenligningen til en fil: .xlsx eller .csv."`
}

func (c requestCompareCommand) Run(s *session) error {
	return s.withRequest(c.Request, func(p *app.Program, r *course.Requested) error {
		compared := course.Compare(r, s.words, data.Today())
		if c.File != "" {
			if err := compared.Save(c.File, s.words); err != nil {
				return err
			}
			return s.print(map[string]string{"file": c.File}, func(w io.Writer) { fmt.Fprintln(w, "Skrev", c.File) })
		}
		type lineJSON struct {
			ID      string        `json:"id"`
			Label   string        `json:"label"`
			Answers []course.Cell `json:"answers"`
		}
		lines := []lineJSON{}
		for _, l := range compared.Lines {
			lines = append(lines, lineJSON{l.ID, l.Label, l.Cells})
		}
		return s.print(map[string]any{"request": r.ID, "providers": orEmpty(compared.Providers), "lines": lines}, func(w io.Writer) {
			for _, l := range compared.Lines {
				fmt.Fprintln(w, l.Label)
				for i, cell := range l.Cells {
					text := cell.Text
					if text == "" {
						text = s.words.T("course.compare.none")
					}
					if cell.Best {
						text += " " + s.words.T("course.compare.bestMark")
					}
					if cell.Doubt != "" {
						text += " – " + cell.Doubt
					}
					fmt.Fprintf(w, "    %s: %s\n", compared.Providers[i], text)
				}
			}
		})
	})
}

type requestChooseCommand struct {
	Enquiry string `arg:"" help:"Svaret som velges: id-en til tilbyderens del av forespørselen, slik requests viser den."`
	Letter  string `placeholder:"TEKST" help:"Brevet til dem som ikke blir valgt."`
}

func (c requestChooseCommand) Run(s *session) error {
	return s.with(func(p *app.Program) error {
		a, err := p.Courses.ResolveAsked(c.Enquiry)
		if err != nil {
			return err
		}
		made, err := p.Courses.Choose(s.words.T("course.choose.step", "Provider", a.Provider, "Name", a.Name), a.ID, c.Letter)
		if err != nil {
			return err
		}
		return s.print(map[string]string{"offering": made.Offering.ID, "course": made.Course.ID}, func(w io.Writer) {
			fmt.Fprintf(w, "Valgte %s. Laget kurset «%s» (%s).\n", a.Provider, made.Course.Name, made.Course.ID)
		})
	})
}

// withRequest also finds the request that was named.
func (s *session) withRequest(name string, f func(*app.Program, *course.Requested) error) error {
	return s.with(func(p *app.Program) error {
		r, err := p.Courses.ResolveRequest(name)
		if err != nil {
			return err
		}
		return f(p, &r)
	})
}

// repliesCommand are the commands for what providers answer.
type repliesCommand struct {
	List   replyListCommand   `cmd:"" help:"List svarene."`
	Add    replyAddCommand    `cmd:"" help:"Skriv inn et svar."`
	Import replyImportCommand `cmd:"" help:"Les inn svararket som en tilbyder har fylt ut."`
}

type replyListCommand struct {
	Request string `arg:"" optional:"" help:"Forespørselen. Uten den listes alle."`
}

func (c replyListCommand) Run(s *session) error {
	return s.with(func(p *app.Program) error {
		all, err := p.Courses.Requests()
		if err != nil {
			return err
		}
		if c.Request != "" {
			one, err := p.Courses.ResolveRequest(c.Request)
			if err != nil {
				return err
			}
			all = []course.Requested{one}
		}
		out := []askedJSON{}
		for i := range all {
			for _, a := range requestOf(&all[i]).Asked {
				if a.Reply != nil {
					out = append(out, a)
				}
			}
		}
		return s.print(out, func(w io.Writer) {
			if len(out) == 0 {
				fmt.Fprintln(w, "Ingen har svart ennå.")
			}
			for _, a := range out {
				fmt.Fprintf(w, "%s  %s · %s\n", a.ID, a.Provider, s.enquiryWord(a.Status))
				for _, f := range brief.Fields() {
					if text := course.ReplyWord(s.words, f, *course.ReplyAt(a.Reply, f)); text != "" {
						fmt.Fprintf(w, "    %-9s %s\n", f, strings.ReplaceAll(text, "\n", " "))
					}
				}
			}
		})
	})
}

type replyAddCommand struct {
	Enquiry string   `arg:"" help:"Tilbyderens del av forespørselen, slik requests viser id-en."`
	Fields  []string `arg:"" name:"felt=verdi" help:"Feltene: total, price, form, place, start, finish, dates, credits, level, least, capacity, valid, language og note. En tom verdi tømmer feltet."`
}

func (c replyAddCommand) Run(s *session) error {
	values := map[string]string{}
	err := setFields(c.Fields, func(field, text string) error {
		if !slices.Contains(brief.Fields(), field) {
			return badColumn(field, brief.Fields())
		}
		value, why := brief.ParseField(field, text, false)
		if why != "" {
			return badReply(field, text)
		}
		values[field] = value
		return nil
	})
	if err != nil {
		return err
	}
	return s.with(func(p *app.Program) error {
		a, err := p.Courses.ResolveAsked(c.Enquiry)
		if err != nil {
			return err
		}
		reply, err := p.Courses.AddReply("Svar fra "+a.Provider, a.ID, values)
		if err != nil {
			return err
		}
		return s.print(reply, func(w io.Writer) { fmt.Fprintf(w, "Noterte svaret fra %s.\n", a.Provider) })
	})
}

func badReply(field, text string) error {
	return data.NewError(partner.CodeBadValue+".reply", "«{{.Text}}» kan ikke stå i feltet {{.Field}}. Ingenting er endret.", nil, "Text", text, "Field", field)
}

func badColumn(field string, known []string) error {
	return data.NewError(partner.CodeUnknownColumn+".known", "Det finnes ikke noe felt som heter «{{.Field}}». Ingenting er endret. Feltene er: {{.Known}}.", nil, "Field", field, "Known", strings.Join(known, ", "))
}

type replyImportCommand struct {
	File    string `arg:"" type:"path" help:"Svararket, en .xlsx-fil."`
	Enquiry string `name:"for" placeholder:"ID" help:"Hva arket svarer på, når det ikke står i det."`
}

func (c replyImportCommand) Run(s *session) error {
	return s.with(func(p *app.Program) error {
		filled, err := brief.ReadForm(c.File)
		if err != nil {
			return err
		}
		enquiry := ""
		if c.Enquiry != "" {
			a, err := p.Courses.ResolveAsked(c.Enquiry)
			if err != nil {
				return err
			}
			enquiry = a.ID
		}
		reply, err := p.Courses.ImportReply("Leste inn svararket "+filled.Name, enquiry, &filled, s.words)
		if err != nil {
			return err
		}
		problems := []string{}
		for i := range filled.Problems {
			problems = append(problems, filled.Problems[i].Sentence(s.words))
		}
		return s.print(map[string]any{"enquiry": reply.Enquiry, "reply": reply, "problems": problems}, func(w io.Writer) {
			fmt.Fprintf(w, "Leste %d felt.\n", len(filled.Values))
			for _, text := range problems {
				fmt.Fprintln(w, text)
			}
		})
	})
}

// coursesCommand are the commands for courses.
type coursesCommand struct {
	List   courseListCommand   `cmd:"" help:"List kursene."`
	Show   courseShowCommand   `cmd:"" help:"Vis et kurs med bedriftene og det som ikke stemmer."`
	Start  courseStartCommand  `cmd:"" help:"Lag et kurs av et tilbud."`
	Set    courseSetCommand    `cmd:"" help:"Endre et kurs, eller tallene for en bedrift i det."`
	Totals courseTotalsCommand `cmd:"" help:"Tell deltakerne etter kurs, bedrift, kommune eller halvår."`
}

type businessJSON struct {
	data.Participation
	Name  string `json:"name"`
	Names int    `json:"names"`
}

type courseJSON struct {
	data.Course
	ProviderName string         `json:"providerName"`
	Counts       course.Counts  `json:"counts"`
	Businesses   []businessJSON `json:"businesses"`
	Findings     []string       `json:"findings"`
}

func courseOf(s *session, r *course.Run) courseJSON {
	j := courseJSON{Course: r.Course, ProviderName: r.Provider, Counts: r.Sum(), Businesses: []businessJSON{}, Findings: []string{}}
	for i := range r.Businesses {
		b := &r.Businesses[i]
		j.Businesses = append(j.Businesses, businessJSON{b.Participation, b.Business, len(b.People)})
	}
	for _, f := range course.Check(r, s.words, data.Today()) {
		j.Findings = append(j.Findings, f.Text)
	}
	return j
}

type courseListCommand struct{}

func (courseListCommand) Run(s *session) error {
	return s.with(func(p *app.Program) error {
		runs, err := p.Courses.Runs()
		if err != nil {
			return err
		}
		out := make([]courseJSON, len(runs))
		for i := range runs {
			out[i] = courseOf(s, &runs[i])
		}
		return s.print(out, func(w io.Writer) {
			if len(out) == 0 {
				fmt.Fprintln(w, "Ingen kurs er laget.")
			}
			for _, c := range out {
				fmt.Fprintf(w, "%s  %s · %s · %d påmeldt, %d fullført\n", c.ID, c.Name, course.StatusWord(s.words, c.Status), c.Counts.Registered, c.Counts.Completed)
			}
		})
	})
}

type courseShowCommand struct {
	Course string `arg:"" help:"Id-en, begynnelsen på den, eller navnet."`
}

func (c courseShowCommand) Run(s *session) error {
	return s.with(func(p *app.Program) error {
		r, err := p.Courses.ResolveRun(c.Course)
		if err != nil {
			return err
		}
		j := courseOf(s, &r)
		return s.print(j, func(w io.Writer) {
			fmt.Fprintf(w, "%s · %s\n%s · %s – %s\n", j.Name, course.StatusWord(s.words, j.Status), j.ProviderName, j.Start, j.Finish)
			for _, b := range j.Businesses {
				fmt.Fprintf(w, "    %s  %s: %d påmeldt, %d begynt, %d fullført, %d falt fra\n", b.ID, b.Name, b.Registered, b.Started, b.Completed, b.Dropped)
			}
			for _, text := range j.Findings {
				fmt.Fprintln(w, text)
			}
		})
	})
}

type courseStartCommand struct {
	Offering string `arg:"" help:"Tilbudet: id-en, begynnelsen på den, eller tittelen."`
}

func (c courseStartCommand) Run(s *session) error {
	return s.with(func(p *app.Program) error {
		o, err := partner.NewOfferings(p.Workspace, p.Places).Resolve(c.Offering)
		if err != nil {
			return err
		}
		made, err := p.Courses.Start(s.words.T("course.add.step", "Name", o.Title), o.ID)
		if err != nil {
			return err
		}
		return s.print(map[string]string{"id": made.ID}, func(w io.Writer) { fmt.Fprintf(w, "Laget kurset «%s» (%s).\n", made.Name, made.ID) })
	})
}

type courseSetCommand struct {
	Course   string   `arg:"" help:"Id-en, begynnelsen på den, eller navnet."`
	Business string   `name:"business" placeholder:"BEDRIFT" help:"Bedriften som tallene gjelder: id, organisasjonsnummer eller navn. Den kommer med i kurset om den ikke er det."`
	Fields   []string `arg:"" name:"felt=verdi" help:"For kurset: name, status, start, finish, credits, price, least, capacity, score, answers, evaluation, note. For en bedrift: expected, registered, started, completed, dropped, credits, reason, note."`
}

func (c courseSetCommand) Run(s *session) error {
	return s.with(func(p *app.Program) error {
		r, err := p.Courses.ResolveRun(c.Course)
		if err != nil {
			return err
		}
		label := "Endret kurset «" + r.Name + "»"
		if c.Business == "" {
			err = setFields(c.Fields, func(field, value string) error { return course.SetColumn(&r.Course, field, value) })
			if err == nil {
				err = p.Courses.Put(label, &r.Course)
			}
		} else {
			err = c.setBusiness(p, label, &r)
		}
		if err != nil {
			return err
		}
		if r, err = p.Courses.Run(r.ID); err != nil {
			return err
		}
		j := courseOf(s, &r)
		return s.print(j, func(w io.Writer) {
			fmt.Fprintf(w, "Endret «%s».\n", r.Name)
			for _, text := range j.Findings {
				fmt.Fprintln(w, text)
			}
		})
	})
}

// setBusiness changes the counts of a business, all fields or none.
func (c courseSetCommand) setBusiness(p *app.Program, label string, r *course.Run) error {
	var trial data.Participation
	if err := setFields(c.Fields, func(field, value string) error { return course.SetCount(&trial, field, value) }); err != nil {
		return err
	}
	o, err := partner.NewRegister(p.Workspace, p.Places).Resolve(data.OrganisationBusiness, c.Business)
	if err != nil {
		return err
	}
	_, err = p.Courses.Count(label, r.ID, o.ID, func(now *data.Participation) {
		_ = setFields(c.Fields, func(field, value string) error { return course.SetCount(now, field, value) }) // tried above
	})
	return err
}

type courseTotalsCommand struct {
	By   string `enum:"course,business,municipality,half" default:"course" help:"Tell etter course (kurs), business, municipality eller half (halvår)."`
	File string `short:"o" name:"output" type:"path" placeholder:"FIL" help:"Skriv tabellen til en fil: .xlsx eller .csv. Tall under fem er skjult."`
	Own  bool   `help:"Skriv alle tallene i filen, for eget bruk i fylkeskommunen."`
}

func (c courseTotalsCommand) Run(s *session) error {
	return s.with(func(p *app.Program) error {
		totals, err := p.Courses.Totals(course.By(c.By), s.words)
		if err != nil {
			return err
		}
		if c.File != "" {
			if err := totals.Save(c.File, c.Own, s.words); err != nil {
				return err
			}
			return s.print(map[string]string{"file": c.File}, func(w io.Writer) { fmt.Fprintln(w, "Skrev", c.File) })
		}
		return s.print(totals, func(w io.Writer) {
			fmt.Fprintln(w, strings.Join(totals.Header(s.words), " · "))
			for i := range totals.Rows {
				fmt.Fprintln(w, strings.Join(totals.Rows[i].Cells(s.words), " · "))
			}
			fmt.Fprintln(w, strings.Join(totals.Sum.Cells(s.words), " · "))
		})
	})
}
