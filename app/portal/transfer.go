package portal

import (
	"strings"
	"time"

	"kompetansepilot/app/grant"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// Service carries the applications of a workspace over to portals.
type Service struct {
	w      *data.Workspace
	grants *grant.Service
	places *reference.Tables
	list   *list
}

// New makes the service of a workspace.
func New(w *data.Workspace, grants *grant.Service, places *reference.Tables) (*Service, error) {
	s := &Service{w: w, grants: grants, places: places, list: &list{w: w}}
	return s, s.list.reload()
}

// Transfer is how far an application has been carried over to a portal.
type Transfer struct {
	Portal *Portal
	Call   *grant.Call
	Title  string // of the application
	Tabs   []TransferTab
	// Done of Total items with content are carried over and unchanged since.
	Done, Total int
	Findings    []grant.Finding
}

// TransferTab is a tab of the portal with what goes on it.
type TransferTab struct {
	ID, Label string
	Items     []Item
}

// Item is what is copied in one go: a field, or an attachment.
type Item struct {
	// Key names the item among the transfers of the application.
	Key   string
	Field string // of the call
	Label string // the portal's
	Type  string // of the field
	// Text is what is copied. For a plan it is the whole of it as tab-separated
	// lines, for an attachment its name in the portal.
	Text string
	// Length is that of Text as the portal counts, Limit the most it takes; 0 is
	// unknown.
	Length, Limit int
	Grid          *Grid // the parts of what is typed in several boxes
	File          *File // of an attachment; nil for one that is missing
	Required      bool

	// Transferred is when the item was carried over, zero for not yet, and By who
	// did it.
	Transferred time.Time
	By          string
	// Changed tells that Text is no longer what was carried over, Before.
	Changed bool
	Before  string

	note string // what is kept of the item when it is carried over
}

// Grid is a text in parts: rows with a label and cells. A plan's Columns, of which
// the first is over the labels, end with the sums, which are only to look at.
type Grid struct {
	Columns []string
	Rows    []GridRow
	Foot    []string // sums under the cells
}

// GridRow is a row of a Grid. Its label is copied too when Named is set.
type GridRow struct {
	Label string
	Named bool
	Cells []string
	Sum   string // "" for none
}

// File is an attachment as the portal gets it.
type File struct {
	ID, Name  string // Name is what the portal is given
	Original  string
	MediaType string
	Size      int64 // bytes
	SHA256    string
	Mandatory bool
}

// Filled tells whether there is anything to carry over.
func (i *Item) Filled() bool { return i.Text != "" }

// Done tells whether the portal has the item as it is now.
func (i *Item) Done() bool { return !i.Transferred.IsZero() && !i.Changed }

// Counts tells whether the item is part of the work: it has content, or the
// portal has something that is empty here now.
func (i *Item) Counts() bool { return i.Filled() || i.Changed }

// Over is by how much the text is longer than the portal takes.
func (i *Item) Over() int {
	if i.Limit == 0 {
		return 0
	}
	return max(i.Length-i.Limit, 0)
}

// Items are the items of all tabs, in order.
func (t *Transfer) Items() []*Item {
	var all []*Item
	for i := range t.Tabs {
		for j := range t.Tabs[i].Items {
			all = append(all, &t.Tabs[i].Items[j])
		}
	}
	return all
}

// Transfer gathers an application for a portal; "" is the one that its call
// names. words are for what the program says; the texts themselves are in the
// language of the application.
func (s *Service) Transfer(application, portal string, words *lang.Printer) (Transfer, error) {
	d, call, err := s.grants.Load(application)
	if err != nil {
		return Transfer{}, err
	}
	p := s.list.of(call)
	if portal != "" && portal != p.ID {
		if p, err = s.list.get(portal); err != nil {
			return Transfer{}, err
		}
	}
	b := builder{portal: p, call: call, draft: &d, words: words, norm: written(&d)}
	b.reader = grant.Reader{Call: call, Places: s.places, Words: b.norm}
	t := Transfer{Portal: p, Call: call, Title: d.Application.Title()}
	b.nameFiles()
	for _, pg := range p.pages(call, words.Code()) {
		tab := TransferTab{ID: pg.id, Label: pg.label}
		for _, pl := range pg.places {
			tab.Items = append(tab.Items, b.items(pl)...)
		}
		if len(tab.Items) > 0 { // no attachments is nothing to do
			t.Tabs = append(t.Tabs, tab)
		}
	}
	notes, err := data.Transfers(s.w, application, p.ID)
	if err != nil {
		return t, err
	}
	if err := s.compare(&t, notes); err != nil {
		return t, err
	}
	t.Findings = b.findings(&t)
	return t, nil
}

// written speaks the language that an application is written in.
func written(d *data.Draft) *lang.Printer { return lang.New(d.Application.Language) }

// compare sets each item against what was carried over.
func (s *Service) compare(t *Transfer, notes []data.Transfer) error {
	by := map[string]data.Transfer{}
	for _, n := range notes {
		if n.SHA256 != "" {
			by[n.Field] = n
		}
	}
	for _, item := range t.Items() {
		if n, ok := by[item.Key]; ok {
			before, err := data.Blob(s.w, n.SHA256)
			if err != nil {
				return err
			}
			item.Transferred, _ = time.Parse(time.RFC3339, n.Time)
			item.By = n.Actor
			item.Changed = string(before) != item.note
			// What is kept of an attachment is its name, and then its content's hash.
			item.Before = string(before)
			if item.Type == grant.TypeFile || item.Type == grant.TypeFiles {
				item.Before, _, _ = strings.Cut(item.Before, "\n")
			}
		}
		if item.Counts() {
			t.Total++
			if item.Done() {
				t.Done++
			}
		}
	}
	return nil
}

// Note notes that an item was carried over as it is shown, or takes the note
// back.
func (s *Service) Note(label, application, portal string, item Item, copied bool) error {
	return s.w.Update(label, func(tx *data.Tx) error {
		return tx.NoteTransfer(application, portal, item.Key, item.note, copied)
	})
}
