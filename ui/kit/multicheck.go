package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/app/lang"
	"kompetansepilot/ui/theme"
)

// searchFrom is how many options a MultiCheck has before it offers a search.
const searchFrom = 12

// MultiCheck chooses several of a list. Its setters do not call OnChanged.
type MultiCheck struct {
	widget.DisableableWidget

	// OnChanged gets the IDs that are chosen, in the order of the options.
	OnChanged func(ids []string)

	words   *lang.Printer
	options []Option
	checks  []*Check
	query   *SearchField // nil when the list is short
	none    *Text
	column  *fyne.Container
}

var (
	_ drawn   = (*MultiCheck)(nil)
	_ Control = (*MultiCheck)(nil)
)

// NewMultiCheck makes a list with nothing chosen.
func NewMultiCheck(words *lang.Printer, options []Option) *MultiCheck {
	m := &MultiCheck{words: words, none: NewQuietText(words.T("kit.choice.noHits")), column: Column(0)}
	m.ExtendBaseWidget(m)
	m.SetOptions(options)
	return m
}

// SetOptions changes the list and keeps what was chosen.
func (m *MultiCheck) SetOptions(options []Option) {
	chosen := m.Selected()
	m.options = options
	m.checks = m.checks[:0:0]
	m.column.Objects = nil
	m.query = nil
	if len(options) > searchFrom {
		m.query = NewSearchField(m.words, m.words.T("kit.choice.search"))
		m.query.OnChanged = m.onQuery
		m.column.Add(container.New(&paddedLayout{bottom: theme.Size(theme.SizeNameGap)}, m.query))
	}
	for _, o := range options {
		label := o.Label
		if o.Note != "" {
			label += " (" + o.Note + ")"
		}
		check := NewCheck(label, m.onCheck)
		m.checks = append(m.checks, check)
		m.column.Add(check)
	}
	m.none.Hide()
	m.column.Add(m.none)
	m.SetSelected(chosen)
	m.lock()
}

// Selected are the IDs that are chosen, in the order of the options.
func (m *MultiCheck) Selected() []string {
	var ids []string
	for i, c := range m.checks {
		if c.checked {
			ids = append(ids, m.options[i].ID)
		}
	}
	return ids
}

// SetSelected chooses by IDs; unknown ones are passed over.
func (m *MultiCheck) SetSelected(ids []string) {
	chosen := make(map[string]bool, len(ids))
	for _, id := range ids {
		chosen[id] = true
	}
	for i, c := range m.checks {
		c.SetChecked(chosen[m.options[i].ID])
	}
	m.Refresh()
}

// Enable lets the list be changed.
func (m *MultiCheck) Enable() {
	m.DisableableWidget.Enable()
	m.lock()
}

// Disable locks the list.
func (m *MultiCheck) Disable() {
	m.DisableableWidget.Disable()
	m.lock()
}

func (m *MultiCheck) lock() {
	for _, c := range m.checks {
		enable(c, !m.Disabled())
	}
}

// FocusTarget is the search field, or the first box.
func (m *MultiCheck) FocusTarget() fyne.Focusable {
	if m.query != nil {
		return m.query.FocusTarget()
	}
	if len(m.checks) > 0 {
		return m.checks[0]
	}
	return nil
}

func (m *MultiCheck) onCheck(bool) {
	if m.OnChanged != nil {
		m.OnChanged(m.Selected())
	}
}

func (m *MultiCheck) onQuery(query string) {
	query = Fold(query)
	any := false
	for i, c := range m.checks {
		hit, _ := matches(query, Fold(m.options[i].Label+" "+m.options[i].Note))
		c.Hidden = !hit
		any = any || hit
	}
	m.none.Hidden = any
	m.column.Refresh()
	m.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (m *MultiCheck) CreateRenderer() fyne.WidgetRenderer {
	m.ExtendBaseWidget(m)
	return newDrawnRenderer(m)
}

func (m *MultiCheck) parts() []fyne.CanvasObject { return []fyne.CanvasObject{m.column} }
func (m *MultiCheck) paint()                     {}

func (m *MultiCheck) least() fyne.Size { return m.column.MinSize() }

func (m *MultiCheck) heightFor(width float32) float32 { return heightOf(m.column, width) }

func (m *MultiCheck) arrange(size fyne.Size) {
	m.column.Resize(fyne.NewSize(size.Width, max(size.Height, theme.Size(theme.SizeNameTarget))))
}
