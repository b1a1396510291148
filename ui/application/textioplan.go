package application

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/textdiff"
	"kompetansepilot/app/textio"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/theme"
)

// planWords are the words of a dialog about a plan.
type planWords struct {
	title, verb, nothing string
	step, doing          string
	changed, done        func(n int) string
}

// fileWords are the words for text from a file.
func fileWords(words *lang.Printer, name string) planWords {
	return planWords{
		title: words.T("textio.in.title", "Name", name), verb: words.T("textio.in.verb"), nothing: words.T("textio.in.nothing"),
		step: words.T("textio.in.step", "Name", name), doing: words.T("textio.in.doing"),
		changed: func(n int) string { return words.N("textio.in.changed", n) },
		done:    func(n int) string { return words.N("textio.in.done", n, "Name", name) },
	}
}

// tidyWords are the words for texts whose signs are set right.
func tidyWords(words *lang.Printer) planWords {
	return planWords{
		title: words.T("textio.tidy.title"), verb: words.T("textio.tidy.verb"), nothing: words.T("textio.tidy.nothing"),
		step: words.T("textio.tidy.step"), doing: words.T("textio.tidy.doing"),
		changed: func(n int) string { return words.N("textio.tidy.changed", n) },
		done:    func(n int) string { return words.N("textio.tidy.done", n) },
	}
}

// textPlan is the dialog that shows what a plan changes, field by field, and
// takes over what is ticked.
type textPlan struct {
	desk   *desk
	plan   *textio.Plan
	words  planWords
	checks map[string]*kit.Check
	dialog *kit.Dialog
}

func showTextPlan(d *desk, plan *textio.Plan, words planWords) *textPlan {
	v := &textPlan{desk: d, plan: plan, words: words, checks: map[string]*kit.Check{}}
	verb := ""
	if slices.ContainsFunc(plan.Changes, func(c textio.Change) bool { return c.CanTake() }) {
		verb = words.verb
	}
	v.dialog = kit.ShowCustom(d.env.Shell.Window(), d.words, kit.Custom{
		Title: words.title, Verb: verb, OnVerb: v.onVerb, Width: 900, Content: v.content(),
	})
	v.onCheck(true)
	return v
}

// content is what the file changes, then what is not taken in, then the rest in
// a line or two.
func (v *textPlan) content() fyne.CanvasObject {
	var changed, apart []fyne.CanvasObject
	for i := range v.plan.Changes {
		c := &v.plan.Changes[i]
		switch c.Status {
		case textio.Changed, textio.Conflict:
			changed = append(changed, v.changed(c))
		case textio.Duplicate, textio.ReadOnly, textio.Unknown:
			apart = append(apart, v.apart(c))
		}
	}
	words := v.desk.words
	intro := v.words.nothing
	if len(changed) > 0 {
		intro = v.words.changed(len(changed))
	}
	all := []fyne.CanvasObject{kit.NewText(intro)}
	if v.plan.OtherApplication {
		all = append(all, kit.NewMarkedLine(words, kit.Warn, words.T("textio.in.other")))
	}
	all = append(all, changed...)
	if len(apart) > 0 {
		all = append(all, kit.NewSection(words.T("textio.in.apart"), kit.Column(theme.Size(theme.SizeNameGroup), apart...)))
	}
	if rest := v.rest(); len(rest) > 0 {
		all = append(all, kit.Column(theme.Size(theme.SizeNameGapSmall), rest...))
	}
	return kit.Column(theme.Size(theme.SizeNameGroup), all...)
}

// changed is a field that can be taken over. The tick stands where nobody needs
// to look twice.
func (v *textPlan) changed(c *textio.Change) fyne.CanvasObject {
	check := kit.NewCheck(c.Label, v.onCheck)
	check.SetChecked(slices.Contains(v.plan.Sure(), c.Field))
	v.checks[c.Field] = check
	parts := []fyne.CanvasObject{check}
	for _, warning := range v.warnings(c) {
		parts = append(parts, kit.NewMarkedLine(v.desk.words, kit.Warn, warning))
	}
	parts = append(parts, kit.Readable(kit.NewMarkedText(v.desk.words, shortRuns(c.Diff))))
	return kit.NewCard(kit.Column(theme.Size(theme.SizeNameGap), parts...))
}

// warnings are what a person should know before the tick.
func (v *textPlan) warnings(c *textio.Change) []string {
	words := v.desk.words
	var all []string
	if c.Status == textio.Conflict {
		all = append(all, words.T("textio.in.conflict"))
	} else if c.NoBase && !c.Sure() {
		all = append(all, words.T("textio.in.noBase"))
	}
	if c.Damaged {
		all = append(all, words.T("textio.in.damaged"))
	}
	if lost := v.plan.Change(c.Holds); c.Holds != "" && lost != nil {
		all = append(all, words.T("textio.in.holds", "Field", lost.Label))
	}
	if c.Emptied {
		all = append(all, words.T("textio.in.emptied"))
	}
	if c.Over > 0 {
		all = append(all, words.N("textio.in.over", c.Over, "Limit", words.Number(int64(c.Limit))))
	}
	return all
}

