package register

import (
	"fyne.io/fyne/v2"

	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/people"
)

// tabFields is the tab with the record's own fields.
const tabFields = "fields"

// leaves are the record's own fields and what else there is about the
// organisation, as tabs. More parts of a record are added here.
func (r *record) leaves() fyne.CanvasObject {
	r.people = people.NewSection(r.page.env)
	r.people.OnCounts = r.onPeopleCounted
	r.tabs = kit.NewTabs(append([]kit.Tab{{ID: tabFields, Label: r.words.T("people.tab.fields"), Content: r.scroll}}, r.people.Tabs()...)...)
	return r.tabs
}

func (r *record) onPeopleCounted(persons, log, tasks int) {
	r.tabs.SetBadge(people.TabPersons, persons)
	r.tabs.SetBadge(people.TabLog, log)
	r.tabs.SetBadge(people.TabTasks, tasks)
}

// focusTab shows a tab, and tells whether id is one.
func (r *record) focusTab(id string) bool {
	for _, t := range r.people.Tabs() {
		if t.ID == id {
			r.tabs.Select(id)
			r.page.focus(r.tabs)
			return true
		}
	}
	return false
}
