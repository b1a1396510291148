package settings

import (
	"strings"

	"fyne.io/fyne/v2"

	"kompetansepilot/app"
	"kompetansepilot/ui/kit"
)

// libraries are what the program is built on, with their licences.
var libraries = [...][2]string{
	{"Fyne", "BSD-3-Clause"}, {"go-sqlite3", "MIT"}, {"SQLite", "public domain"}, {"goose", "MIT"}, {"gofpdf", "MIT"},
	{"go-i18n", "MIT"}, {"kong", "MIT"}, {"goldmark", "MIT"}, {"lumberjack", "MIT"}, {"google/uuid", "BSD-3-Clause"},
	{"gofrs/flock", "BSD-3-Clause"}, {"golang.org/x", "BSD-3-Clause"}, {"go-text", "BSD-3-Clause / Unlicense"},
	{"systray", "Apache-2.0"}, {"Noto Sans", "SIL OFL 1.1"},
}

// about tells which program this is and what it rests on.
func (p *page) about() fyne.CanvasObject {
	parts := []fyne.CanvasObject{
		kit.NewText(p.version()),
		kit.NewText(p.Words.T("settings.about.licence")),
		kit.NewStrong(p.Words.T("settings.about.data")),
	}
	for _, line := range p.Program.Places.Credits() {
		parts = append(parts, kit.NewText(line))
	}
	var names []string
	for _, l := range libraries {
		names = append(names, l[0]+" ("+l[1]+")")
	}
	parts = append(parts, kit.NewStrong(p.Words.T("settings.about.libraries")), kit.NewText(strings.Join(names, ", ")+"."))
	return kit.NewSection(p.Words.T("settings.section.about"), kit.Column(gap(), parts...))
}

// version is what the program was built as; main hands it to Fyne as metadata.
func (p *page) version() string {
	meta := fyne.CurrentApp().Metadata()
	if meta.Version == "" || meta.Version == "0.0.1" { // Fyne's own word for "not said"
		return p.Words.T("settings.about.noVersion", "Name", app.Name)
	}
	return p.Words.T("settings.about.version", "Name", app.Name, "Version", meta.Version, "Build", meta.Build)
}