// apart is a field that is in the file but can't be taken over: why, and its
// text where it would be lost else.
func (v *textPlan) apart(c *textio.Change) fyne.CanvasObject {
	words := v.desk.words
	label, why := c.Label, words.T("textio.in.unknown")
	switch c.Status {
	case textio.Duplicate:
		why = words.T("textio.in.duplicate")
	case textio.ReadOnly:
		why = words.T("textio.in.readOnly")
	}
	if label == "" {
		label = words.T("textio.in.unnamed")
	}
	parts := []fyne.CanvasObject{kit.NewStrong(label), kit.NewMarkedLine(words, kit.Warn, why)}
	switch text := c.New; {
	case c.Diff != nil:
		parts = append(parts, kit.Readable(kit.NewMarkedText(words, shortRuns(c.Diff))))
	case text != "":
		parts = append(parts, kit.NewQuietText(preview(text)),
			kit.Row(kit.NewButton(words.T("textio.in.copy"), func() { v.onCopy(text) })))
	}
	return kit.Column(theme.Size(theme.SizeNameGapSmall), parts...)
}

// rest tells of the fields that the file leaves as they are.
func (v *textPlan) rest() []fyne.CanvasObject {
	words := v.desk.words
	labels := map[textio.Status][]string{}
	for _, c := range v.plan.Changes {
		labels[c.Status] = append(labels[c.Status], c.Label)
	}
	var lines []fyne.CanvasObject
	if list := labels[textio.Outdated]; len(list) > 0 {
		lines = append(lines, kit.NewQuietText(words.T("textio.in.outdated", "Fields", strings.Join(list, ", "))))
	}
	if list := labels[textio.Missing]; len(list) > 0 {
		lines = append(lines, kit.NewQuietText(words.T("textio.in.missing", "Fields", strings.Join(list, ", "))))
	}
	if n := len(labels[textio.Unchanged]); n > 0 {
		lines = append(lines, kit.NewQuietText(words.N("textio.in.same", n)))
	}
	return lines
}

func (v *textPlan) onCopy(text string) {
	fyne.CurrentApp().Clipboard().SetContent(text)
	v.desk.env.Shell.Toast(v.desk.words.T("textio.in.copied"), false)
}

func (v *textPlan) onCheck(bool) { v.dialog.SetVerbEnabled(len(v.chosen()) > 0) }

// chosen are the ticked fields, in the order of the form.
func (v *textPlan) chosen() []string {
	var ids []string
	for _, c := range v.plan.Changes {
		if check := v.checks[c.Field]; check != nil && c.CanTake() && check.Checked() {
			ids = append(ids, c.Field)
		}
	}
	return ids
}

func (v *textPlan) onVerb() bool {
	d, plan, ids := v.desk, v.plan, v.chosen()
	d.background(v.words.doing, v.words.done(len(ids)), true,
		func() error { return plan.Take(d.env.Program.Grants, v.words.step, ids) })
	return true
}

const (
	// mostSame is how much of what did not change is shown between two changes, and
	// keptSame what is left of a longer one at each end, in characters.
	mostSame = 320
	keptSame = 120
	// mostRun is the most that is shown of one change.
	mostRun = 6000
)

// shortRuns are the parts of a comparison as marked text, without the long
// stretches in which nothing changed.
func shortRuns(parts []textdiff.Part) []kit.MarkedRun {
	var runs []kit.MarkedRun
	for i, part := range parts {
		text := []rune(part.Text)
		switch {
		case part.Change == textdiff.Same && len(text) > mostSame:
			head, tail := atSpace(text[:keptSame], false), atSpace(text[len(text)-keptSame:], true)
			if i == 0 {
				head = ""
			}
			if i == len(parts)-1 {
				tail = ""
			}
			runs = append(runs, kit.MarkedRun{Text: head + "[…] " + tail})
			continue
		case len(text) > mostRun:
			text = append(slices.Clone(text[:mostRun]), []rune(" …")...)
		}
		runs = append(runs, kit.MarkedRun{Text: string(text), Mark: marks[part.Change]})
	}
	return runs
}

// atSpace cuts a text at the last space, or its beginning at the first.
func atSpace(text []rune, beginning bool) string {
	s := string(text)
	if beginning {
		if at := strings.IndexAny(s, " \n"); at >= 0 {
			return s[at+1:]
		}
		return s
	}
	if at := strings.LastIndexAny(s, " \n"); at >= 0 {
		return s[:at+1]
	}
	return s
}
