package safety

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kompetansepilot/app/lang"
	"kompetansepilot/ui/kit"
)

// pager goes back and forth in a long list. It is not there for a short one.
type pager struct {
	box          *fyne.Container
	newer, older *kit.Button
}

func newPager(words *lang.Printer, onNewer, onOlder func()) *pager {
	p := &pager{newer: kit.NewButton(words.T("safety.pager.newer"), onNewer), older: kit.NewButton(words.T("safety.pager.older"), onOlder)}
	p.box = kit.Row(p.newer, p.older)
	p.show(false, false)
	return p
}

func (p *pager) show(newer, older bool) {
	for _, b := range []struct {
		button *kit.Button
		on     bool
	}{{p.newer, newer}, {p.older, older}} {
		if b.on {
			b.button.Enable()
		} else {
			b.button.Disable()
		}
	}
	p.box.Hidden = !newer && !older
	p.box.Refresh()
}

// scrollToTop shows the beginning of a scroll area.
func scrollToTop(o fyne.CanvasObject) {
	if s, ok := o.(*container.Scroll); ok {
		s.ScrollToTop()
	}
}
