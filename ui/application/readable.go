package application

import (
	"kompetansepilot/app/grant"
	"kompetansepilot/data"
)

// readable is the content of a field as lines that a person reads, for
// comparing and copying.
func readable(d *desk, draft *data.Draft, f *grant.Field) string {
	return grant.Reader{Call: d.call, Places: d.env.Program.Places, Words: d.words}.Text(draft, f)
}
