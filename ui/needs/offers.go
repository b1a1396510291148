package needs

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/need"
	"kompetansepilot/app/partner"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/parts"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// Letters that decide about the offer with the focus, beside those of package parts.
const (
	keyRight = 'R' // rett
	keyNone  = 'I' // ingen passer
	keyUndo  = 'U' // uavgjort
)

// offerRest is how long the keyboard rests before the offers are ranked again.
const offerRest = 150 * time.Millisecond

// offers are the offers for one need, best first, with their reasons, and what
// has been decided.
type offers struct {
	env     *screen.Env
	words   *lang.Printer
	finder  *finder
	content fyne.CanvasObject
	onCount func(int)
	loads   *task.Latest
	rest    *task.Debouncer

	now   data.Need
	found answer

	head     *kit.SeverityLine
	none     *kit.Button
	keys     *kit.Text
	lists    []*offerList
	column   *fyne.Container
	scroll   *container.Scroll
	wantSelf bool // the focus waits for the first answer
}

// offerList is one of the three lists: what fits, what nearly does, and what was
// rejected.
type offerList struct {
	part *fyne.Container
	rows *kit.RowList
}

// answer is an answer with the offers that it names.
type answer struct {
	need.Answer
	need     string
	offers   map[string]partner.Offer
	reasons  map[string][]string
	blocks   map[string][]string
	register int // offerings in the register
}

func newOffers(env *screen.Env, finder *finder) *offers {
	o := &offers{env: env, words: env.Words, finder: finder, loads: task.NewLatest(env.Tasks)}
	w, gap := env.Words, theme.Size(theme.SizeNameGap)
	o.rest = task.NewDebouncer(env.Tasks, offerRest, o.read)
	o.head = kit.NewMarkedLine(w, kit.Fine, "")
	o.none = kit.NewButton(w.T("needs.offer.none"), o.onNone)
	o.keys = kit.NewQuietText(w.T("needs.offer.keys"))
	o.column = kit.Column(theme.Size(theme.SizeNameGroup), kit.Column(gap, o.head, kit.Row(o.none, kit.NewQuietButton(w.T("needs.offer.choose"), func() { o.askRight("") })), o.keys))
	for _, title := range []string{w.T("needs.offer.fits"), w.T("needs.offer.nearly"), w.T("needs.offer.rejected")} {
		l := &offerList{rows: kit.NewRowList(w.T("needs.offer.menu"), o.onOpen)}
		l.rows.OnLetter = o.onLetter
		l.rows.OnDelete = o.onReject
		l.part = kit.Column(gap/2, kit.NewStrong(title), l.rows)
		o.lists = append(o.lists, l)
		o.column.Add(l.part)
	}
	o.scroll = kit.NewScroll(kit.Padded(gap, kit.Readable(o.column)))
	o.content = o.scroll
	return o
}

// show ranks the offers for a need at once, typed once the keyboard rests.
func (o *offers) show(n data.Need) {
	if o.now.ID != n.ID {
		o.scroll.ScrollToTop()
	}
	o.now = n
	o.rest.Stop()
	o.read()
}

func (o *offers) typed(n data.Need) {
	o.now = n
	o.rest.Trigger()
}

func (o *offers) leave() {
	o.rest.Stop()
	o.loads.Cancel()
}

// focus goes to the best offer.
func (o *offers) focus() {
	if o.found.need != o.now.ID {
		o.wantSelf = true
		return
	}
	for _, l := range o.lists {
		if !l.part.Hidden {
			o.env.Shell.Window().Canvas().Focus(l.rows)
			return
		}
	}
	o.env.Shell.Window().Canvas().Focus(o.none)
}

func (o *offers) read() {
	finder, n, words := o.finder.now, o.now, o.words
	if finder == nil {
		return
	}
	store := partner.NewOfferings(o.env.Program.Workspace, o.env.Program.Places)
	task.RunLatest(o.loads, context.Background(), func(context.Context) (answer, error) {
		a := answer{Answer: finder.Answer(&n), need: n.ID, offers: map[string]partner.Offer{}, reasons: map[string][]string{}, blocks: map[string][]string{}}
		all, err := store.List(partner.OfferingQuery{})
		if err != nil {
			return a, err
		}
		a.register = len(all)
		for i := range all {
			a.offers[all[i].ID] = all[i]
		}
		for _, list := range [][]need.Ranked{a.Fits, a.Nearly, a.Rejected} {
			for i := range list {
				a.reasons[list[i].Offer] = finder.Reasons(words, &n, &list[i])
				a.blocks[list[i].Offer] = finder.BlockedBy(words, &n, &list[i])
			}
		}
		return a, nil
	}, o.onRead)
}

