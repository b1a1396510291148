// Package command is the command line: the same capabilities as the window, for
// IT staff, scripts and tests. It adds no rule of its own.
//
// Without --json a command prints plain Norwegian. With it, a stable JSON
// document stands on standard output. Errors go to standard error. The exit
// code is 0, 1 (findings that stop, or it could not be done) or 2 (wrong use).
package command

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"

	"github.com/alecthomas/kong"

	"kompetansepilot/app"
	"kompetansepilot/app/lang"
	"kompetansepilot/data"
)

// Exit codes.
const (
	exitOK    = 0
	exitNo    = 1
	exitUsage = 2
)

// errStopped ends with 1 after the command has said why on its own.
var errStopped = errors.New("stopped")

// Version is what `version` tells.
type Version struct {
	Number string `json:"version"`
	Build  string `json:"build"`
}

// commands is the command line's grammar.
type commands struct {
	Workspace string `help:"Arbeidsfilen. Uten den brukes den som sist var åpen." placeholder:"FIL" type:"path"`
	JSON      bool   `name:"json" help:"Skriv JSON."`

	Demo demoCommand `cmd:"" help:"Lag eksempelfylket i en ny arbeidsfil."`

	Applications applicationsCommand `cmd:"" help:"List søknadene."`
	Get          getCommand          `cmd:"" help:"Vis et felt, eller hele søknaden."`
	Set          setCommand          `cmd:"" help:"Skriv et felt. Teksten står sist, eller kommer på standard inn (-)."`
	Check        checkCommand        `cmd:"" help:"Kan søknaden sendes inn?"`
	Budget       budgetCommand       `cmd:"" help:"Vis budsjettet: rader, summer, andel og tak."`
	Attach       attachCommand       `cmd:"" help:"Legg ved en fil."`
	Submit       submitCommand       `cmd:"" help:"Noter at søknaden er sendt inn, og frys versjonen."`
	Receipt      receiptCommand      `cmd:"" help:"Legg ved portalens kvittering."`
	Versions     versionsCommand     `cmd:"" help:"List versjonene av en søknad."`

	Pdf    pdfCommand    `cmd:"" help:"Lag søknaden som PDF."`
	Text   textCommands  `cmd:"" help:"Teksten ut til Word eller Markdown, og inn igjen."`
	Portal portalCommand `cmd:"" help:"Vis søknaden slik portalen tar den, og hva som er overført."`
	Bundle bundleCommand `cmd:"" help:"Lag en innsendingspakke: PDF, data, vedlegg og kontrollsummer i én ZIP-fil."`

	Call struct {
		List  callListCommand  `cmd:"" help:"List utlysningene."`
		Add   callAddCommand   `cmd:"" help:"Legg til en utlysning."`
		Check callCheckCommand `cmd:"" help:"Kontroller en utlysningsfil."`
	} `cmd:"" help:"Utlysninger."`

	Portals struct {
		List  portalListCommand  `cmd:"" help:"List portalene."`
		Add   portalAddCommand   `cmd:"" help:"Legg til en portal."`
		Check portalCheckCommand `cmd:"" help:"Kontroller en portalfil."`
	} `cmd:"" help:"Portaler."`

	Partners  partnersCommand  `cmd:"" help:"Bedrifter."`
	Providers providersCommand `cmd:"" help:"Tilbydere."`
	Offerings offeringsCommand `cmd:"" help:"Tilbud."`

	Register registerCommands `cmd:"" help:"Enhetsregisteret: last, finn og oppdater bedrifter."`

	Person personCommand `cmd:"" help:"Hva som står om en person, og sletting av det."`

	Import     importCommand     `cmd:"" help:"Hent bedrifter, tilbydere eller kontakter fra en tabell."`
	Export     exportCommand     `cmd:"" help:"Skriv bedriftene eller tilbyderne til en fil."`
	Duplicates duplicatesCommand `cmd:"" help:"Finn dem som står i registeret to ganger."`

	Needs needsCommands `cmd:"" help:"Behov: list, legg til, les inn og vis."`
	Match matchCommand  `cmd:"" help:"Finn tilbud som passer til et behov, med grunner."`
	Pools poolsCommands `cmd:"" help:"Finn behov som er store nok til et kurs sammen, og bestem over gruppene."`

	Plan  planCommand  `cmd:"" help:"Finn planen som gir flest et kurs for pengene."`
	Brief briefCommand `cmd:"" help:"Lag en forespørsel til tilbydere om et kurs for en gruppe, uten navn."`

	Requests requestsCommand `cmd:"" help:"Forespørsler til tilbydere om kurs for en gruppe, og svarene side om side."`
	Replies  repliesCommand  `cmd:"" help:"Svar fra tilbydere."`
	Courses  coursesCommand  `cmd:"" help:"Kurs: deltakere fra påmelding til fullført."`

	Insight insightCommand `cmd:"" help:"Tell hva det blir spurt etter, og hva som ikke har noe tilbud."`

	Mail mailCommands `cmd:"" help:"Postkassen: hent, les, søk, koble og skriv kladder."`

	Search searchCommand `cmd:"" help:"Søk i alt: søknader, tekster, register, filer og hjelp."`

	History historyCommand `cmd:"" help:"Vis historikken til en post eller et felt."`
	Undo    undoCommand    `cmd:"" help:"Angre det siste som ble gjort."`
	Redo    redoCommand    `cmd:"" help:"Gjør om igjen det som sist ble angret."`

	Backup  backupCommand  `cmd:"" help:"Ta en kontrollert sikkerhetskopi."`
	Restore restoreCommand `cmd:"" help:"Hent tilbake en sikkerhetskopi."`
	Verify  verifyCommand  `cmd:"" help:"Kontroller en innsendingspakke, eller hele arbeidsfilen."`
	Version versionCommand `cmd:"" help:"Vis programmets versjon."`
}

