package need

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strings"

	sheets "kompetansepilot/app/exchange/table"
	"kompetansepilot/app/lang"
	"kompetansepilot/data"
)

// Column is what a column of a survey holds.
type Column string

// Columns of a survey. Several columns may hold needs, own words and notes; of
// the others the first that says something counts.
const (
	ColumnOfNothing      Column = ""
	ColumnOfNeed         Column = "need"
	ColumnOfWords        Column = "words"
	ColumnOfBusiness     Column = "name"
	ColumnOfNumber       Column = "number"
	ColumnOfMunicipality Column = "municipality"
	ColumnOfIndustry     Column = "industry"
	ColumnOfEmployees    Column = "employees"
	ColumnOfPeople       Column = "people"
	ColumnOfLevel        Column = "level"
	ColumnOfForm         Column = "form"
	ColumnOfReach        Column = "reach"
	ColumnOfFrom         Column = "from"
	ColumnOfTo           Column = "to"
	ColumnOfCredits      Column = "credits"
	ColumnOfUrgency      Column = "urgency"
	ColumnOfNorm         Column = "norm"
	ColumnOfConsent      Column = "consent"
	ColumnOfShare        Column = "share"
	ColumnOfContact      Column = "contact"
	ColumnOfEmail        Column = "email"
	ColumnOfPhone        Column = "phone"
	ColumnOfDate         Column = "date"
	ColumnOfID           Column = "id"
	ColumnOfNote         Column = "note" // an answer that is kept as it is, with its question
)

// Columns are what a column may hold, in the order that a person meets them in.
func Columns() []Column {
	return []Column{ColumnOfNeed, ColumnOfWords, ColumnOfBusiness, ColumnOfNumber, ColumnOfMunicipality, ColumnOfIndustry, ColumnOfEmployees, ColumnOfPeople,
		ColumnOfLevel, ColumnOfForm, ColumnOfReach, ColumnOfFrom, ColumnOfTo, ColumnOfCredits, ColumnOfUrgency, ColumnOfNorm, ColumnOfConsent, ColumnOfShare,
		ColumnOfContact, ColumnOfEmail, ColumnOfPhone, ColumnOfDate, ColumnOfID, ColumnOfNote}
}

// many tells whether several columns may hold the same.
func (c Column) many() bool { return c == ColumnOfNeed || c == ColumnOfWords || c == ColumnOfNote }

// Word is what a column holds, in words.
func (c Column) Word(words *lang.Printer) string {
	if c == ColumnOfNothing {
		return words.T("survey.column.none")
	}
	return words.T("survey.column." + string(c))
}

// Survey is a file of answers, before anything of it is kept.
type Survey struct {
	Path string
	sheets.Info
	Header   []string
	Rows     []sheets.Row // under the header
	Matching []Column     // what each column holds
}

// Name is the file's name without its folder.
func (v *Survey) Name() string { return filepath.Base(v.Path) }

// maxRows is how many answers a survey may have.
const maxRows = 20_000

// OpenSurvey reads a file of answers, CSV or XLSX, and guesses what its columns
// hold. sheet is the one of a workbook, "" for the first with contents.
func (s *Service) OpenSurvey(path, sheet string) (*Survey, error) {
	r, err := sheets.Open(path, sheet)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return readSurvey(path, r)
}

func readSurvey(path string, r *sheets.Reader) (*Survey, error) {
	v := &Survey{Path: path, Info: r.Info}
	for {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if row.Empty() {
			continue
		}
		if v.Header == nil {
			v.Header = row.Cells
			continue
		}
		if len(v.Rows) == maxRows {
			return nil, data.NewError(CodeFile+".many", "Filen har flere svar enn programmet tar imot på en gang. Ingenting er lest inn. Del den i flere filer.", nil)
		}
		v.Rows = append(v.Rows, row)
	}
	if v.Header == nil {
		return nil, data.NewError(sheets.CodeTable+".empty", "Filen er tom. Ingenting er endret. Velg en annen fil.", nil)
	}
	if v.Matching = guessColumns(v.Header, v.Rows); len(v.Rows) == 0 {
		return nil, data.NewError(CodeFile+".answers", "Filen har overskrifter, men ingen svar. Ingenting er endret. Velg en annen fil.", nil)
	}
	return v, nil
}

