package settings

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/help"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
)

// TopicShortcuts is the topic about the keyboard.
const TopicShortcuts = "shortcuts"

// helpPage shows the help: topics to the left, the text of one to the right.
type helpPage struct {
	*screen.Env

	frame  *kit.Page
	search *kit.SearchField
	list   *kit.SideList
	none   *kit.Text
	reader *kit.Reader
	topics []help.Topic
	wanted string
}

var (
	_ screen.Page    = (*helpPage)(nil)
	_ screen.Focuser = (*helpPage)(nil)
)

// offsetHelp is the name of the divider in app.Preferences.
const offsetHelp = "help"

// NewHelp makes the page with a topic open; an unknown one opens the first. It
// fills itself in the background.
func NewHelp(env *screen.Env, topic string) screen.Page {
	p := &helpPage{Env: env, wanted: topic, none: kit.NewQuietText("")}
	p.search = kit.NewSearchField(env.Words, env.Words.T("help.search"))
	p.search.OnChanged = p.onSearch
	p.search.OnDown = func() { p.focus(p.list) }
	p.search.OnSubmitted = func(string) { p.focus(p.reader) }
	p.list = kit.NewSideList(p.onTopic)
	p.list.OnEnter = func() { p.focus(p.reader) }
	p.reader = kit.NewReader(p.Title(), kit.NewText(""))
	p.none.Hide()
	left := kit.Dock(nil, kit.Padded(smallGap(), kit.Column(gap(), p.search, p.none)), nil, kit.NewScroll(p.list))
	p.frame = kit.NewPage(env.Words, p.Title(), nil, nil, kit.NewSplit(left, p.reader, env.Divider(offsetHelp, 0.28), p.onMoved))
	task.Run(env.Tasks, context.Background(), func(context.Context) ([]help.Topic, error) {
		return help.Load(env.Words.Code())
	}, p.onLoaded)
	return p
}

// Title is the name of the page.
func (p *helpPage) Title() string { return p.Words.T("help.title") }

// Content is the page.
func (p *helpPage) Content() fyne.CanvasObject { return p.frame }

// Changed does nothing: the help does not change.
func (p *helpPage) Changed(data.Changed) {}

// Leave has nothing to hand over.
func (p *helpPage) Leave() {}

// FocusField opens a topic.
func (p *helpPage) FocusField(topic string) {
	p.wanted = topic
	if len(p.topics) > 0 {
		p.search.Clear()
		p.openWanted()
	}
}

func (p *helpPage) onLoaded(topics []help.Topic, err error) {
	if err != nil {
		p.Shell.Fail(p.Title(), err)
		return
	}
	p.topics = topics
	p.list.SetOptions(topicOptions(topics))
	p.openWanted()
}

func topicOptions(topics []help.Topic) []kit.Option {
	options := make([]kit.Option, len(topics))
	for i, t := range topics {
		options[i] = kit.Option{ID: t.ID, Label: t.Title}
	}
	return options
}

func (p *helpPage) openWanted() {
	for i := range p.topics {
		if p.topics[i].ID == p.wanted {
			p.show(p.wanted)
			return
		}
	}
	if len(p.topics) > 0 {
		p.show(p.topics[0].ID)
	}
}

// show marks a topic and shows its text from the top.
func (p *helpPage) show(id string) {
	p.list.SetSelected(id)
	p.onTopic(id)
}

func (p *helpPage) onTopic(id string) {
	for i := range p.topics {
		if t := &p.topics[i]; t.ID == id {
			p.reader.SetContent(t.Title, p.text(t))
		}
	}
}

// onSearch leaves the topics that have all the words, and shows the first unless
// the one that is open is among them.
func (p *helpPage) onSearch(query string) {
	hits := help.Search(p.topics, query)
	open := p.list.Selected()
	p.list.SetOptions(topicOptions(hits))
	p.none.Hidden = len(hits) > 0
	p.none.SetText(p.Words.T("help.none", "Query", query))
	if len(hits) > 0 && (open == "" || p.list.Selected() == "") {
		p.show(hits[0].ID)
	}
	p.frame.Refresh()
}

func (p *helpPage) focus(c kit.Control) { p.Shell.Window().Canvas().Focus(c.FocusTarget()) }

func (p *helpPage) onMoved(offset float64) { p.KeepDivider(offsetHelp, offset) }

// text draws a topic.
func (p *helpPage) text(t *help.Topic) fyne.CanvasObject {
	column := kit.Column(gap()*1.5, kit.NewTitle(t.Title))
	for _, b := range t.Blocks {
		column.Add(drawBlock(b))
	}
	return kit.Readable(column)
}

func drawBlock(b help.Block) fyne.CanvasObject {
	switch b.Kind {
	case help.Heading:
		return kit.NewHeading(help.Plain(b.Text))
	case help.List, help.Numbered:
		column := kit.Column(smallGap())
		for i, row := range b.Rows {
			mark := "•"
			if b.Kind == help.Numbered {
				mark = strconv.Itoa(i+1) + "."
			}
			column.Add(kit.NewItem(mark, runs(row[0])))
		}
		return column
	case help.Table:
		return drawTable(b.Rows)
	case help.Code:
		return kit.NewCard(runs(b.Text))
	}
	return runs(b.Text)
}

// drawTable shows each row as its first cell and what that means. The head is
// left out: it says what anybody sees.
func drawTable(rows [][][]help.Run) fyne.CanvasObject {
	column := kit.Column(gap())
	for i, row := range rows[min(len(rows), 1):] {
		if i > 0 {
			column.Add(kit.Hairline())
		}
		rest := kit.Column(0)
		for _, cell := range row[1:] {
			rest.Add(runs(cell))
		}
		column.Add(kit.NewDefinition(runs(strong(row[0])), rest))
	}
	return column
}

// strong makes what is not code bold.
func strong(from []help.Run) []help.Run {
	bold := make([]help.Run, len(from))
	for i, r := range from {
		bold[i] = help.Run{Text: r.Text, Code: r.Code, Bold: true}
	}
	return bold
}

func runs(from []help.Run) *kit.Flow {
	all := make([]kit.Run, len(from))
	for i, r := range from {
		all[i] = kit.Run{Text: strings.ReplaceAll(r.Text, "\t", "    "), Bold: r.Bold, Code: r.Code}
	}
	return kit.NewFlow(all...)
}