// session is what a command works with.
type session struct {
	in       io.Reader
	out, err io.Writer
	json     bool
	path     string // --workspace
	passing  bool   // the workspace is not the one to open next
	state    *app.State
	words    *lang.Printer
	version  Version
}

// answer remembers that what a command says could not be written: those who say
// it in words do not look.
type answer struct {
	w   io.Writer
	err error
}

// Write implements io.Writer.
func (a *answer) Write(p []byte) (int, error) {
	n, err := a.w.Write(p)
	if a.err == nil {
		a.err = err
	}
	return n, err
}

// Run runs one command and gives its exit code. It needs no display.
func Run(args []string, in io.Reader, out, errOut io.Writer, version Version) int {
	said := &answer{w: out}
	code := run(args, in, said, errOut, version)
	if said.err != nil {
		slog.Error("write answer", "err", said.err)
		fmt.Fprintln(errOut, "Svaret kunne ikke skrives helt ut. Se etter at det er plass på disken det skrives til.")
		return exitNo
	}
	return code
}

func run(args []string, in io.Reader, out *answer, errOut io.Writer, version Version) int {
	s := &session{in: in, out: out, err: errOut, state: app.LoadState(), words: lang.New("nb"), version: version}
	var grammar commands
	exit := -1
	parser, err := kong.New(&grammar,
		kong.Name("kompetansepilot"),
		kong.Description("Uten kommando åpnes vinduet."),
		kong.Writers(out, errOut),
		kong.NamedMapper("path", kong.MapperFunc(paths)),
		kong.Exit(func(code int) { exit = code }),
		kong.Help(printHelp),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.ValueFormatter(func(v *kong.Value) string { return v.Help }),
	)
	if err != nil {
		slog.Error("command grammar", "err", err)
		return exitNo
	}
	ctx, err := parser.Parse(args)
	if exit >= 0 { // --help
		return exit
	}
	if out.err != nil {
		return exitNo
	}
	if err != nil {
		fmt.Fprintf(errOut, "kompetansepilot: %s\nSkriv «kompetansepilot --help» for å se kommandoene.\n", usageMessage(err))
		return exitUsage
	}
	s.json, s.path = grammar.JSON, grammar.Workspace
	switch err := ctx.Run(s); {
	case err == nil:
		return exitOK
	case errors.Is(err, errStopped), out.err != nil:
		return exitNo
	default:
		s.fail(err)
		return exitNo
	}
}

// fail tells an error in its sentence. The cause, which speaks English, stands
// in the log.
func (s *session) fail(err error) {
	if m := data.Message(err); m != "" {
		slog.Info("command", "err", err)
		fmt.Fprintln(s.err, m)
		return
	}
	slog.Error("command", "err", err)
	fmt.Fprintf(s.err, "Det gikk galt, og kommandoen ble ikke fullført. Grunnen står i loggen i %s.\n", filepath.Join(app.ConfigFolder(), "logs"))
}

// print shows a result: v as JSON, or what text writes.
func (s *session) print(v any, text func(w io.Writer)) error {
	if !s.json {
		text(s.out)
		return nil
	}
	enc := json.NewEncoder(s.out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// workspacePath is --workspace, or the last one that was open.
func (s *session) workspacePath() (string, error) {
	if s.path != "" {
		return filepath.Abs(s.path)
	}
	if last := s.state.Get().LastWorkspace; last != "" {
		return last, nil
	}
	return "", &data.Error{Code: "noWorkspace", Message: "Ingen arbeidsfil er åpnet før. Skriv --workspace FIL, eller lag eksempelfylket med «kompetansepilot demo»."}
}

// with opens the workspace, runs f, and closes it.
func (s *session) with(f func(*app.Program) error) error {
	path, err := s.workspacePath()
	if err != nil {
		return err
	}
	p, err := app.Open(path, s.state, app.Options{Passing: s.passing})
	if err != nil {
		return err
	}
	return errors.Join(f(p), p.Close())
}

// withApplication also finds the application that was named.
func (s *session) withApplication(name string, f func(p *app.Program, id string) error) error {
	return s.with(func(p *app.Program) error {
		id, err := p.Grants.Resolve(name)
		if err != nil {
			return err
		}
		return f(p, id)
	})
}

// amount is a number of things in words: "1 tilbyder", "2 tilbydere".
func amount[N int | int64](n N, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// persons is a number of persons in words.
func persons(n int64) string { return amount(n, "person", "personer") }
