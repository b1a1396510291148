package courses

import (
	"context"
	"slices"
	"time"

	"kompetansepilot/app/course"
	"kompetansepilot/app/need"
	"kompetansepilot/app/partner"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/parts"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// usualDeadline is how long providers usually get to answer.
const usualDeadline = 21 * 24 * time.Hour

// AskPool asks for the providers that a group's request goes to, stores it, and goes
// to its page. label is what the group is called. A group that was only proposed is
// locked, for what was asked for must not change at the next calculation.
func AskPool(env *screen.Env, g *need.Grouped, pool *need.Pool, label string) {
	askMore(env, &course.Requested{Request: course.OfPool(pool, label)}, func() (string, error) {
		if pool.Stored {
			return pool.ID, nil
		}
		kept, err := env.Program.Needs.LockPool(env.Words, g, pool, true)
		return kept.ID, err
	})
}

// ShowRequests goes to the newest request of a group, where its replies are, or to
// all of them where there is none.
func ShowRequests(env *screen.Env, pool string) {
	task.Run(env.Tasks, context.Background(), func(context.Context) ([]course.Requested, error) { return env.Program.Courses.Requests() },
		func(all []course.Requested, err error) {
			if err != nil {
				env.Shell.Fail(env.Words.T("course.requests.loading"), err)
				return
			}
			r := screen.Route{Page: screen.PageRequests}
			if i := slices.IndexFunc(all, func(r course.Requested) bool { return r.Pool == pool }); i >= 0 {
				r.ID = all[i].ID
			}
			env.Shell.Go(r)
		})
}

// askMore asks which more providers a request goes to. keep, which may be nil,
// gives the id of the group when the request is stored; it runs in the background.
func askMore(env *screen.Env, r *course.Requested, keep func() (string, error)) {
	asked := map[string]bool{}
	for i := range r.Asked {
		asked[r.Asked[i].Organisation] = true
	}
	task.Run(env.Tasks, context.Background(), func(context.Context) ([]data.Organisation, error) {
		return data.Live[data.Organisation](env.Program.Workspace, "kind = ?", "", data.OrganisationProvider)
	}, func(all []data.Organisation, err error) {
		w := env.Words
		if err != nil {
			env.Shell.Fail(w.T("course.ask.title"), err)
			return
		}
		names := make([]string, len(all))
		for i := range all {
			names[i] = all[i].Name
		}
		rank := data.SortRanks(names)
		slices.SortStableFunc(all, func(a, b data.Organisation) int { return rank[a.Name] - rank[b.Name] })
		var providers []kit.Option
		for _, o := range all {
			if !asked[o.ID] {
				providers = append(providers, kit.Option{ID: o.ID, Label: o.Name, Note: parts.ProviderKindWord(w, o.ProviderKind)})
			}
		}
		if len(providers) == 0 {
			askNobody(env, len(all) > 0)
			return
		}
		showAsk(env, r, providers, keep)
	})
}

// askNobody tells that there is no provider to ask.
func askNobody(env *screen.Env, all bool) {
	w := env.Words
	text := w.T("course.ask.none")
	if all {
		text = w.T("course.ask.noMore")
	}
	kit.ShowConfirm(env.Shell.Window(), w, kit.Confirm{Title: w.T("course.ask.title"), Text: text, Verb: w.T("course.ask.register"), OnDone: func(yes bool) {
		if yes {
			env.Shell.Go(screen.Route{Page: screen.PageProviders})
		}
	}})
}

func showAsk(env *screen.Env, r *course.Requested, providers []kit.Option, keep func() (string, error)) {
	w := env.Words
	name, due := kit.NewTextField(), kit.NewDateField(w)
	name.SetText(r.Name)
	if r.Due == "" {
		r.Due = time.Now().Add(usualDeadline).Format(time.DateOnly)
	}
	due.SetValue(r.Due)
	channel := kit.NewSelect(w, parts.Options(course.Channels(), func(c string) string { return course.ChannelWord(w, c) }))
	channel.SetSelected(course.ChannelMail)
	to := kit.NewMultiCheck(w, providers)
	var dialog *kit.Dialog
	dialog = kit.ShowCustom(env.Shell.Window(), w, kit.Custom{Title: w.T("course.ask.title"), Verb: w.T("course.ask.verb"), Width: 620, Height: 620, Focus: to.FocusTarget(),
		OnVerb: func() bool {
			day, ok := due.Value()
			switch {
			case !ok:
				dialog.SetProblem(w.T("agreement.badDate"))
				return false
			case len(to.Selected()) == 0:
				dialog.SetProblem(w.T("course.ask.choose"))
				return false
			}
			r.Name, r.Due = name.Text(), day
			ask(env, r.Request, to.Selected(), channel.Selected(), keep)
			return true
		},
		Content: kit.Column(theme.Size(theme.SizeNameGap), kit.NewText(w.T("course.ask.intro")),
			kit.NewField(w, kit.FieldOptions{Label: w.T("brief.subject")}, name),
			kit.SideBySide(pairWidth, kit.NewField(w, kit.FieldOptions{Label: w.T("brief.due")}, due), kit.NewField(w, kit.FieldOptions{Label: w.T("course.ask.channel")}, channel)),
			kit.NewField(w, kit.FieldOptions{Label: w.T("shell.page.providers")}, to))})
}

// ask stores a request and goes to it.
func ask(env *screen.Env, r data.Request, to []string, channel string, keep func() (string, error)) {
	label := env.Words.N("course.ask.step", len(to), "Name", r.Name)
	task.Run(env.Tasks, context.Background(), func(context.Context) (asked course.Requested, err error) {
		if keep != nil {
			if r.Pool, err = keep(); err != nil {
				return asked, err
			}
		}
		return env.Program.Courses.Ask(label, r, to, channel)
	}, func(asked course.Requested, err error) {
		if !env.Done(label, err) {
			return
		}
		env.Shell.Go(screen.Route{Page: screen.PageRequests, ID: asked.ID})
	})
}

// enquiryWord is the status of an asked provider in words.
func enquiryWord(env *screen.Env, status string) string { return parts.EnquiryWord(env.Words, status) }

// severityOf is how a status is shown.
func severityOf(status string) kit.Severity {
	switch status {
	case partner.EnquiryChosen, partner.EnquiryYes:
		return kit.Fine
	case partner.EnquirySent:
		return kit.Warn
	}
	return kit.Info
}
