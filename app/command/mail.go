package command

import (
	"cmp"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"kompetansepilot/app"
	"kompetansepilot/app/disk"
	"kompetansepilot/app/grant"
	"kompetansepilot/app/mail"
	"kompetansepilot/app/mail/ask"
	"kompetansepilot/app/mail/link"
	"kompetansepilot/data"
	"kompetansepilot/data/post"
)

// mailCommands are the commands of the mailbox.
type mailCommands struct {
	Account struct {
		Add    mailAddCommand    `cmd:"" help:"Logg på en postkasse og legg den til, eller endre en som er lagt til. Passordet leses fra standard inn eller KOMPETANSEPILOT_MAIL_SECRET."`
		Find   mailFindCommand   `cmd:"" help:"Si hvor postkassen til en adresse er, og hvordan en logger på. Ingenting sendes til den."`
		List   mailListAccounts  `cmd:"" help:"List postkassene."`
		Remove mailRemoveAccount `cmd:"" help:"Glem en postkasse. Posten som er hentet, blir liggende her."`
	} `cmd:"" help:"Postkasser."`
	Folder struct {
		List mailFolderList `cmd:"" help:"List mappene i postkassen, og hva som hentes."`
		Set  mailFolderSet  `cmd:"" help:"Velg hva som hentes fra en mappe, og hvor lenge det blir liggende her."`
	} `cmd:"" help:"Mapper."`
	Never   mailNeverCommand   `cmd:"" help:"Hent aldri post fra en adresse eller et domene, og slett det som er hentet, her. Postkassen røres ikke."`
	Sync    mailSyncCommand    `cmd:"" help:"Hent ny post. Postkassen endres aldri."`
	List    mailListCommand    `cmd:"" help:"List posten, nyeste først."`
	Show    mailShowCommand    `cmd:"" help:"Vis en e-post."`
	Export  mailExportCommand  `cmd:"" help:"Skriv en e-post som .eml, slik den kom."`
	Mark    mailMarkCommand    `cmd:"" help:"Noter saksnummer, journalføring og hjemmel for unntak fra offentlighet."`
	Archive mailArchiveCommand `cmd:"" help:"Skriv e-poster til arkivet: .eml, PDF, vedlegg og journalliste i en ny mappe."`
	Search  mailSearchCommand  `cmd:"" help:"Søk: ord, \"uttrykk\", fra:, til:, emne:, fil:, mappe:, etter:, før:, har:vedlegg."`
	Link    mailLinkCommand    `cmd:"" help:"Koble en e-post til en bedrift, tilbyder eller søknad."`
	Explain mailExplainCommand `cmd:"" help:"Si hvor en e-post hører til og hvorfor, og hva den ber om."`
	Draft   mailDraftCommand   `cmd:"" help:"Legg en kladd i postkassen."`
}

func (s *session) withMail(f func(p *app.Program, desk *mail.Desk) error) error {
	return s.with(func(p *app.Program) error { return f(p, p.Mail) })
}

// withRead is withMail when the links are to be as the register is now.
func (s *session) withRead(f func(p *app.Program, desk *mail.Desk) error) error {
	return s.withMail(func(p *app.Program, desk *mail.Desk) error {
		if err := desk.Read(context.Background()); err != nil {
			return err
		}
		return f(p, desk)
	})
}

// withMessage runs f on the message that a number, or the beginning of one, names.
func (s *session) withMessage(number string, f func(p *app.Program, desk *mail.Desk, row post.Row) error) error {
	return s.withRead(func(p *app.Program, desk *mail.Desk) error {
		store, err := desk.Store()
		if err != nil {
			return err
		}
		row, err := store.Message(number)
		if err != nil {
			return err
		}
		return f(p, desk, row)
	})
}

// printFound prints the newest messages that a query picks; left keeps those that are
// still to be journaled.
func (s *session) printFound(q post.Query, left bool, limit int) error {
	return s.withRead(func(_ *app.Program, desk *mail.Desk) error {
		if left {
			if err := desk.Unjournaled(&q); err != nil {
				return err
			}
		}
		store, err := desk.Store()
		if err != nil {
			return err
		}
		rows, err := store.List(q, 0, limit)
		if err != nil {
			return err
		}
		return s.printMail(rows)
	})
}

// testCA is a root that is trusted instead of the system's, for a server on this
// machine.
type testCA struct {
	TLSCA string `name:"tls-ca" type:"path" placeholder:"FIL" help:"Rotsertifikat for en tjener på denne maskinen, til prøving."`
}