func (o *offers) onRead(a answer, err error) {
	if err != nil {
		o.env.Shell.Fail(o.words.T("needs.loading"), err)
		return
	}
	o.found = a
	o.tell()
	for i, list := range [][]need.Ranked{a.Fits, a.Nearly, a.Rejected} {
		var rows []kit.ListRow
		for k := range list {
			rows = append(rows, o.row(&list[k]))
		}
		o.lists[i].rows.SetRows(rows)
		o.lists[i].part.Hidden = len(rows) == 0
	}
	o.keys.Hidden = len(a.Fits)+len(a.Nearly)+len(a.Rejected) == 0
	o.column.Refresh()
	kit.Relayout(o.column)
	if o.onCount != nil {
		o.onCount(len(a.Fits))
	}
	kit.SettleFocus(o.env.Shell.Window().Canvas())
	if o.wantSelf {
		o.wantSelf = false
		o.focus()
	}
}

// tell says plainly what was found.
func (o *offers) tell() {
	w, a := o.words, &o.found
	o.none.SetText(w.T("needs.offer.none"))
	switch {
	case a.register == 0:
		o.head.Set(kit.Warn, w.T("needs.offer.register"))
	case a.None != nil:
		o.head.Set(kit.Fine, w.T("needs.offer.saidNone"))
		o.none.SetText(w.T("needs.offer.undecide"))
	case len(a.Accepted()) > 0:
		o.head.Set(kit.Fine, w.N("needs.offer.isAccepted", len(a.Accepted())))
	case len(a.Fits) == 0 && len(a.Nearly) == 0:
		o.head.Set(kit.Warn, w.T("needs.offer.nothing"))
	case len(a.Fits) == 0:
		o.head.Set(kit.Warn, w.N("needs.offer.onlyNearly", len(a.Nearly)))
	default:
		o.head.Set(kit.Fine, w.N("needs.offer.found", len(a.Fits)))
	}
}

// row is one offer: what it is, why it fits, and what would have to change.
func (o *offers) row(r *need.Ranked) kit.ListRow {
	w, id := o.words, r.Offer
	offer := o.found.offers[id]
	title := parts.OfferingTitle(w, &offer.Offering)
	content := kit.Column(4, kit.NewStrong(title), kit.NewQuietText(lang.Joined(" · ", w.T("needs.offer.score", "Percent", w.Number(int64(r.Score*100+0.5))), parts.OfferLine(w, &offer))))
	label := []string{title}
	if r.Decision.Decision == data.MatchAccepted {
		content.Add(kit.NewMarkedLine(w, kit.Fine, w.T("needs.offer.accepted")))
		label = append(label, w.T("needs.offer.accepted"))
	}
	if r.Decision.Decision == data.MatchRejected {
		text := w.T("needs.offer.wasRejected")
		if r.Decision.Reason != "" {
			text = w.T("needs.offer.wasRejectedFor", "Reason", rejectWord(w, r.Decision.Reason))
		}
		content.Add(kit.NewMarkedLine(w, kit.Warn, text))
		label = append(label, text)
	}
	if reasons := o.found.reasons[id]; len(reasons) > 0 {
		text := strings.Join(reasons, " · ")
		content.Add(kit.NewText(text))
		label = append(label, text)
	}
	for _, b := range o.found.blocks[id] {
		content.Add(kit.NewMarkedLine(w, kit.Warn, b))
		label = append(label, b)
	}
	return kit.ListRow{ID: id, Label: strings.Join(label, ". "), Content: content, Menu: o.items(r)}
}

func rejectWord(w *lang.Printer, reason string) string {
	if !w.Has("needs.reject." + reason) {
		return reason
	}
	return w.T("needs.reject." + reason)
}

func (o *offers) items(r *need.Ranked) []*fyne.MenuItem {
	w, id := o.words, r.Offer
	all := []*fyne.MenuItem{
		fyne.NewMenuItemWithIcon(w.T("needs.offer.accept"), fynetheme.ConfirmIcon(), func() { o.onAccept(id) }),
		fyne.NewMenuItemWithIcon(w.T("needs.offer.reject"), fynetheme.CancelIcon(), func() { o.onReject(id) }),
		fyne.NewMenuItemWithIcon(w.T("needs.offer.right"), fynetheme.SearchReplaceIcon(), func() { o.askRight(id) }),
		fyne.NewMenuItemWithIcon(w.T("needs.offer.open"), fynetheme.NavigateNextIcon(), func() { o.onOpen(id) }),
	}
	if r.Decision.Decision != "" {
		all = append(all, fyne.NewMenuItemWithIcon(w.T("needs.offer.undecide"), fynetheme.ContentUndoIcon(), func() { o.onUndecide(id) }))
	}
	return all
}

