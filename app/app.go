// Package app is what Kompetansepilot can do. It opens a workspace, owns the
// services on it, and closes them in order. It never knows a screen: the window
// and the command line call the same methods.
package app

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"sync"
	"time"

	"kompetansepilot/app/companies"
	"kompetansepilot/app/course"
	"kompetansepilot/app/document"
	"kompetansepilot/app/grant"
	"kompetansepilot/app/insight"
	"kompetansepilot/app/mail"
	"kompetansepilot/app/need"
	"kompetansepilot/app/portal"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// Name of the program, as a person sees it.
const Name = "Kompetansepilot"

// Program is an open workspace with its services.
type Program struct {
	Workspace *data.Workspace
	Grants    *grant.Service
	Portals   *portal.Service
	Needs     *need.Service
	Insight   *insight.Service
	Courses   *course.Service
	Mail      *mail.Desk
	Places    *reference.Tables
	State     *State
	Companies *companies.Desk

	logos logos
	stop  context.CancelFunc
	work  sync.WaitGroup
	news  chan struct{} // something changed that the search index lacks
}

// Options of Open.
type Options struct {
	Create bool
	// Watch keeps backups and notices other programs' writing in the background,
	// as the window needs; a command does not.
	Watch bool
	// Passing opens a file to look at, which does not become the one that is opened
	// next.
	Passing bool
	// AnyPlace lets tests use folders that a real workspace may not lie in.
	AnyPlace bool
}

// Open opens the workspace at path. state is the machine's own memory; its last
// workspace becomes this one, unless it is opened in passing.
func Open(path string, state *State, opts Options) (*Program, error) {
	w, err := data.Open(path, data.Options{
		Create:   opts.Create,
		AnyPlace: opts.AnyPlace,
		BeforeMigration: func(path string) error {
			_, err := data.BackupFileAt(path, state.BackupFolder(path))
			return err
		},
	})
	if err != nil {
		return nil, err
	}
	p := &Program{Workspace: w, Places: reference.Load(), State: state, news: make(chan struct{}, 1)}
	p.Companies = newDesk(p.Places)
	p.Mail = mail.NewDesk(w, p.Places)
	calls, err := grant.LoadCalls(w)
	if err != nil {
		return nil, errors.Join(err, w.Close())
	}
	p.Needs = need.NewService(w, p.Places)
	p.Courses = course.NewService(w, p.Places)
	p.Insight = insight.NewService(w, p.Needs, p.Places, p.Courses)
	p.Grants = grant.NewService(w, calls, p.Places, unsupported, p.Insight)
	if p.Portals, err = portal.New(w, p.Grants, p.Places); err != nil {
		return nil, errors.Join(err, w.Close())
	}
	w.SetActor(p.Setting(SettingName))
	w.Subscribe(p.onChanged)
	if !opts.Passing {
		if err := state.Remember(w.Path()); err != nil {
			slog.Warn("remember workspace", "err", err)
		}
	}
	ctx, stop := context.WithCancel(context.Background())
	p.stop = stop
	if opts.Watch {
		p.work.Go(func() { p.watch(ctx) })
		p.work.Go(func() {
			if rest(ctx) {
				if err := p.Mail.Bring(ctx, p.BackupFolder()); err != nil {
					slog.Error("bring mail back", "err", err)
				}
			}
			p.keepBackups(ctx)
		})
		for _, follow := range []func(context.Context){p.followSearch, p.Mail.Tend, p.Mail.Follow} {
			p.work.Go(func() {
				if rest(ctx) {
					follow(ctx)
				}
			})
		}
	}
	return p, nil
}

// Settling is how long the background rests after a workspace was opened, so
// that the window can fill first. Whoever searches meanwhile brings the index up
// to date himself.
const Settling = 2 * time.Second

// rest waits until the window has settled, and tells whether ctx still goes on.
func rest(ctx context.Context) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(Settling):
		return true
	}
}

// unsupported lists the characters of a text that the PDF replaces.
func unsupported(text string) []string {
	var all []string
	for _, r := range document.Unsupported(text) {
		all = append(all, r.Text)
	}
	return all
}