func (c testCA) pool() (*x509.CertPool, error) {
	if c.TLSCA == "" {
		return nil, nil
	}
	raw, err := disk.Read(c.TLSCA, maxInput)
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(raw) {
		return nil, data.NewError("mailCAFile", "{{.Path}} er ikke et sertifikat. Ingenting er sendt.", nil, "Path", c.TLSCA)
	}
	return pool, nil
}

type mailSyncCommand struct {
	testCA
	Account string `help:"Bare denne postkassen." placeholder:"ADRESSE"`
	Once    bool   `help:"Hent én gang og avslutt. Det er det vanlige fra kommandolinjen."`
}

type mailFolderJSON struct {
	Name    string  `json:"name"`
	New     int     `json:"new"`
	Gone    int     `json:"gone"`
	Failed  int     `json:"failed"`
	Bytes   int64   `json:"bytes"`
	Seconds float64 `json:"seconds"`
	Problem string  `json:"problem,omitempty"`
}

type mailSyncJSON struct {
	Folders []mailFolderJSON `json:"folders"`
	Notices []string         `json:"notices,omitempty"`
}

func (c mailSyncCommand) Run(s *session) error {
	return s.withMail(func(p *app.Program, desk *mail.Desk) error {
		pool, err := c.pool()
		if err != nil {
			return err
		}
		accounts, err := desk.Accounts()
		if err != nil {
			return err
		}
		if c.Account != "" || len(accounts) == 0 {
			a, err := desk.Account(c.Account)
			if err != nil {
				return err
			}
			accounts = []data.MailAccount{a}
		}
		out := mailSyncJSON{Folders: []mailFolderJSON{}}
		var failure error
		for _, a := range accounts {
			result, err := desk.Sync(context.Background(), a, pool, nil)
			failure = errors.Join(failure, err)
			for _, f := range result.Folders {
				j := mailFolderJSON{f.Name, f.New, f.Gone, f.Failed, f.Bytes, f.Seconds, ""}
				if f.Err != nil {
					j.Problem = f.Err.Error()
				}
				out.Folders = append(out.Folders, j)
			}
			out.Notices = append(out.Notices, result.Notices...)
		}
		if failure != nil {
			return failure
		}
		return s.print(out, func(w io.Writer) {
			for _, f := range out.Folders {
				fmt.Fprintf(w, "%s: %s, %d borte, %d feilet, %.1f s\n", f.Name, amount(f.New, "ny", "nye"), f.Gone, f.Failed, f.Seconds)
			}
		})
	})
}

type mailRowJSON struct {
	ID          string    `json:"id"`
	Thread      int64     `json:"thread"`
	Date        time.Time `json:"date"`
	From        string    `json:"from"`
	Address     string    `json:"address"`
	Subject     string    `json:"subject"`
	Attachments int       `json:"attachments"`
	Unread      bool      `json:"unread"`
	Link        string    `json:"link"`
	Due         string    `json:"due"`
	Owes        string    `json:"owes"`            // "us", "them" or ""
	Since       string    `json:"since,omitempty"` // YYYY-MM-DD
}

func mailRows(rows []post.Row) []mailRowJSON {
	all := make([]mailRowJSON, len(rows))
	for i, r := range rows {
		all[i] = mailRowJSON{r.Key, r.Thread, r.Date.UTC(), r.From.Name, r.From.Address, r.Subject, r.Attachments, r.Unread, r.Link, r.Due, r.Owed.Who, ""}
		if r.Owed.Who != ask.Nobody {
			all[i].Since = r.Owed.Since.Format(time.DateOnly)
		}
	}
	return all
}

func (s *session) printMail(rows []post.Row) error {
	return s.print(mailRows(rows), func(w io.Writer) {
		if len(rows) == 0 {
			fmt.Fprintln(w, "Ingen e-post.")
		}
		for _, r := range rows {
			fmt.Fprintf(w, "%s  %s  %s  %s  %s\n", r.Key[:12], r.Date.Format("02.01.2006"), r.From.Who(), r.Subject, mail.OwedWords(s.words, r.Owed, time.Now()))
		}
	})
}

type mailListCommand struct {
	Limit       int    `help:"Høyst så mange." default:"50"`
	Owes        string `help:"Bare samtalene der du (us) eller andre (them) skylder svar, de som har ventet lengst først." enum:",us,them" default:""`
	Unjournaled bool   `help:"Bare det som hører til noe og ikke er journalført."`
}

func (c mailListCommand) Run(s *session) error {
	return s.printFound(post.Query{Owed: c.Owes, Threads: c.Owes != ""}, c.Unjournaled, c.Limit)
}

