package parts

import (
	"kompetansepilot/app/partner"
	"kompetansepilot/data"
	"kompetansepilot/ui/screen"
)

// RouteOf is where a record of the parts is seen. ok is false for records of
// other kinds. It reads the workspace, so it runs in the background.
func RouteOf(store *data.Workspace, kind, id string) (r screen.Route, ok bool, err error) {
	shelf, ok, err := partner.ShelfOf(store, kind, id)
	switch {
	case err != nil || !ok:
		return screen.Route{}, false, err
	case shelf.Offering != "":
		return screen.Route{Page: screen.PageOfferings, ID: shelf.Offering, Field: shelf.Part}, true, nil
	case shelf.Organisation == "":
		return screen.Route{Page: screen.PageApplication, ID: shelf.Application, Field: "partners"}, true, nil
	case shelf.OfProvider:
		return screen.Route{Page: screen.PageProviders, ID: shelf.Organisation, Field: shelf.Part}, true, nil
	}
	return screen.Route{Page: screen.PageBusinesses, ID: shelf.Organisation, Field: shelf.Part}, true, nil
}