// Enough tells whether the columns that are matched can make needs; the error is
// a sentence that says what is missing.
func (v *Survey) Enough() error {
	if !slices.Contains(v.Matching, ColumnOfNeed) && !slices.Contains(v.Matching, ColumnOfWords) {
		return data.NewError(CodeFile+".noNeed", "Velg hvilken kolonne som sier hva bedriften trenger. Ingenting er endret.", nil)
	}
	return nil
}

// heads are words that a question holds, for each kind of column, the surest
// first. They are matched with the question folded, in the order of the list.
var heads = []struct {
	column Column
	words  string
}{
	{ColumnOfID, "=id|=nr|=nummer|=svar-id|=respondent-id"},
	{ColumnOfNorm, "=norm|målform|skriftspråk"},
	{ColumnOfDate, "fullføringstidspunkt|fullføringstid|=completion time|tidsmerke|timestamp|=dato|=date|innsendt|svart dato|=interview"},
	{ColumnOfNothing, "starttidspunkt|start time|last modified|sist endret|tidspunkt for siste"},
	{ColumnOfNumber, "organisasjonsnummer|orgnr|org.nr|org nr|foretaksnummer|føretaksnummer"},
	{ColumnOfEmail, "e-post|epost|email|e-mail"},
	{ColumnOfPhone, "telefon|mobil|tlf|phone"},
	{ColumnOfContact, "kontaktperson|kontakt person|=kontakt|ditt navn|navnet ditt|namnet ditt|hvem svarer|kven svarar|=contact"},
	{ColumnOfShare, "anonym|deles med|delast med|dele behov|shareable|shared"},
	{ColumnOfConsent, "samtykke|ta vare på|ta kontakt igjen|kontakte dere|kontakte dykk|consent|may we contact"},
	{ColumnOfCredits, "studiepoeng|credits|vekttall"},
	{ColumnOfUrgency, "haster|hastar|hvor viktig|kor viktig|urgency|når trenger|når treng|how urgent"},
	{ColumnOfReach, "reise|reiseavstand|hvor langt|kor langt|max_travel|travel|km"},
	{ColumnOfFrom, "from_month|fra måned|frå månad|fra og med|tidligst|tidlegast"},
	{ColumnOfTo, "to_month|til måned|til månad|til og med|senest|seinast"},
	{ColumnOfLevel, "nivå|level|grad"},
	{ColumnOfPeople, "hvor mange trenger|kor mange treng|hvor mange personer|kor mange personar|hvor mange deltak|kor mange deltak|antall deltak|tal på deltak|antall person|=people|=antall|how many people|hvor mange vil|kor mange vil|hvor mange skal|kor mange skal"},
	{ColumnOfEmployees, "ansatte|tilsette|employees|årsverk"},
	{ColumnOfMunicipality, "kommune|municipality|=sted|=stad|hvor holder|kor held"},
	{ColumnOfIndustry, "næring|bransje|industry|business_industry"},
	{ColumnOfForm, "form_wanted|undervisningsform|hvordan passer|korleis passar|nett eller|kursform|=form|gjennomføring|gjennomførast|foretrekker dere|how would you"},
	{ColumnOfWords, "own_words|egne ord|eigne ord|utdyp|beskriv nærmere|own words"},
	{ColumnOfNeed, "=text|=behov|behov 1|behov 2|behov 3|kompetansebehov|hvilken kompetanse|kva kompetanse|trenger dere å lære|treng de å lære|hva trenger|kva treng|hvilke kurs trenger|kva kurs treng|mangler dere|manglar de|what do you need|skills|behov"},
	{ColumnOfBusiness, "bedrift|virksomhet|verksemd|firma|selskap|foretak|company|business|=navn|=namn|=name"},
}

