package people

import (
	"kompetansepilot/data"
	"kompetansepilot/ui/screen"
)

// RouteTo is where a person, an interaction or a task is shown: in the record of
// its organisation, else on the page of tasks. ok is false for other kinds. It
// runs in the background.
func RouteTo(env *screen.Env, hit data.Hit) (r screen.Route, ok bool, err error) {
	tab := map[string]string{"person": TabPersons, "interaction": TabLog, "task": TabTasks}[hit.Kind]
	if tab == "" {
		return r, false, nil
	}
	o, found, err := newDesk(env).people.PlaceOf(hit.Kind, hit.Record)
	switch {
	case err != nil:
		return r, false, err
	case !found && hit.Kind == "person":
		return screen.Route{Page: screen.PageTasks, Field: FieldPrivacy}, true, nil
	case !found:
		return screen.Route{Page: screen.PageTasks}, true, nil
	}
	r = toOrganisation(&o)
	r.Field = tab
	return r, true, nil
}
