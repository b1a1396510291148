package safety

import (
	"fyne.io/fyne/v2"

	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/theme"
)

// group is what happened to one record in a step, ready to be shown.
type group struct {
	title  string
	kind   string
	record string
	event  string // "lagt til", or "" when only fields changed
	lines  []line
}

// line is one field that changed.
type line struct {
	field         string // as the log names it, for its history
	label         string
	before, after string
	alone         bool // the record came or went: there is only one text
}

// groups puts the entries of a step in order by record.
func (n *namer) groups(entries []data.Entry) []group {
	var all []group
	at := map[string]int{}
	for i := range entries {
		e := &entries[i]
		j, known := at[e.Record]
		if !known {
			j = len(all)
			at[e.Record] = j
			all = append(all, group{kind: e.Kind, record: e.Record, title: n.entryTitle(e, entries)})
		}
		g := &all[j]
		switch {
		case e.Field == exists && e.New != "":
			g.event = n.Words.T("safety.event.came")
		case e.Field == exists:
			g.event = n.Words.T("safety.event.gone")
		case e.Field == "deleted" && e.New != "":
			g.event = n.Words.T("safety.event.trashed")
		case e.Field == "deleted":
			g.event = n.Words.T("safety.event.restored")
		case !technical(e.Kind, e.Field):
			g.lines = append(g.lines, n.line(e))
		}
	}
	for i := range all {
		all[i].settle()
	}
	return all
}

// settle takes away what says nothing about a record that came or went as a
// whole: its place in the order.
func (g *group) settle() {
	if g.event == "" {
		return
	}
	kept := g.lines[:0]
	for _, l := range g.lines {
		if l.field == "position" || l.field == "application" {
			continue
		}
		l.alone = l.before == "" || l.after == ""
		kept = append(kept, l)
	}
	g.lines = kept
}

func (n *namer) line(e *data.Entry) line {
	before, after := excerpts(n.value(e, e.Old), n.value(e, e.New))
	return line{field: e.Field, label: n.field(e.Kind, e.Record, e.Field), before: before, after: after}
}

// entryTitle is a record in words; for one that is gone for good, what the log
// says it was called.
func (n *namer) entryTitle(e *data.Entry, entries []data.Entry) string {
	if title := n.title(e.Kind, e.Record); title != "" {
		return n.named(e.Kind, title)
	}
	for i := range entries {
		o := &entries[i]
		if o.Record != e.Record {
			continue
		}
		switch o.Field {
		case "title", "name", "text", "label", "reference", "file_name":
			if o.New != "" {
				return n.named(e.Kind, o.New)
			}
			if o.Old != "" {
				return n.named(e.Kind, o.Old)
			}
		}
	}
	return n.kind(e.Kind)
}

// showGroups puts the groups under each other. more is how many changes there
// is no room for.
func showGroups(env *screen.Env, groups []group, more int) fyne.CanvasObject {
	words := env.Words
	column := kit.Column(theme.Size(theme.SizeNameGroup))
	for i := range groups {
		// The line over a step about one record has named it already.
		column.Add(showGroup(env, &groups[i], len(groups) > 1 || groups[i].event != ""))
	}
	if len(groups) == 0 {
		column.Add(kit.NewQuietText(words.T("safety.history.nothing")))
	}
	if more > 0 {
		column.Add(kit.NewQuietText(words.N("safety.history.more", more)))
	}
	return column
}

func showGroup(env *screen.Env, g *group, named bool) fyne.CanvasObject {
	words := env.Words
	column := kit.Column(theme.Size(theme.SizeNameGap))
	if named {
		column.Add(kit.NewStrong(joined(" · ", g.title, g.event)))
	}
	if len(g.lines) == 0 && g.event == "" {
		column.Add(kit.NewQuietText(words.T("safety.history.technical")))
	}
	for i := range g.lines {
		column.Add(showLine(env, g, &g.lines[i]))
	}
	return column
}

func showLine(env *screen.Env, g *group, l *line) fyne.CanvasObject {
	words := env.Words
	label := kit.NewLink(l.label, func() { env.Shell.Go(screen.Route{Page: screen.PageHistory, ID: g.record, Field: l.field}) })
	label.SetTip(words.T("safety.history.fieldTip"))
	column := kit.Column(theme.Size(theme.SizeNameGapSmall), kit.Row(label))
	for _, o := range beforeAfter(env, l.before, l.after, l.alone) {
		column.Add(o)
	}
	return column
}

// beforeAfter shows what stood in a field and what came in its place.
func beforeAfter(env *screen.Env, before, after string, alone bool) []fyne.CanvasObject {
	words := env.Words
	if alone {
		return []fyne.CanvasObject{kit.NewText(joined("", after, before))}
	}
	or := func(text string) string {
		if text == "" {
			return words.T("safety.value.empty")
		}
		return text
	}
	was := kit.NewText(words.T("safety.history.before", "Text", or(before)))
	was.SetQuiet(true)
	return []fyne.CanvasObject{was, kit.NewText(words.T("safety.history.after", "Text", or(after)))}
}