// guessColumns matches columns with what they hold by what stands over them.
// What nothing claims is kept as a note, unless it is empty.
func guessColumns(header []string, rows []sheets.Row) []Column {
	columns := len(header)
	for i := range rows {
		columns = max(columns, len(rows[i].Cells))
	}
	matching := make([]Column, columns)
	given := map[Column]bool{}
	done := make([]bool, columns)
	for _, exact := range []bool{true, false} {
		for _, h := range heads {
			for word := range strings.SplitSeq(h.words, "|") {
				whole, isWhole := strings.CutPrefix(word, "=")
				if isWhole != exact {
					continue
				}
				for i, name := range header {
					key := plain(name)
					hit := isWhole && key == plain(whole) || !isWhole && strings.Contains(key, plain(word))
					if done[i] || !hit || given[h.column] && !h.column.many() && h.column != ColumnOfNothing {
						continue
					}
					matching[i], given[h.column], done[i] = h.column, true, true
				}
			}
		}
	}
	for i := range matching {
		if !done[i] && i < len(header) && strings.TrimSpace(header[i]) != "" {
			matching[i] = ColumnOfNote
		}
	}
	return matching
}

// plain is a text in small letters with æ, ø and å as files without them have
// them, and one space between words.
func plain(s string) string {
	return strings.Join(strings.Fields(strings.NewReplacer("\u00a0", " ", "_", " ").Replace(lang.Fold(s))), " ")
}

// Taking is how a survey is taken in.
type Taking struct {
	// Make makes the businesses that the register does not have.
	Make bool
}

// Response is a row of a survey as it will be kept.
type Response struct {
	Row       int // where a person finds it
	Interview data.Interview
	Needs     []data.Need
	Name      string // of the business, as it was written
	Match     string // id of the business in the register, "" for none
	MatchName string
	New       bool // the business will be made
	Contact   string
	Email     string
	Phone     string
	Number    string
	Notices   []Notice
	Skipped   bool // it has no need
	Known     bool // it was taken in before
}

// SurveyPlan is what taking a survey in will do.
type SurveyPlan struct {
	File      *Survey
	Responses []Response
}

// Count tells how many needs, businesses that are known and new, and rows that
// are passed over there are.
func (p *SurveyPlan) Count() (needs, known, fresh, skipped int) {
	seen := map[string]bool{}
	for i := range p.Responses {
		r := &p.Responses[i]
		switch {
		case r.Skipped, r.Known:
			skipped++
			continue
		case r.Match != "" && !seen[r.Match]:
			known++
			seen[r.Match] = true
		case r.New && !seen[plain(r.Name)]:
			fresh++
			seen[plain(r.Name)] = true
		}
		needs += len(r.Needs)
	}
	return needs, known, fresh, skipped
}

// PlanSurvey reads all the answers of a survey and finds their businesses.
// Nothing is kept.
func (s *Service) PlanSurvey(ctx context.Context, v *Survey, t Taking) (*SurveyPlan, error) {
	if err := v.Enough(); err != nil {
		return nil, err
	}
	register, err := s.businesses()
	if err != nil {
		return nil, err
	}
	before, err := s.taken()
	if err != nil {
		return nil, err
	}
	p := &SurveyPlan{File: v}
	for i := range v.Rows {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		r := s.response(v, &v.Rows[i])
		if o, ok := register.find(&r); ok {
			r.Match, r.MatchName = o.ID, o.Name
		} else {
			r.New = t.Make && r.Name != "" && !r.Skipped
		}
		r.Known = !r.Skipped && before[r.key()]
		p.Responses = append(p.Responses, r)
	}
	return p, nil
}

// key tells a response from others, so that a file taken in twice does not make
// its needs twice.
func (r *Response) key() string {
	texts := []string{r.Interview.Date, plain(r.Name)}
	for i := range r.Needs {
		texts = append(texts, r.Needs[i].Text, r.Needs[i].OwnWords)
	}
	return strings.Join(texts, "\x00")
}

// sourceOf is what an interview remembers of where it came from: the file, and
// what tells the response from others.
func (r *Response) sourceOf(v *Survey) string { return v.Name() + "\n" + r.key() }

// taken are the keys of the responses that were taken in before.
func (s *Service) taken() (map[string]bool, error) {
	all, err := data.Live[data.Interview](s.store, "source <> ''", "")
	if err != nil {
		return nil, err
	}
	keys := make(map[string]bool, len(all))
	for i := range all {
		_, key, _ := strings.Cut(all[i].Source, "\n")
		keys[key] = true
	}
	return keys, nil
}

