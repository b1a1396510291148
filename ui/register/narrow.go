package register

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/partner"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/listing"
	"kompetansepilot/ui/theme"
)

// narrowing is the button for what the list is narrowed by beside words and
// status: industry, size and centrality. It says how many of them are in use.
type narrowing struct {
	page   *Page
	button *kit.Button
	now    partner.Narrow
}

func newNarrowing(p *Page) *narrowing {
	n := &narrowing{page: p}
	n.button = kit.NewChip("", n.onOpen)
	n.show()
	return n
}

func (n *narrowing) show() {
	listing.Narrowed(n.page.words, n.button, n.now.Count())
}

// set narrows the list.
func (n *narrowing) set(now partner.Narrow) {
	n.now = now
	n.show()
	n.page.grid.ScrollToTop()
	n.page.load(false)
}

// clear takes all of it away without reading.
func (n *narrowing) clear() {
	n.now = partner.Narrow{}
	n.show()
}

// narrowForm is the dialog of narrowing.
type narrowForm struct {
	of         *narrowing
	industry   *kit.TextField
	sizes      *kit.MultiCheck
	centrality *kit.MultiCheck
	more       *narrowMore
}

func (n *narrowing) onOpen() {
	words := n.page.words
	f := &narrowForm{of: n, industry: kit.NewTextField(), sizes: kit.NewMultiCheck(words, sizeOptions(words)), centrality: kit.NewMultiCheck(words, centralities(n.page))}
	f.more = newNarrowMore(n.page, &n.now)
	f.industry.SetText(n.now.Industry)
	f.sizes.SetSelected(replaced(n.now.Sizes, partner.SizeWithheld, withheld))
	var classes []string
	for _, class := range n.now.Centrality {
		classes = append(classes, strconv.Itoa(class))
	}
	f.centrality.SetSelected(classes)
	content := kit.Column(theme.Size(theme.SizeNameGap), append([]fyne.CanvasObject{
		kit.NewField(words, kit.FieldOptions{Label: words.T("register.narrow.industry"), Hint: words.T("register.narrow.industryHint")}, f.industry),
		kit.SideBySide(fieldWidth,
			kit.NewField(words, kit.FieldOptions{Label: words.T("register.column.size")}, f.sizes),
			kit.NewField(words, kit.FieldOptions{Label: words.T("register.column.centrality")}, f.centrality),
		),
	}, f.more.objects()...)...)
	listing.AskNarrow(n.page.env, 560, content, f.industry.FocusTarget(), f.use, func() { n.set(partner.Narrow{}) })
}

// centralities are the classes that a municipality can have, the most central
// first.
func centralities(p *Page) []kit.Option {
	var all []kit.Option
	for class := 1; class <= 6; class++ {
		label := strconv.Itoa(class)
		switch class {
		case 1:
			label = p.words.T("register.narrow.most")
		case 6:
			label = p.words.T("register.narrow.least")
		}
		all = append(all, kit.Option{ID: strconv.Itoa(class), Label: label})
	}
	return all
}

func (f *narrowForm) use() {
	now := partner.Narrow{Industry: strings.TrimSpace(f.industry.Text()), Sizes: replaced(f.sizes.Selected(), withheld, partner.SizeWithheld)}
	for _, id := range f.centrality.Selected() {
		class, err := strconv.Atoi(id)
		if err == nil {
			now.Centrality = append(now.Centrality, class)
		}
	}
	f.more.put(&now)
	f.of.set(now)
}

// replaced are texts with one of them written another way.
func replaced(all []string, from, to string) []string {
	all = slices.Clone(all)
	if i := slices.Index(all, from); i >= 0 {
		all[i] = to
	}
	return all
}