type mailSearchCommand struct {
	Query []string `arg:"" help:"Det som søkes etter."`
	Limit int      `help:"Høyst så mange." default:"50"`
}

func (c mailSearchCommand) Run(s *session) error {
	return s.printFound(post.Query{Text: strings.Join(c.Query, " ")}, false, c.Limit)
}

type mailShowCommand struct {
	Message string `arg:"" help:"Nummeret, eller begynnelsen av det."`
}

type mailShowJSON struct {
	mailRowJSON
	To          []string         `json:"to"`
	Text        string           `json:"text"`
	Files       []mailAttachment `json:"files"`
	RemoteCount int              `json:"remotePictures"`
	Invitations []mailInvitation `json:"invitations,omitempty"`
	Signed      bool             `json:"signed,omitempty"`
	Encrypted   bool             `json:"encrypted,omitempty"`
}

// mailInvitation is a meeting that a message asks to.
type mailInvitation struct {
	Summary   string     `json:"summary"`
	Place     string     `json:"place"`
	Organiser string     `json:"organiser"`
	Method    string     `json:"method"`
	Start     *time.Time `json:"start,omitempty"`
	End       *time.Time `json:"end,omitempty"`
	WholeDay  bool       `json:"wholeDay,omitempty"`
	Repeats   bool       `json:"repeats,omitempty"`
}

