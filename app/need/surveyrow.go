package need

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"kompetansepilot/app/exchange"
	sheets "kompetansepilot/app/exchange/table"
	"kompetansepilot/data"
	"kompetansepilot/internal/lazyregexp"
)

// response reads a row of a survey.
func (s *Service) response(v *Survey, row *sheets.Row) Response {
	r := Response{Row: row.Number, Interview: data.Interview{Channel: data.InterviewSurvey, Form: "survey", Date: data.Today(), Done: data.Today()}}
	all := map[Column][]string{}
	var notes []string
	for i, column := range v.Matching {
		if column == ColumnOfNothing || i >= len(row.Cells) {
			continue
		}
		text := strings.TrimSpace(row.Cells[i])
		if strings.HasPrefix(text, "'") && len(text) > 1 && strings.ContainsRune("=+-@", rune(text[1])) {
			text = text[1:] // as spreadsheets protect what is no formula
		}
		if text == "" {
			continue
		}
		all[column] = append(all[column], text)
		if column == ColumnOfNote && i < len(v.Header) {
			notes = append(notes, strings.TrimSpace(v.Header[i])+": "+text)
		}
	}
	first := func(c Column) string {
		if len(all[c]) == 0 {
			return ""
		}
		return all[c][0]
	}
	r.Name, r.Contact, r.Phone = strings.Join(strings.Fields(first(ColumnOfBusiness)), " "), first(ColumnOfContact), first(ColumnOfPhone)
	if email := first(ColumnOfEmail); email != "anonymous" { // as Forms writes who is not known
		r.Email = email
	}
	if number := first(ColumnOfNumber); number != "" {
		var why exchange.Reason
		if r.Number, why = exchange.OrgNumber(number); why.Refused() {
			r.Notices = append(r.Notices, Notice{Row: r.Row, Kind: NoticeOrgNumber, Text: number})
		}
	}
	if date := readDate(first(ColumnOfDate)); date != "" {
		r.Interview.Date = date
	}
	r.Interview.Consent, r.Interview.Share = yesNo(first(ColumnOfConsent)), yesNo(first(ColumnOfShare))
	if r.Contact != "" || r.Email != "" || r.Phone != "" {
		notes = append(notes, strings.Join(slices.DeleteFunc([]string{r.Contact, r.Email, r.Phone}, func(s string) bool { return s == "" }), ", "))
	}
	r.Interview.Note = strings.Join(notes, "\n")
	template := s.template(&r, first)
	texts := all[ColumnOfNeed]
	if len(texts) == 0 {
		texts = all[ColumnOfWords]
	} else if len(all[ColumnOfWords]) > 0 {
		template.OwnWords = strings.Join(all[ColumnOfWords], "\n")
	}
	for k, text := range texts {
		n := template
		n.Text = text
		if id := first(ColumnOfID); id != "" && v.labelled() {
			n.ID = id
			if k > 0 {
				n.ID += "-" + strconv.Itoa(k+1)
			}
		}
		for _, notice := range Tidy(&n, s.places) {
			if notice.Kind == NoticeEmpty {
				continue
			}
			notice.Row = r.Row
			if k == 0 || !slices.ContainsFunc(r.Notices, func(old Notice) bool { return old.Kind == notice.Kind && old.Text == notice.Text }) {
				r.Notices = append(r.Notices, notice)
			}
		}
		r.Needs = append(r.Needs, n)
	}
	if len(r.Needs) == 0 {
		r.Skipped = true
		r.Notices = append(r.Notices, Notice{Row: r.Row, Kind: NoticeEmpty})
	}
	return r
}

// labelled tells whether the file's ids are its needs': those of a form only
// count its answers.
func (v *Survey) labelled() bool {
	return slices.ContainsFunc(v.Header, func(h string) bool { return plain(h) == "text" })
}

// NoticeOrgNumber is a number that no business can have.
const NoticeOrgNumber = "orgNumber"

// template is what all needs of a response share.
func (s *Service) template(r *Response, first func(Column) string) data.Need {
	note := func(kind, text string) { r.Notices = append(r.Notices, Notice{Row: r.Row, Kind: kind, Text: text}) }
	n := data.Need{Industry: first(ColumnOfIndustry), Interview: r.Interview.Date, Shareable: r.Interview.Share == data.ConsentYes,
		Level: readLevel(first(ColumnOfLevel)), Form: readForm(first(ColumnOfForm)), Urgency: readUrgency(first(ColumnOfUrgency)), Norm: readNorm(first(ColumnOfNorm))}
	if place := first(ColumnOfMunicipality); place != "" {
		n.Municipality = numberOf(strings.TrimSuffix(place, " kommune"), s.places)
	}
	n.Employees = count(firstNumber(first(ColumnOfEmployees)), 1_000_000, note)
	n.People = cmp.Or(count(firstNumber(first(ColumnOfPeople)), maxPeople, note), 1)
	n.Reach = count(firstNumber(first(ColumnOfReach)), maxReach, note)
	if credits := first(ColumnOfCredits); yesNo(credits) == "" {
		n.Credits = hundredths(firstNumber(credits))
	}
	from, to := readMonths(first(ColumnOfFrom)), readMonths(first(ColumnOfTo))
	if len(from) > 0 {
		n.FromMonth, n.ToMonth = from[0], from[len(from)-1]
	} else if text := first(ColumnOfFrom); text != "" && strings.ContainsAny(text, "0123456789") {
		n.FromMonth = count(firstNumber(text), 0, note)
	}
	if len(to) > 0 {
		n.ToMonth = to[len(to)-1]
	} else if text := first(ColumnOfTo); text != "" && strings.ContainsAny(text, "0123456789") {
		n.ToMonth = count(firstNumber(text), 0, note)
	}
	return n
}