// Close ends the background work, makes a last backup if anything changed, and
// closes the workspace.
func (p *Program) Close() error {
	p.stop()
	p.work.Wait()
	return errors.Join(p.Mail.Close(), p.Companies.Close(), p.Workspace.Close())
}

// Settings of a workspace.
const (
	SettingCounty = "county" // county number
	SettingName   = "name"   // who works here
	SettingPlan   = "subregions"
)

// Setting is a choice of the workspace, "" when it was never made.
func (p *Program) Setting(name string) string {
	s, err := data.Get[data.Setting](p.Workspace, name)
	if err != nil {
		if data.Code(err) != data.CodeNotFound {
			slog.Error("read setting", "name", name, "err", err)
		}
		return ""
	}
	return s.Value
}

// SetSettings stores choices of the workspace as one step named label.
func (p *Program) SetSettings(label string, values map[string]string) error {
	return p.Workspace.Update(label, func(tx *data.Tx) error {
		for name, value := range values {
			if err := tx.Put(&data.Setting{Row: data.Row{ID: name}, Value: value}); err != nil {
				return err
			}
		}
		return nil
	})
}

// onChanged keeps the name in the change log the one that is set, also after
// undo.
func (p *Program) onChanged(c data.Changed) {
	p.tellSearch()
	if c.Touches("setting") {
		p.Workspace.SetActor(p.Setting(SettingName))
	}
}

// watch announces what other programs (the command line) write.
func (p *Program) watch(ctx context.Context) {
	own := int64(-1)
	for tick := time.NewTicker(2 * time.Second); ; {
		select {
		case <-ctx.Done():
			tick.Stop()
			return
		case <-tick.C:
		}
		now, outside, err := p.Workspace.OutsideWrites(own)
		if err != nil {
			slog.Warn("look for other writers", "err", err)
			continue
		}
		if outside && own >= 0 {
			p.Workspace.Announce(data.Changed{Outside: true})
		}
		own = now
	}
}

// backupPause is how often the program looks whether a backup is due.
const backupPause = 20 * time.Minute

// keepBackups makes a backup soon after the start, now and then, and at the end,
// each time only if something changed.
func (p *Program) keepBackups(ctx context.Context) {
	timer := time.NewTimer(30 * time.Second)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			p.backupIfDue()
			return
		case <-timer.C:
			p.backupIfDue()
			timer.Reset(backupPause)
		}
	}
}

func (p *Program) backupIfDue() {
	if p.Workspace.ReadOnly() != nil {
		return
	}
	dir := p.BackupFolder()
	due, err := data.BackupDue(p.Workspace, dir, time.Now())
	if err != nil || !due {
		if err != nil {
			slog.Warn("is a backup due", "err", err)
		}
		if err := p.Mail.Keep(context.Background(), dir); err != nil { // mail may have come all the same
			slog.Error("automatic backup of mail", "err", err)
		}
		return
	}
	if _, err := p.Backup(); err != nil {
		slog.Error("automatic backup", "err", err)
	}
}

// BackupFolder is where this workspace's backups lie.
func (p *Program) BackupFolder() string { return p.State.BackupFolder(p.Workspace.Path()) }

// Backup makes a verified backup now, with the mail that came since the last one,
// and thins the old ones.
func (p *Program) Backup() (data.BackupFile, error) {
	dir := p.BackupFolder()
	b, err := data.Backup(p.Workspace, dir)
	if err != nil {
		return b, err
	}
	return b, errors.Join(data.ThinBackups(dir, p.Base(), time.Now()), p.Mail.Keep(context.Background(), dir))
}

// Backups are this workspace's backups, newest first.
func (p *Program) Backups() ([]data.BackupFile, error) {
	return data.Backups(p.BackupFolder(), p.Base())
}

// Base is the name of the workspace without folder and ending.
func (p *Program) Base() string {
	name := filepath.Base(p.Workspace.Path())
	return name[:len(name)-len(filepath.Ext(name))]
}
