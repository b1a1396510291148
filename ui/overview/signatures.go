package overview

import (
	"fyne.io/fyne/v2"

	"kompetansepilot/app/partner"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/parts"
	"kompetansepilot/ui/screen"
)

// unsigned is an agreement that somebody must still sign, and where it is seen.
type unsigned struct {
	data.Signed
	route screen.Route
}

// readUnsigned runs in the background.
func readUnsigned(store *data.Workspace, today string) ([]unsigned, error) {
	all, err := partner.NewAgreements(store).Unsigned(today)
	if err != nil {
		return nil, err
	}
	var out []unsigned
	for _, a := range all {
		r, ok, err := parts.RouteOf(store, a.Agreement.Kind(), a.ID)
		if err != nil && data.Code(err) != data.CodeNotFound {
			return nil, err
		}
		if ok && err == nil {
			out = append(out, unsigned{a, r})
		}
	}
	return out, nil
}

// signatures are the agreements that somebody must still sign, the one that has
// waited longest first.
func (p *page) signatures() []fyne.CanvasObject {
	var lines []fyne.CanvasObject
	all := p.shown.unsigned
	for i := range all[:min(len(all), mostShort)] {
		a := &all[i]
		state, severity := parts.AgreementStateText(p.words, &a.Signed, p.shown.Today)
		lines = append(lines, kit.Column(0, p.link(parts.AgreementName(p.words, &a.Agreement), a.route), kit.NewMarkedLine(p.words, severity, state)))
	}
	if more := len(all) - mostShort; more > 0 {
		lines = append(lines, kit.NewQuietText(p.words.N("agreement.more", more)))
	}
	return lines
}
