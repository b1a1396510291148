package kit

import (
	"context"
	"image"

	"kompetansepilot/ui/task"
)

// pagePixels is how many dots of drawn pages are kept, 4 bytes each: about 25
// pages of a usual window.
const pagePixels = 24 << 20

// pageStore draws pages in the background, one at a time, the ones in sight
// first, and keeps the nearest ones. It belongs to Fyne's goroutine.
type pageStore struct {
	tasks   *task.Runner
	onDrawn func()

	source     PageSource
	generation int // of the source
	dpi        float64
	first      int // in sight
	last       int
	drawn      map[int]drawnPage
	busy       bool
}

// drawnPage is a picture and what it was drawn from.
type drawnPage struct {
	picture    image.Image
	generation int
	dpi        float64
}

func newPageStore(tasks *task.Runner, onDrawn func()) *pageStore {
	return &pageStore{tasks: tasks, onDrawn: onDrawn, last: -1, drawn: map[int]drawnPage{}}
}

// setSource forgets pages that are no more; the others are shown until they are
// drawn again.
func (s *pageStore) setSource(source PageSource) {
	s.source = source
	s.generation++
	for page := range s.drawn {
		if page >= source.Pages {
			delete(s.drawn, page)
		}
	}
}

// want asks for the pages from first to last.
func (s *pageStore) want(first, last int, dpi float64) {
	s.first, s.last, s.dpi = first, last, dpi
	s.drawNext()
}

// picture is a page as it was drawn last, or nil.
func (s *pageStore) picture(page int) image.Image { return s.drawn[page].picture }

// drawNext draws the next page that lacks a picture, until none does.
func (s *pageStore) drawNext() {
	page, ok := s.next()
	if s.busy || !ok || s.source.Render == nil {
		return
	}
	s.busy = true
	render, made := s.source.Render, drawnPage{generation: s.generation, dpi: s.dpi}
	task.Run(s.tasks, context.Background(), func(context.Context) (image.Image, error) {
		return render(page, made.dpi), nil
	}, func(picture image.Image, err error) {
		s.busy = false
		made.picture = picture // nil after a fault: the page stays white, and is not tried again
		if page < s.source.Pages {
			s.drawn[page] = made
		}
		s.forget()
		s.onDrawn()
		if err == nil {
			s.drawNext()
		}
	})
}

// next is the page to draw: one in sight, else a neighbour.
func (s *pageStore) next() (page int, ok bool) {
	fresh := func(p int) bool {
		d, has := s.drawn[p]
		return has && d.generation == s.generation && d.dpi == s.dpi
	}
	for p := s.first; p <= s.last; p++ {
		if !fresh(p) {
			return p, true
		}
	}
	for _, p := range [...]int{s.last + 1, s.first - 1} {
		if s.last >= s.first && p >= 0 && p < s.source.Pages && !fresh(p) {
			return p, true
		}
	}
	return 0, false
}

// forget lets go of the pages farthest away when they are too many. What is in
// sight, and its neighbours, always stay.
func (s *pageStore) forget() {
	for s.pixels() > pagePixels {
		farthest, most := 0, 1
		for p := range s.drawn {
			if away := max(s.first-p, p-s.last); away > most {
				farthest, most = p, away
			}
		}
		if most == 1 {
			return
		}
		delete(s.drawn, farthest)
	}
}

func (s *pageStore) pixels() int {
	n := 0
	for _, d := range s.drawn {
		if d.picture != nil {
			n += d.picture.Bounds().Dx() * d.picture.Bounds().Dy()
		}
	}
	return n
}
