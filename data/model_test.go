package data_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kompetansepilot/data"
)

// model is what a workspace of applications should hold, in plain maps.
type model struct {
	t    *rapid.T
	w    *data.Workspace
	path string
	now  time.Time

	rows  map[string]data.Application // by id
	steps []modelStep
	done  int // steps[:done] are done, the rest undone

	past map[string][]string // the texts that a field had, by id and field, oldest first

	mergeKey  string // of the last write, when it may be merged with
	mergeLast time.Time
}

type modelStep struct {
	label         string
	before, after map[string]data.Application
}

func TestWritePathModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		dir, err := os.MkdirTemp("", "model")
		if err != nil {
			t.Fatal(err)
		}
		m := &model{t: t, path: filepath.Join(dir, "a.kpilot"), now: time.UnixMilli(1_700_000_000_000), rows: map[string]data.Application{}, past: map[string][]string{}}
		m.reopen(t)
		defer func() { m.w.Close(); os.RemoveAll(dir) }()
		t.Repeat(map[string]func(*rapid.T){
			"":        m.check,
			"create":  m.create,
			"put":     m.put,
			"set":     m.set,
			"type":    m.typed,
			"delete":  m.remove,
			"restore": m.restore,
			"several": m.several,
			"fail":    m.fail,
			"undo":    m.undo,
			"redo":    m.redo,
			"wait": func(t *rapid.T) {
				m.now = m.now.Add(time.Duration(rapid.IntRange(0, 4000).Draw(t, "ms")) * time.Millisecond)
			},
			"set back": func(t *rapid.T) { m.now = m.now.Add(-24 * time.Hour) },
			"reopen":   m.reopen,
		})
	})
}