// yesNo reads an answer to "may we …".
func yesNo(text string) string {
	word, _, _ := strings.Cut(plain(text), " ")
	switch strings.Trim(word, ".,!") {
	case "ja", "yes", "1", "true", "x", "j":
		return data.ConsentYes
	case "nei", "no", "0", "false", "n":
		return data.ConsentNo
	}
	return ""
}

var (
	digits = lazyregexp.New(`-?\d[\d   ]*(?:[.,]\d+)?`)
	ranged = lazyregexp.New(`^\s*\d+\s*[-–]\s*(\d+)`)
)

// firstNumber is the first number of a text such as "ca. 5 personer"; of a range,
// "2-4", the greater. A text without digits stays as it is.
func firstNumber(text string) string {
	if found := ranged.FindStringSubmatch(text); found != nil {
		return found[1]
	}
	if found := digits.FindString(text); found != "" {
		return strings.Map(func(r rune) rune {
			if r == ' ' || r == '\u00a0' || r == '\u202f' {
				return -1
			}
			return r
		}, found)
	}
	return ""
}

// contains tells whether a folded text has one of the words.
func contains(text string, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, plain(w)) })
}

// readLevel reads a level as people word it; an unknown one stays as it is.
func readLevel(text string) string {
	switch key := plain(text); {
	case key == "":
		return ""
	case slices.Contains(levelOrder, key):
		return key
	case contains(key, "vet ikke", "veit ikkje", "usikker", "alle", "samme", "same det", "any"):
		return Any
	case contains(key, "master"):
		return LevelMaster
	case contains(key, "bachelor", "høgskole", "høyskole", "høgskule", "universitet"):
		return LevelBachelor
	case contains(key, "fagskole", "fagskule"):
		return LevelFagskole
	case contains(key, "studiepoeng", "modul"):
		return LevelShort
	case contains(key, "kurs", "course"):
		return LevelCourse
	}
	return text
}

// readForm reads a form as people word it; an unknown one stays as it is.
func readForm(text string) string {
	key := plain(text)
	online := contains(key, "nett", "online", "digital", "teams", "web")
	gather := contains(key, "samling", "fysisk", "gathering", "klasserom")
	switch {
	case key == "":
		return ""
	case key == Any || contains(key, "vet ikke", "veit ikkje", "samme", "same det", "spiller ingen"):
		return Any
	case online && gather:
		return FormBlended
	case online:
		return FormOnline
	case contains(key, "på stedet", "på staden", "i bedriften", "i verksemda", "hos oss", "på arbeidsplassen", "workplace"):
		return FormOnSite
	case gather:
		return FormGather
	}
	return text
}

func readUrgency(text string) string {
	switch key := plain(text); {
	case key == "":
		return data.UrgencyNormal
	case contains(key, "ikke hast", "ikkje hast", "lite", "low", "senere", "seinare"):
		return data.UrgencyLow
	case contains(key, "haster", "hastar", "svært", "høy", "høg", "high", "straks", "umiddelbart", "asap"):
		return data.UrgencyHigh
	}
	return data.UrgencyNormal
}

func readNorm(text string) string {
	switch key := plain(text); {
	case key == "nn", contains(key, "nynorsk"):
		return "nn"
	case key == "nb", contains(key, "bokmål"):
		return "nb"
	}
	return ""
}

// readMonths reads "september–november", "høst", "3" or "mars": the first and
// the last month; none when it says nothing of the sort.
func readMonths(text string) []int64 {
	key := plain(text)
	switch {
	case key == "":
		return nil
	case contains(key, "vår", "spring") && !contains(key, "januar", "februar"):
		return []int64{1, 6}
	case contains(key, "høst", "haust", "autumn"):
		return []int64{8, 12}
	case contains(key, "sommer", "sommar", "summer"):
		return []int64{6, 8}
	case contains(key, "vinter", "winter"):
		return []int64{11, 3}
	}
	var all []int64
	for _, part := range strings.FieldsFunc(key, func(r rune) bool { return strings.ContainsRune(" -–,;/", r) }) {
		if n, err := strconv.ParseInt(part, 10, 64); err == nil && n >= 1 && n <= 12 {
			all = append(all, n)
			continue
		}
		for m, name := range []string{"jan", "feb", "mar", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "des"} {
			if len(part) >= 3 && strings.HasPrefix(part, name) {
				all = append(all, int64(m+1))
			}
		}
	}
	if len(all) > 2 {
		all = []int64{all[0], all[len(all)-1]}
	}
	return all
}

// readDate reads a day as forms and sheets write it; "" when it is none.
func readDate(text string) string {
	text, _, _ = strings.Cut(strings.TrimSpace(text), " ")
	text, _, _ = strings.Cut(text, "T")
	for _, layout := range []string{"2006-01-02", "02.01.2006", "2.1.2006", "1/2/06", "1/2/2006", "01-02-06"} {
		if t, err := time.Parse(layout, text); err == nil {
			return t.Format(time.DateOnly)
		}
	}
	return ""
}
