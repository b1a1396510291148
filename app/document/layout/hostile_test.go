package layout_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kompetansepilot/app/document/documenttest"
	"kompetansepilot/app/document/layout"
)

func TestAnyDocumentStaysOnThePage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, err := layout.Lay(documenttest.Hostile(t))
		if err != nil {
			if strings.Contains(err.Error(), "text alternative") {
				return
			}
			t.Fatal(err)
		}
		for i, p := range r.Pages {
			for _, op := range p.Ops {
				if op.Kind != layout.OpText || op.Elem != nil && op.Elem.Tag == "Figure" {
					continue
				}
				if op.X < 21.9 || op.X+op.W > layout.PageWidth-19.9 || op.Y < 0 || op.Elem != nil && op.Y > 273.1 {
					t.Fatalf("page %d: %q at %.1f, %.1f, %.1f wide", i+1, op.Text, op.X, op.Y, op.W)
				}
			}
		}
	})
}
