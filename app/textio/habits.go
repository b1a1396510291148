package textio

import "strings"

// listHabits are how a text writes its lists, where it does so in one way.
type listHabits struct {
	bullet                  string // "" for several, or none
	tightBefore, tightAfter bool   // no empty line between a list and the text round it
}

func habitsOf(text string) listHabits {
	var h listHabits
	lines := strings.Split(text, "\n")
	bullets := map[string]bool{}
	looseBefore, looseAfter := false, false
	list := func(i int) bool { return i >= 0 && i < len(lines) && isListLine(lines[i]) }
	for i, line := range lines {
		m := listLine.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		if m[2] == "•" || len(m[2]) == 1 {
			bullets[m[2]], h.bullet = true, m[2]
		}
		if i > 0 && !list(i-1) {
			h.tightBefore, looseBefore = true, looseBefore || lines[i-1] == ""
		}
		if i+1 < len(lines) && !list(i+1) {
			h.tightAfter, looseAfter = true, looseAfter || lines[i+1] == ""
		}
	}
	if len(bullets) > 1 {
		h.bullet = ""
	}
	h.tightBefore, h.tightAfter = h.tightBefore && !looseBefore, h.tightAfter && !looseAfter
	return h
}

// adopt writes the lists of a text from a file as the program's text does: Word
// has bullets of its own, and both formats want air round a list.
func adopt(old, now string) string {
	h := habitsOf(clean(old))
	var kept []string
	lines := strings.Split(now, "\n")
	for i, line := range lines {
		if line == "" && i > 0 && i+1 < len(lines) {
			before, after := isListLine(lines[i-1]), isListLine(lines[i+1])
			if after && !before && h.tightBefore || before && !after && h.tightAfter {
				continue
			}
		}
		if m := listLine.FindStringSubmatch(line); m != nil && m[2] == "-" && h.bullet != "" {
			line = m[1] + h.bullet + " " + m[3]
		}
		kept = append(kept, line)
	}
	return strings.Join(kept, "\n")
}
