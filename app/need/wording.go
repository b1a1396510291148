package need

import "kompetansepilot/app/lang"

// LevelWord is a level in words, to stand alone; "" is "".
func LevelWord(words *lang.Printer, level string) string {
	switch level {
	case LevelCourse:
		return words.T("needs.level.kurs")
	case LevelShort:
		return words.T("needs.level.short")
	case LevelFagskole:
		return words.T("needs.level.fagskole")
	case LevelBachelor:
		return words.T("needs.level.bachelor")
	case LevelMaster:
		return words.T("needs.level.master")
	case Any:
		return words.T("needs.any")
	}
	return level
}

// FormWord is a form in words, to stand alone; "" is "".
func FormWord(words *lang.Printer, form string) string {
	switch form {
	case FormOnline:
		return words.T("needs.form.online")
	case FormBlended:
		return words.T("needs.form.blended")
	case FormGather:
		return words.T("needs.form.gather")
	case FormOnSite:
		return words.T("needs.form.onSite")
	case Any:
		return words.T("needs.any")
	}
	return form
}

// StateWord is how far a need has come, in words.
func StateWord(words *lang.Printer, state string) string {
	switch state {
	case StateAccepted:
		return words.T("needs.state.accepted")
	case StateNone:
		return words.T("needs.state.none")
	}
	return words.T("needs.state.open")
}