// timeOrNone is nil for no time.
func timeOrNone(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

type mailAttachment struct {
	Name   string `json:"name"`
	Type   string `json:"type"`
	Size   int    `json:"size"`
	Danger string `json:"danger,omitempty"`
}

func (c mailShowCommand) Run(s *session) error {
	return s.withMessage(c.Message, func(p *app.Program, desk *mail.Desk, row post.Row) error {
		m, err := desk.Message(row)
		if err != nil {
			return err
		}
		out := mailShowJSON{mailRowJSON: mailRows([]post.Row{row})[0], To: []string{}, Text: m.Text, Files: []mailAttachment{}, RemoteCount: m.Remote, Signed: m.Signed, Encrypted: m.Encrypted}
		for _, a := range m.To {
			out.To = append(out.To, a.Address)
		}
		for _, a := range m.Attachments {
			out.Files = append(out.Files, mailAttachment{a.Name, a.Type, a.Size, a.Danger})
		}
		for _, i := range m.Invitations {
			out.Invitations = append(out.Invitations, mailInvitation{i.Summary, i.Place, i.Organiser.Address, i.Method, timeOrNone(i.Start), timeOrNone(i.End), i.WholeDay, i.Repeats})
		}
		return s.print(out, func(w io.Writer) {
			fmt.Fprintf(w, "Fra: %s <%s>\nTil: %s\nEmne: %s\n\n", out.From, out.Address, strings.Join(out.To, ", "), out.Subject)
			for _, i := range m.Invitations {
				fmt.Fprintf(w, "%s\n\n", strings.Join(mail.InvitationWords(s.words, i), "\n"))
			}
			if m.Encrypted {
				fmt.Fprintf(w, "%s\n\n", s.words.T("mailui.encrypted"))
			}
			fmt.Fprintf(w, "%s\n", out.Text)
			for _, f := range out.Files {
				fmt.Fprintf(w, "Vedlegg: %s (%s)\n", f.Name, f.Type)
			}
		})
	})
}

type mailExportCommand struct {
	Message string `arg:"" help:"Nummeret, eller begynnelsen av det."`
	File    string `short:"o" name:"output" required:"" type:"path" placeholder:"FIL" help:"Filen som skrives."`
}

func (c mailExportCommand) Run(s *session) error {
	return s.withMessage(c.Message, func(p *app.Program, desk *mail.Desk, row post.Row) error {
		raw, err := desk.Raw(row)
		if err != nil {
			return err
		}
		path := c.File
		if filepath.Ext(path) == "" {
			path += ".eml"
		}
		if err := disk.Write(path, raw); err != nil {
			return err
		}
		return s.print(map[string]string{"file": path}, func(w io.Writer) { fmt.Fprintln(w, "Skrev", path) })
	})
}

type mailLinkCommand struct {
	Message string `arg:"" help:"Nummeret til e-posten."`
	Record  string `arg:"" help:"Bedriften, tilbyderen eller søknaden: navn, nummer eller id."`
	Learn   bool   `help:"Husk at avsenderen hører til der."`
	Refuse  bool   `help:"Den hører ikke til der."`
}

func (c mailLinkCommand) Run(s *session) error {
	return s.withMessage(c.Message, func(p *app.Program, desk *mail.Desk, row post.Row) error {
		about, id, err := mailRecord(p, c.Record)
		if err != nil {
			return err
		}
		if err := desk.Link("Koblet en e-post", row, about, id, !c.Refuse, c.Learn); err != nil {
			return err
		}
		return s.explain(desk, row)
	})
}

// mailRecord finds what mail can be linked to.
func mailRecord(p *app.Program, name string) (about, id string, err error) {
	all, err := data.Live[data.Organisation](p.Workspace, "id = ? OR org_number = ? OR name = ? COLLATE NOCASE", "id LIMIT 2", name, strings.ReplaceAll(name, " ", ""), name)
	switch {
	case err != nil:
		return "", "", err
	case len(all) == 1:
		return link.Organisation, all[0].ID, nil
	case len(all) > 1:
		return "", "", data.NewError(data.CodeAmbiguous+".organisation", "Flere i registeret passer med «{{.Name}}». Skriv hele nummeret.", nil, "Name", name)
	}
	if id, err = p.Grants.Resolve(name); err != nil {
		return "", "", err
	}
	return link.Application, id, nil
}

type mailExplainCommand struct {
	Message string `arg:"" help:"Nummeret, eller begynnelsen av det."`
}

func (c mailExplainCommand) Run(s *session) error {
	return s.withMessage(c.Message, func(p *app.Program, desk *mail.Desk, row post.Row) error {
		return s.explain(desk, row)
	})
}

func (s *session) explain(desk *mail.Desk, row post.Row) error {
	x, err := desk.Explain(row)
	if err != nil {
		return err
	}
	return s.print(x, func(w io.Writer) {
		for _, l := range x.Links {
			fmt.Fprintf(w, "%s (%.0f %%)\n", mail.ReasonWords(s.words, l), l.Confidence*100)
		}
		for _, q := range x.Proposals {
			fmt.Fprintf(w, "%s %s %s\n", mail.KindWords(s.words, q.Kind), q.Date, q.Quote)
		}
	})
}

type mailDraftCommand struct {
	testCA
	To       []string `required:"" help:"Mottaker. Gjenta for flere; hver får sin kladd." placeholder:"ADRESSE"`
	Subject  string   `help:"Emnet, når malen ikke gir et."`
	Template string   `help:"Mal: contact, interview, enquiry, group, support, reminder eller thanks." default:"contact"`
	Text     string   `help:"Tekst i stedet for malen." placeholder:"FIL" type:"path"`
	Attach   []string `help:"Vedlegg. Gjenta for flere." placeholder:"FIL" type:"path"`
	Lang     string   `help:"nb eller nn; ellers den målformen som hver mottaker skal ha." enum:"nb,nn,auto" default:"auto"`
	Account  string   `help:"Postkassen; ellers den som ble brukt sist." placeholder:"ADRESSE"`
}

func (c mailDraftCommand) Run(s *session) error {
	return s.withMail(func(p *app.Program, desk *mail.Desk) error {
		pool, err := c.pool()
		if err != nil {
			return err
		}
		l := mail.Letter{Subject: c.Subject, Template: c.Template, Language: c.Lang}
		if c.Text != "" {
			raw, err := disk.Read(c.Text, maxInput)
			if err != nil {
				return err
			}
			l.Text = string(raw)
		}
		for _, path := range c.Attach {
			raw, err := disk.Read(path, grant.MaxAttachmentSize)
			if err != nil {
				return err
			}
			l.Files = append(l.Files, mail.File{Name: filepath.Base(path), Content: raw})
		}
		var letters []mail.Letter
		for _, to := range c.To {
			one := l
			one.To = []string{to}
			if c.Lang == "auto" {
				if one.Language, err = desk.NormOf(to, "", ""); err != nil {
					return err
				}
			}
			letters = append(letters, one)
		}
		made, err := desk.Drafts(context.Background(), mail.StepWords(s.words, letters), c.Account, letters, pool)
		if err != nil {
			return err
		}
		err = s.print(made.Kept, func(w io.Writer) {
			for _, d := range made.Kept {
				if d.Saved != "" {
					fmt.Fprintf(w, "Kladden til %s ligger i postkassen.\n", d.Receivers)
				}
			}
		})
		return cmp.Or(err, s.waits(made))
	})
}

// waits tells of drafts that could not be put into the mailbox yet, and ends the
// command as one that could not do what it was asked to.
func (s *session) waits(made mail.Drafted) error {
	if made.Waits == nil {
		return nil
	}
	fmt.Fprintln(s.err, mail.DraftedWords(s.words, made, func(err error) string { return cmp.Or(data.Message(err), err.Error()) }))
	return errStopped
}