// directory finds businesses by their numbers and names.
type directory struct {
	byNumber map[string]*data.Organisation
	byName   map[string][]*data.Organisation
}

func (s *Service) businesses() (*directory, error) {
	all, err := data.Live[data.Organisation](s.store, "kind = ?", "id", data.OrganisationBusiness)
	if err != nil {
		return nil, err
	}
	d := &directory{map[string]*data.Organisation{}, map[string][]*data.Organisation{}}
	for i := range all {
		o := &all[i]
		if o.OrgNumber != "" {
			d.byNumber[o.OrgNumber] = o
		}
		d.byName[bareName(o.Name)] = append(d.byName[bareName(o.Name)], o)
	}
	return d, nil
}

// bareName is a name without its legal form, as people write it.
func bareName(name string) string {
	words := strings.Fields(plain(strings.NewReplacer(".", "", "/", "", ",", " ").Replace(name)))
	for len(words) > 1 && slices.Contains([]string{"as", "asa", "ans", "da", "sa", "enk", "ba", "kf", "iks"}, words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	return strings.Join(words, " ")
}

// find is the business of a response: by its number, or the only one of its name
// that may lie in its municipality.
func (d *directory) find(r *Response) (*data.Organisation, bool) {
	if o := d.byNumber[r.Number]; o != nil && r.Number != "" {
		return o, true
	}
	if r.Name == "" {
		return nil, false
	}
	place := ""
	if len(r.Needs) > 0 {
		place = r.Needs[0].Municipality
	}
	var found *data.Organisation
	for _, o := range d.byName[bareName(r.Name)] {
		if place != "" && o.Municipality != "" && o.Municipality != place {
			continue
		}
		if found != nil {
			return nil, false // two of them: a person has to choose
		}
		found = o
	}
	return found, found != nil
}

// TakeSurvey keeps what a plan says as one step named label: businesses that are
// new, an interview for each response, its needs and its activity.
func (s *Service) TakeSurvey(ctx context.Context, label string, p *SurveyPlan, words *lang.Printer) (needs int, err error) {
	err = s.store.Update(label, func(tx *data.Tx) error {
		needs = 0
		made := map[string]string{}
		for k := range p.Responses {
			if err := ctx.Err(); err != nil {
				return err
			}
			r := &p.Responses[k]
			if r.Skipped || r.Known {
				continue
			}
			n, err := take(tx, p.File, r, made, words)
			if err != nil {
				return err
			}
			needs += n
		}
		return nil
	})
	return needs, err
}

func take(tx *data.Tx, v *Survey, r *Response, made map[string]string, words *lang.Printer) (int, error) {
	id := r.Match
	if r.New {
		key := bareName(r.Name) + "\x00" + r.Needs[0].Municipality
		if id = made[key]; id == "" {
			o := data.Organisation{OrganisationOf: data.OrganisationBusiness, Name: r.Name, OrgNumber: r.Number, Municipality: r.Needs[0].Municipality,
				Contact: r.Contact, Email: r.Email, Phone: r.Phone, Norm: r.Needs[0].Norm, Source: v.Name(), SourceTime: tx.Now()}
			if err := tx.Put(&o); err != nil {
				return 0, err
			}
			id = o.ID
			made[key] = id
		}
	}
	i := r.Interview
	i.Organisation, i.Source = id, r.sourceOf(v)
	if err := tx.Put(&i); err != nil {
		return 0, err
	}
	var o data.Organisation
	if id != "" {
		var err error
		if o, err = data.Get[data.Organisation](tx, id); err != nil {
			return 0, err
		}
	}
	var texts []string
	for k := range r.Needs {
		n := r.Needs[k]
		n.Organisation, n.Conversation, n.Created = id, i.ID, tx.Now()
		about(&n, &o)
		if err := tx.Put(&n); err != nil {
			return 0, err
		}
		texts = append(texts, n.Text)
	}
	if id == "" {
		return len(texts), nil
	}
	if err := activity(tx, &i, texts, words); err != nil {
		return 0, err
	}
	if err := tx.Put(&i); err != nil {
		return 0, err
	}
	return len(texts), mapped(tx, &o)
}
