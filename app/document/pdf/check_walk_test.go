package pdf

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

var (
	reKid   = regexp.MustCompile(`<</Type /MCR /Pg (\d+) 0 R /MCID (\d+)>>|<</Type /OBJR /Obj (\d+) 0 R /Pg \d+ 0 R>>|(\d+) 0 R|(\d+)`)
	reTag   = regexp.MustCompile(`/S /(\w+) /P (\d+) 0 R`)
	reMark  = regexp.MustCompile(`^/(\w+) <</MCID (\d+)>> BDC$`)
	rePaint = regexp.MustCompile(`(^|\s)(Tj|TJ|f|F|f\*|S|s|B|Do)( ET)?( Q)?$`)
)

// walk goes through the structure tree and notes which element owns each mark.
func (r *reader) walk(n, parent int, seen map[string]int) {
	o := r.objects[n]
	m := reTag.FindStringSubmatch(o)
	if m == nil {
		r.fault("object %d is not an element: %.80s", n, o)
		return
	}
	if m[2] != strconv.Itoa(parent) {
		r.fault("element %d has parent %s, want %d", n, m[2], parent)
	}
	if m[1] == "Figure" && (!strings.Contains(o, "/Alt <FEFF") || !strings.Contains(o, "/BBox [")) {
		r.fault("figure %d has no alternative or no box", n)
	}
	if m[1] == "TH" && !strings.Contains(o, "/Scope /") {
		r.fault("heading cell %d has no scope", n)
	}
	page := r.firstRef(o, "Pg")
	_, kids, _ := strings.Cut(o, " /K [")
	for _, k := range reKid.FindAllStringSubmatch(strings.TrimSuffix(strings.TrimSpace(kids), "]>>"), -1) {
		switch {
		case k[1] != "":
			r.see(k[1]+" "+k[2], n, seen)
		case k[4] != "":
			child, _ := strconv.Atoi(k[4])
			r.walk(child, n, seen)
		case k[5] != "":
			r.see(fmt.Sprint(page, " ", k[5]), n, seen)
		}
	}
}

func (r *reader) see(key string, n int, seen map[string]int) {
	if other, ok := seen[key]; ok {
		r.fault("mark %q belongs to %d and %d", key, other, n)
	}
	seen[key] = n
}

// content reads a page: all that is drawn must be inside marked content, and
// marks are numbered from 0 without a gap. It returns the number of marks.
func (r *reader) content(page string, number int) int {
	depth, marks := 0, map[int]bool{}
	for _, ln := range strings.Split(page, "\n") {
		switch {
		case strings.HasSuffix(ln, " BDC"):
			if m := reMark.FindStringSubmatch(ln); m != nil {
				mcid, _ := strconv.Atoi(m[2])
				if marks[mcid] || depth > 0 {
					r.fault("page %d: mark %d twice or nested", number+1, mcid)
				}
				marks[mcid] = true
			} else if strings.HasPrefix(ln, "/Artifact") && depth > 0 {
				r.fault("page %d: artefact within content", number+1)
			}
			depth++
		case ln == "EMC":
			depth--
		case rePaint.MatchString(ln) && depth == 0:
			r.fault("page %d: untagged content %.60q", number+1, ln)
		}
	}
	if depth != 0 {
		r.fault("page %d: marked content is not closed", number+1)
	}
	return len(marks)
}