func (o *offers) onOpen(id string) {
	o.env.Shell.Go(screen.Route{Page: screen.PageOfferings, ID: id})
}

func (o *offers) onLetter(id string, letter rune) {
	switch unicode.ToUpper(letter) {
	case parts.KeyAccept:
		o.onAccept(id)
	case parts.KeyReject:
		o.onReject(id)
	case keyRight:
		o.askRight(id)
	case keyNone:
		o.onNone()
	case keyUndo:
		o.onUndecide(id)
	}
}

func (o *offers) title(id string) string {
	offer := o.found.offers[id]
	return clip(parts.OfferingTitle(o.words, &offer.Offering), 50)
}

func (o *offers) decide(label string, all ...data.MatchDecision) {
	o.env.Do(label, func() error { return o.env.Program.Needs.Decide(label, all...) })
}

func (o *offers) onAccept(id string) {
	o.decide(o.words.T("needs.step.accept", "Offer", o.title(id)), data.MatchDecision{Need: o.now.ID, Offering: id, Decision: data.MatchAccepted})
}

// onReject asks why; Enter takes the most usual reason.
func (o *offers) onReject(id string) {
	w, n := o.words, o.now.ID
	var options []kit.Option
	for _, r := range need.RejectReasons() {
		options = append(options, kit.Option{ID: r, Label: rejectWord(w, r)})
	}
	why := kit.NewRadio(options, nil)
	why.SetSelected(need.RejectSubject)
	title := o.title(id)
	kit.ShowForm(o.env.Shell.Window(), w, kit.Form{Title: w.T("needs.reject.title"), Text: title, Verb: w.T("needs.reject.verb"),
		Fields: []fyne.CanvasObject{kit.NewField(w, kit.FieldOptions{Label: w.T("needs.reject.why"), Hint: w.T("needs.reject.hint")}, why)},
		OnDone: func() {
			o.decide(w.T("needs.step.reject", "Offer", title), data.MatchDecision{Need: n, Offering: id, Decision: data.MatchRejected, Reason: why.Selected()})
		}})
}

func (o *offers) onUndecide(id string) {
	label, n := o.words.T("needs.step.undecide", "Offer", o.title(id)), o.now.ID
	o.env.Do(label, func() error { return o.env.Program.Needs.Undecide(label, n, id) })
}

// onNone says that no offer fits, or takes that back.
func (o *offers) onNone() {
	if o.found.None != nil {
		label, n := o.words.T("needs.step.notNone"), o.now.ID
		o.env.Do(label, func() error { return o.env.Program.Needs.Undecide(label, n, "") })
		return
	}
	o.decide(o.words.T("needs.step.none"), data.MatchDecision{Need: o.now.ID, Decision: data.MatchNone})
}

// askRight asks which offering it should have been; the one that was in its place
// ("" for none) is rejected in the same step.
func (o *offers) askRight(wrong string) {
	w, n := o.words, o.now.ID
	var options []kit.Option
	for id, offer := range o.found.offers {
		if id != wrong {
			options = append(options, kit.Option{ID: id, Label: parts.OfferingTitle(w, &offer.Offering), Note: offer.Provider})
		}
	}
	sortOptions(options)
	right := kit.NewSelect(w, options)
	text := ""
	if wrong != "" {
		text = w.T("needs.right.instead", "Offer", o.title(wrong))
	}
	kit.ShowForm(o.env.Shell.Window(), w, kit.Form{Title: w.T("needs.right.title"), Text: text, Verb: w.T("needs.right.verb"),
		Fields: []fyne.CanvasObject{kit.NewField(w, kit.FieldOptions{Label: w.T("needs.right.offer")}, right)},
		Check: func() error {
			if right.Selected() == "" {
				return errors.New(w.T("needs.right.missing"))
			}
			return nil
		},
		OnDone: func() {
			id := right.Selected()
			all := []data.MatchDecision{{Need: n, Offering: id, Decision: data.MatchAccepted}}
			if wrong != "" {
				all = append(all, data.MatchDecision{Need: n, Offering: wrong, Decision: data.MatchRejected, Reason: need.RejectSubject})
			}
			o.decide(w.T("needs.step.right", "Offer", o.title(id)), all...)
		}})
}