func (m *model) reopen(t *rapid.T) {
	if m.w != nil {
		if err := m.w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	var err error
	m.w, err = data.Open(m.path, data.Options{Create: true, AnyPlace: true, Now: func() time.Time { return m.now }})
	if err != nil {
		t.Fatal(err)
	}
	m.mergeKey = ""
}

// change does one Update in the workspace and in the model.
func (m *model) change(label string, next map[string]data.Application, fn func(*data.Tx) error) {
	if err := m.w.Update(label, fn); err != nil {
		m.t.Fatal(err)
	}
	m.commit(label, next)
}

func (m *model) commit(label string, next map[string]data.Application) {
	if same(m.rows, next) {
		return
	}
	m.steps = append(m.steps[:m.done], modelStep{label, m.rows, next})
	m.done++
	m.rows, m.mergeKey = next, ""
}

func same(a, b map[string]data.Application) bool {
	return maps.EqualFunc(a, b, func(x, y data.Application) bool {
		return x.Note == y.Note && x.County == y.County && x.OutsideCeiling == y.OutsideCeiling && x.InTrash() == y.InTrash() && maps.Equal(x.Answers, y.Answers)
	})
}

func (m *model) with(a data.Application) map[string]data.Application {
	next := maps.Clone(m.rows)
	a.Answers = maps.Clone(a.Answers)
	maps.DeleteFunc(a.Answers, func(_, text string) bool { return text == "" })
	next[a.ID] = a
	return next
}

// text draws short and long texts, with what trips a log that counts bytes.
var text = rapid.OneOf(
	rapid.Just(""),
	rapid.SampledFrom([]string{"a", "0", "1", "=note", "æøå", "\x00", "a\x00b", "\xff", "\xed\xa0\x80", "👩‍🌾", "e\u0301", "שלום", "1:a,2:bb,", strings.Repeat("x", 199), strings.Repeat("æ", 100)}),
	rapid.Custom(func(t *rapid.T) string {
		parts := rapid.SliceOfN(rapid.SampledFrom([]string{"tømmer ", "a", "🙂", "\xe2\x82", "\x82", "ø", "\x00", "bygd\n", strings.Repeat("lang tekst å ", 20)}), 1, 20).Draw(t, "parts")
		return strings.Join(parts, "")
	}),
)

var field = rapid.SampledFrom([]string{"title", "background", "background", "note", "county", "=", "+"})

func answers(t *rapid.T) data.Values {
	all := rapid.MapOfN(field, text, 0, 4).Draw(t, "answers")
	if rapid.Bool().Draw(t, "long") { // long enough for the log to keep only what changes
		all["background"] = strings.Repeat("bakgrunn på ", 20) + all["background"]
	}
	return all
}

func (m *model) create(t *rapid.T) {
	a := data.Application{Note: text.Draw(t, "note"), County: text.Draw(t, "county"), OutsideCeiling: rapid.Bool().Draw(t, "outside"), Answers: answers(t)}
	if rapid.Bool().Draw(t, "own id") { // an id that may have been used and undone
		a.ID = fmt.Sprint("id", rapid.IntRange(1, 3).Draw(t, "id"))
	}
	if old, ok := m.rows[a.ID]; ok {
		a.Deleted = old.Deleted
	}
	err := m.w.Update("Laget", func(tx *data.Tx) error { return tx.Put(&a) })
	if err != nil {
		t.Fatal(err)
	}
	m.commit("Laget", m.with(a))
}

// some draws a stored record, and skips the action when there is none.
func (m *model) some(t *rapid.T) data.Application {
	if len(m.rows) == 0 {
		t.Skip()
	}
	id := rapid.SampledFrom(slices.Sorted(maps.Keys(m.rows))).Draw(t, "record")
	a, err := data.Get[data.Application](m.w, id)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func (m *model) put(t *rapid.T) {
	a := m.some(t)
	a.Note, a.OutsideCeiling = text.Draw(t, "note"), rapid.Bool().Draw(t, "outside")
	if rapid.Bool().Draw(t, "all answers") {
		a.Answers = answers(t)
	}
	m.change("Endret", m.with(a), func(tx *data.Tx) error { return tx.Put(&a) })
}

func (m *model) set(t *rapid.T) {
	a, f, s := m.some(t), field.Draw(t, "field"), text.Draw(t, "text")
	next := a
	next.Answers = maps.Clone(a.Answers)
	next.Answers[f] = s
	m.change("Satte "+f, m.with(next), func(tx *data.Tx) error { return tx.SetValue(&a, f, s) })
}

// typed changes a text a few times, as typing does.
func (m *model) typed(t *rapid.T) {
	id := m.some(t).ID
	for range rapid.IntRange(1, 4).Draw(t, "keys") {
		m.key(t, id)
		m.check(t)
	}
}

func (m *model) key(t *rapid.T, id string) {
	a, err := data.Get[data.Application](m.w, id)
	if err != nil {
		t.Fatal(err)
	}
	f := "background"
	m.now = m.now.Add(time.Duration(rapid.IntRange(0, 2500).Draw(t, "pause")) * time.Millisecond)
	old := a.Answers[f]
	from := rapid.IntRange(0, len(old)).Draw(t, "from")
	to := rapid.IntRange(from, min(len(old), from+3)).Draw(t, "to")
	typed := old[:from] + rapid.SampledFrom([]string{"", "e", "ø", "🙂", "\xc3"}).Draw(t, "typed") + old[to:]
	next := a
	next.Answers = maps.Clone(a.Answers)
	next.Answers[f] = typed
	rows := m.with(next)
	const window = 2 * time.Second
	key := a.ID + f
	if err := m.w.Update("Skrev", func(tx *data.Tx) error { return tx.SetValue(&a, f, typed) }, data.Merge(key, window)); err != nil {
		t.Fatal(err)
	}
	if same(m.rows, rows) {
		return
	}
	if m.mergeKey == key && !m.clock().After(m.mergeLast.Add(window)) {
		m.steps[m.done-1].after, m.rows = rows, rows
	} else {
		m.commit("Skrev", rows)
	}
	m.mergeKey, m.mergeLast = key, m.clock()
}

// clock is the time of the newest transaction, which never goes back.
func (m *model) clock() time.Time {
	steps, err := m.w.RecentSteps(1)
	if err != nil {
		m.t.Fatal(err)
	}
	return steps[0].Time
}

func (m *model) remove(t *rapid.T) {
	a := m.some(t)
	next := a
	next.Deleted = "now"
	m.change("Slettet", m.with(next), func(tx *data.Tx) error { return tx.Delete(&a) })
}

func (m *model) restore(t *rapid.T) {
	a := m.some(t)
	next := a
	next.Deleted = ""
	m.change("Hentet tilbake", m.with(next), func(tx *data.Tx) error { return tx.RestoreTrashed("application", a.ID) })
}

// several changes two records in one step.
func (m *model) several(t *rapid.T) {
	a, b := m.some(t), m.some(t)
	if a.ID == b.ID {
		t.Skip()
	}
	a.Note, b.Answers = text.Draw(t, "note"), answers(t)
	next := m.with(a)
	maps.Copy(next, map[string]data.Application{b.ID: m.with(b)[b.ID]})
	m.change("Endret to", next, func(tx *data.Tx) error {
		if err := tx.Put(&a); err != nil {
			return err
		}
		return tx.Put(&b)
	})
}

// fail gives up in the middle of an update.
func (m *model) fail(t *rapid.T) {
	giveUp := fmt.Errorf("give up")
	err := m.w.Update("Ga opp", func(tx *data.Tx) error {
		if err := tx.Put(&data.Application{Note: "borte"}); err != nil {
			return err
		}
		return giveUp
	})
	if err == nil {
		t.Fatal("the error of fn is lost")
	}
}

func (m *model) undo(t *rapid.T) {
	label, err := m.w.Undo()
	if m.done == 0 {
		if data.Code(err) != data.CodeNothingToDo {
			t.Fatalf("undo of nothing: %q, %v", label, err)
		}
		return
	}
	m.done--
	if want := m.steps[m.done].label; err != nil || label != want {
		t.Fatalf("undo %q, %v; want %q", label, err, want)
	}
	m.rows, m.mergeKey = m.steps[m.done].before, ""
}

func (m *model) redo(t *rapid.T) {
	label, err := m.w.Redo()
	if m.done == len(m.steps) {
		if data.Code(err) != data.CodeNothingToDo {
			t.Fatalf("redo of nothing: %q, %v", label, err)
		}
		return
	}
	if want := m.steps[m.done].label; err != nil || label != want {
		t.Fatalf("redo %q, %v; want %q", label, err, want)
	}
	m.rows, m.mergeKey = m.steps[m.done].after, ""
	m.done++
}

func (m *model) check(t *rapid.T) {
	stored, err := data.Find[data.Application](m.w, "")
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]data.Application{}
	for _, a := range stored {
		got[a.ID] = a
	}
	if !same(got, m.rows) {
		t.Fatalf("stored\n%+v\nwant\n%+v", got, m.rows)
	}
	undo, redo, err := m.w.Steps()
	if err != nil {
		t.Fatal(err)
	}
	wantUndo, wantRedo := "", ""
	if m.done > 0 {
		wantUndo = m.steps[m.done-1].label
	}
	if m.done < len(m.steps) {
		wantRedo = m.steps[m.done].label
	}
	if undo != wantUndo || redo != wantRedo {
		t.Fatalf("steps %q, %q; want %q, %q", undo, redo, wantUndo, wantRedo)
	}
	for id, a := range m.rows {
		for _, field := range []string{"background", "title"} {
			key, now := id+" "+field, a.Answers[field]
			if past := m.past[key]; len(past) == 0 || past[len(past)-1] != now {
				m.past[key] = append(past, now)
			}
			checkChain(t, m.w, id, field, m.past[key])
		}
	}
	if r, err := m.w.Verify(); err != nil || !r.OK {
		t.Fatalf("verify: %q, %v", r.Problems, err)
	}
}

// checkChain wants each old text of a field to be the new one of the change
// before it, the newest to be the stored one, and all texts that the field is
// known to have had to be there in order.
func checkChain(t *rapid.T, w *data.Workspace, id, field string, past []string) {
	entries, err := w.History(id, field, 0)
	if err != nil {
		t.Fatal(err)
	}
	now := past[len(past)-1]
	last := time.Now().AddDate(100, 0, 0)
	for _, e := range entries {
		if e.New != now || e.Field != field || e.Time.After(last) {
			t.Fatalf("history of %s: %+v, want new %q", field, e, now)
		}
		if len(past) > 0 && e.New == past[len(past)-1] {
			past = past[:len(past)-1]
		}
		now, last = e.Old, e.Time
	}
	if now != "" {
		t.Fatalf("the history of %s starts at %q", field, now)
	}
	if len(past) > 1 || len(past) == 1 && past[0] != "" {
		t.Fatalf("the history of %s has forgotten %q", field, past)
	}
}
