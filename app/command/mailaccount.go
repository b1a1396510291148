package command

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"kompetansepilot/app"
	"kompetansepilot/app/disk"
	"kompetansepilot/app/mail"
	"kompetansepilot/app/mail/signin"
	"kompetansepilot/app/system"
	"kompetansepilot/data"
)

// clientSecretVariable is the environment variable that a client secret may stand in.
const clientSecretVariable = "KOMPETANSEPILOT_MAIL_CLIENT_SECRET"

type mailAddCommand struct {
	testCA
	Address    string `arg:"" help:"Adressen til postkassen, for eksempel post@fylke.no."`
	SignIn     string `enum:"auto,password,microsoft,google" default:"auto" help:"Hvordan en logger på: password, microsoft eller google. Ellers finnes det fra adressen." placeholder:"MÅTE"`
	Host       string `help:"Tjeneren, når den ikke finnes av seg selv." placeholder:"NAVN"`
	Port       int64  `help:"Porten, når den er en annen enn 993." placeholder:"PORT"`
	User       string `help:"Hvem som logger på, når det er en annen enn adressen: brukernavnet, eller personen som åpner en delt postkasse." placeholder:"NAVN"`
	ClientID   string `help:"Klient-ID-en som programmet er registrert med hos Microsoft eller Google." placeholder:"ID"`
	Tenant     string `help:"Leietakeren i Microsoft 365: domenet eller ID-en." placeholder:"DOMENE"`
	DeviceCode *bool  `negatable:"" help:"Logg på med en kode på en annen maskin, i stedet for i nettleseren her."`
	Endpoints  string `type:"path" placeholder:"FIL" help:"Fylkets egne adresser for pålogging, som JSON."`
	Days       *int64 `help:"Hvor mange dager tilbake som hentes; 0 er alt." placeholder:"DAGER"`
}

func (c mailAddCommand) Run(s *session) error {
	return s.withMail(func(p *app.Program, desk *mail.Desk) error {
		pool, err := c.pool()
		if err != nil {
			return err
		}
		a, way, err := c.account(desk)
		if err != nil {
			return err
		}
		ctx, stop := interruptible()
		defer stop()
		if a.Host == "" || a.SignIn == "" { // what is asked for next depends on it
			found, err := mail.Find(ctx, a.Address)
			if err != nil {
				return err
			}
			if a.Host == "" {
				a.Host, a.Port = found.Host, cmp.Or(a.Port, int64(found.Port))
				a.SignIn = cmp.Or(a.SignIn, found.SignIn)
			}
			a.SignIn = cmp.Or(a.SignIn, signin.WayOf(a.Host))
			fmt.Fprintf(s.err, "Tjener: %s. Pålogging: %s.\n", cmp.Or(a.Host, "ikke funnet"), wayWords(a.SignIn))
		}
		how := mail.SignIn{CA: pool, Words: s.words, Open: s.browse, Show: func(x signin.Prompt) {
			fmt.Fprintf(s.err, "Åpne %s og skriv koden %s. Koden gjelder til %s.\n", x.Address, x.Code, x.Until.Format("15:04"))
		}}
		if how.Password, how.ClientSecret, err = s.mailSecret(a, way == a.SignIn); err != nil {
			return err
		}
		a, err = desk.AddAccount(ctx, "La til postkassen "+c.Address, a, how)
		if err != nil {
			return err
		}
		return s.print(a, func(w io.Writer) { fmt.Fprintf(w, "La til %s på %s.\n", a.Address, a.Host) })
	})
}

// account is what the flags say, over what is known of the mailbox. way is how one
// has signed in to it until now, "" for a new one.
func (c mailAddCommand) account(desk *mail.Desk) (a data.MailAccount, way string, err error) {
	a, err = desk.Account(c.Address)
	switch {
	case data.Code(err) == data.CodeNotFound:
		a = data.MailAccount{Address: c.Address}
	case err != nil:
		return a, way, err
	}
	way = a.SignIn
	a.Host, a.Port, a.User = cmp.Or(c.Host, a.Host), cmp.Or(c.Port, a.Port), cmp.Or(c.User, a.User)
	a.ClientID, a.Tenant = cmp.Or(c.ClientID, a.ClientID), cmp.Or(c.Tenant, a.Tenant)
	if c.SignIn != "auto" {
		a.SignIn = c.SignIn
	}
	if c.DeviceCode != nil {
		a.DeviceCode = *c.DeviceCode
	}
	if c.Days != nil {
		a.Days = *c.Days
	}
	if c.Endpoints == "" {
		return a, way, nil
	}
	raw, err := disk.Read(c.Endpoints, maxInput)
	if err != nil {
		return a, way, err
	}
	if _, err := signin.ParseProvider(raw); err != nil {
		return a, way, err
	}
	a.Endpoints = string(raw)
	return a, way, nil
}

// browse shows an address in the browser, and writes it for those who have none here.
func (s *session) browse(address string) {
	fmt.Fprintf(s.err, "Logg på i nettleseren. Kommer den ikke av seg selv, åpner du denne adressen:\n%s\n", address)
	go func() {
		if err := system.Browse(address); err != nil {
			fmt.Fprintln(s.err, data.Message(err))
		}
	}()
}

// mailSecret reads the secret that a sign-in needs: from the environment, else a line
// of standard input, unless it is known already.
func (s *session) mailSecret(a data.MailAccount, known bool) (password, client string, err error) {
	variable := mail.SecretVariable
	if a.SignIn != signin.WithPassword {
		variable = clientSecretVariable
		c, err := mail.ClientOf(a)
		if err != nil {
			return "", "", err
		}
		if !c.Provider.Secret && os.Getenv(variable) == "" {
			return "", "", nil
		}
	}
	secret := os.Getenv(variable)
	if secret == "" && !known {
		line, err := bufio.NewReader(s.in).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return "", "", err
		}
		secret = strings.TrimRight(line, "\r\n")
	}
	if a.SignIn == signin.WithPassword {
		return secret, "", nil
	}
	return "", secret, nil
}

func wayWords(way string) string {
	switch way {
	case signin.WithMicrosoft:
		return "Microsoft 365"
	case signin.WithGoogle:
		return "Google"
	}
	return "passord"
}

type mailFindCommand struct {
	Address string `arg:"" help:"Adressen, for eksempel post@fylke.no."`
}

type mailFoundJSON struct {
	Host    string `json:"host"`
	Port    int    `json:"port"`
	SignIn  string `json:"signIn"`
	How     string `json:"how"` // srv, domain, mx, guess or ""
	Offline bool   `json:"offline"`
}

func (c mailFindCommand) Run(s *session) error {
	found, err := mail.Find(context.Background(), c.Address)
	if err != nil {
		return err
	}
	return s.print(mailFoundJSON(found), func(w io.Writer) {
		switch {
		case found.Host != "":
			fmt.Fprintf(w, "%s, port %d, pålogging: %s\n", found.Host, found.Port, wayWords(found.SignIn))
		case found.Offline:
			fmt.Fprintln(w, "Fikk ikke spurt: PC-en er ikke på nett.")
		default:
			fmt.Fprintln(w, "Fant ikke tjeneren. Oppgi den med --host.")
		}
	})
}

type mailListAccounts struct{}

func (mailListAccounts) Run(s *session) error {
	return s.withMail(func(p *app.Program, desk *mail.Desk) error {
		all, err := desk.Accounts()
		if err != nil {
			return err
		}
		if all == nil {
			all = []data.MailAccount{}
		}
		return s.print(all, func(w io.Writer) {
			if len(all) == 0 {
				fmt.Fprintln(w, "Ingen postkasse er lagt til. Legg til med «mail account add ADRESSE».")
			}
			for _, a := range all {
				fmt.Fprintf(w, "%s  %s  %s", a.Address, a.Host, wayWords(a.SignIn))
				if a.User != a.Address && a.User != "" {
					fmt.Fprintf(w, "  som %s", a.User)
				}
				fmt.Fprintln(w)
			}
		})
	})
}

type mailRemoveAccount struct {
	Address string `arg:"" help:"Adressen."`
}

func (c mailRemoveAccount) Run(s *session) error {
	return s.withMail(func(p *app.Program, desk *mail.Desk) error {
		if err := desk.RemoveAccount("Fjernet postkassen "+c.Address, c.Address); err != nil {
			return err
		}
		return s.print(map[string]string{"removed": c.Address}, func(w io.Writer) { fmt.Fprintln(w, "Fjernet", c.Address) })
	})
}
