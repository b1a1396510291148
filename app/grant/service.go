package grant

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// Service is what one can do with the applications of a workspace.
type Service struct {
	w      *data.Workspace
	calls  *Calls
	places *reference.Tables
	// unsupported gives the characters that the PDF can't show.
	unsupported func(string) []string
	figures     Figures
}

// NewService makes the service of a workspace. figures may be nil.
func NewService(w *data.Workspace, calls *Calls, places *reference.Tables, unsupported func(string) []string, figures Figures) *Service {
	return &Service{w: w, calls: calls, places: places, unsupported: unsupported, figures: figures}
}

// Calls are the calls that applications can be made for.
func (s *Service) Calls() *Calls { return s.calls }

// Summary is an application in a list.
type Summary struct {
	ID     string `json:"id"`
	Title  string `json:"title"`
	County string `json:"county"` // name
	Call   string `json:"call"`
	Status string `json:"status"`

	Language string    `json:"-"`
	Changed  time.Time `json:"-"`
	Grant    int64     `json:"-"`
}

// Applications are the live applications, the one changed last first.
func (s *Service) Applications() ([]Summary, error) {
	apps, err := data.Live[data.Application](s.w, "", "created DESC, id DESC")
	if err != nil {
		return nil, err
	}
	all := make([]Summary, len(apps))
	for i, a := range apps {
		all[i] = Summary{ID: a.ID, Title: a.Title(), County: s.CountyName(a.County, "nb"), Call: a.Call, Status: a.Status, Language: a.Language}
		if d, err := data.LoadDraft(s.w, a.ID); err == nil {
			if call, err := s.calls.Get(a.Call); err == nil {
				all[i].Grant = ComputeBudget(call, &d, nil, "nb").Grant
			}
		}
	}
	return all, nil
}

// CountyName is the name of a county in a language, or the number itself.
func (s *Service) CountyName(number, language string) string {
	c, ok := s.places.County(number)
	switch {
	case !ok:
		return number
	case language == "nn" && c.NameNN != "":
		return c.NameNN
	}
	return c.Name
}

// Resolve finds an application by id, by the beginning of its id, or by its
// title.
func (s *Service) Resolve(name string) (string, error) {
	apps, err := data.Live[data.Application](s.w, "", "id")
	if err != nil {
		return "", err
	}
	var hits []string
	for _, a := range apps {
		if a.ID == name {
			return a.ID, nil
		}
		if name != "" && (strings.HasPrefix(a.ID, name) || strings.EqualFold(a.Title(), name)) {
			hits = append(hits, a.ID)
		}
	}
	switch len(hits) {
	case 0:
		return "", data.NewError(data.CodeNotFound+".application", "Fant ingen søknad som heter eller har nummer «{{.ID}}».", nil, "ID", name)
	case 1:
		return hits[0], nil
	}
	return "", data.NewError(data.CodeAmbiguous, "Flere søknader passer med «{{.ID}}». Skriv hele nummeret.", nil, "ID", name)
}

// Load reads an application and its call.
func (s *Service) Load(id string) (data.Draft, *Call, error) {
	d, err := data.LoadDraft(s.w, id)
	if err != nil {
		return data.Draft{}, nil, err
	}
	call, err := s.calls.Get(d.Application.Call)
	return d, call, err
}

// LoadAt is Load, and tells the newest transaction that the draft holds.
func (s *Service) LoadAt(id string) (data.Draft, *Call, int64, error) {
	d, transaction, err := data.LoadDraftAt(s.w, id)
	if err != nil {
		return data.Draft{}, nil, 0, err
	}
	call, err := s.calls.Get(d.Application.Call)
	return d, call, transaction, err
}

// Others are the county's other live applications to the same call.
func (s *Service) Others(d *data.Draft, call *Call) ([]Commitment, error) {
	apps, err := data.Live[data.Application](s.w, "county = ? AND call = ? AND id <> ? AND outside_ceiling = 0", "id",
		d.Application.County, d.Application.Call, d.Application.ID)
	if err != nil {
		return nil, err
	}
	var all []Commitment
	for _, a := range apps {
		other, err := data.LoadDraft(s.w, a.ID)
		if err != nil {
			return nil, err
		}
		all = append(all, commitmentOf(call, &other))
	}
	return all, nil
}

// Businesses counts the register's businesses by municipality.
func (s *Service) Businesses() (map[string]int, error) { return businessesByMunicipality(s.w) }

func businessesByMunicipality(w *data.Workspace) (map[string]int, error) {
	return data.CountBy(w, "organisation", "municipality", "kind = ? AND municipality <> ''", data.OrganisationBusiness)
}

// Check runs the call's rules over an application. submission is the date it
// is handed in, or "" while drafting.
func (s *Service) Check(id string, words *lang.Printer, submission string) (Report, error) {
	d, call, err := s.Load(id)
	if err != nil {
		return Report{}, err
	}
	return s.CheckDraft(&d, call, words, submission)
}

// CheckDraft runs the call's rules over a draft.
func (s *Service) CheckDraft(d *data.Draft, call *Call, words *lang.Printer, submission string) (Report, error) {
	others, err := s.Others(d, call)
	if err != nil {
		return Report{}, err
	}
	businesses, err := s.Businesses()
	if err != nil {
		return Report{}, err
	}
	agreements, err := agreementsByApplication(s.w)
	if err != nil {
		return Report{}, err
	}
	figures, err := s.changedFigures(d)
	if err != nil {
		return Report{}, err
	}
	return Check(Input{Call: call, Draft: d, Others: others, Places: s.places, Businesses: businesses, Agreements: agreements[d.Application.ID],
		Figures: figures, Words: words, SubmissionDate: submission, Unsupported: s.unsupported}), nil
}

// Budget adds up the plans of an application.
func (s *Service) Budget(id, language string) (Budget, error) {
	d, call, err := s.Load(id)
	if err != nil {
		return Budget{}, err
	}
	others, err := s.Others(&d, call)
	if err != nil {
		return Budget{}, err
	}
	return ComputeBudget(call, &d, others, language), nil
}

// Target looks an application's municipalities up.
func (s *Service) Target(d *data.Draft, call *Call) (Target, error) {
	businesses, err := s.Businesses()
	if err != nil {
		return Target{}, err
	}
	return ComputeTarget(call, s.places, d.Application.Answers["municipalities"], businesses), nil
}

// Create makes an empty application with the call's standard budget rows.
func (s *Service) Create(label, callID, county, language, title string) (string, error) {
	call, err := s.calls.Get(callID)
	if err != nil {
		return "", err
	}
	d := s.empty(call, county, language, title)
	err = s.w.Update(label, func(tx *data.Tx) error {
		d.Application.Created = tx.Now()
		return tx.SaveDraft(&d)
	})
	return d.Application.ID, err
}

// empty is a new application with the call's standard budget rows, not stored yet.
func (s *Service) empty(call *Call, county, language, title string) data.Draft {
	d := data.Draft{Application: data.Application{Call: call.ID, County: county, Language: language, Status: data.StatusDraft,
		Answers: data.Values{}}}
	if title != "" {
		d.Application.Answers["title"] = title
	}
	if c, ok := s.places.County(county); ok && call.Field("projectOwner") != nil {
		d.Application.Answers["projectOwner"] = Organisation{Name: c.Body, OrgNumber: c.OrgNumber}.String()
	}
	for i, t := range call.Funding.CostTypes {
		d.Cost = append(d.Cost, data.BudgetRow{Position: int64(i), Type: t.ID, Hourly: t.ID == OwnEffort})
	}
	for i, t := range call.Funding.Sources {
		d.Financing = append(d.Financing, data.BudgetRow{Position: int64(i), Type: t.ID})
	}
	return d
}

// Delete moves an application to the trash.
func (s *Service) Delete(label, id string) error {
	return s.w.Update(label, func(tx *data.Tx) error { return tx.Delete(&data.Application{Row: data.Row{ID: id}}) })
}

// typingWindow is how long a pause in typing may be before a new step to undo
// begins.
const typingWindow = 20 * time.Second

// SaveAnswer stores a field while it is typed. Saves that follow each other are
// one step to undo.
func (s *Service) SaveAnswer(label, id, field, text string, opts ...data.Option) error {
	return s.w.Update(label, func(tx *data.Tx) error {
		return tx.SetValue(&data.Application{Row: data.Row{ID: id}}, field, text)
	}, append(opts, data.Merge(id+"/"+field, typingWindow))...)
}

// SaveRow is Save for a text that is typed in a row; key names the row and its
// part. Saves that follow each other are one step to undo.
func (s *Service) SaveRow(label, id, key string, fn func(*data.Draft) error, opts ...data.Option) error {
	return s.Save(label, id, fn, append(opts, data.Merge(id+"/"+key, typingWindow))...)
}

// Save runs fn on the stored draft and writes what it changed, as one step.
func (s *Service) Save(label, id string, fn func(*data.Draft) error, opts ...data.Option) error {
	return s.w.Update(label, func(tx *data.Tx) error {
		d, err := data.LoadDraft(tx, id)
		if err != nil {
			return err
		}
		if err := fn(&d); err != nil {
			return err
		}
		return tx.SaveDraft(&d)
	}, opts...)
}

// Attach keeps a file in the workspace and lists it as an attachment.
func (s *Service) Attach(label, id string, a data.Attachment, content []byte) (string, error) {
	if err := attachable(a.FileName, content); err != nil {
		return "", err
	}
	a.FileName = FileName(a.FileName)
	err := s.w.Update(label, func(tx *data.Tx) error {
		sha, err := tx.PutBlob(content)
		if err != nil {
			return err
		}
		d, err := data.LoadDraft(tx, id)
		if err != nil {
			return err
		}
		a.Application, a.SHA256, a.Size, a.Position = id, sha, int64(len(content)), int64(len(d.Attachments))
		return tx.Put(&a)
	})
	return a.ID, err
}

// ReplaceFile gives an attachment a newer file. Its place, its description and
// what points to it stay, and so does its title unless that was the old file's
// name.
func (s *Service) ReplaceFile(label, id, name string, content []byte) error {
	if err := attachable(name, content); err != nil {
		return err
	}
	return s.w.Update(label, func(tx *data.Tx) error {
		a, err := data.Get[data.Attachment](tx, id)
		if err != nil {
			return err
		}
		if a.SHA256, err = tx.PutBlob(content); err != nil {
			return err
		}
		if a.Title == stem(a.FileName) {
			a.Title = stem(name)
		}
		a.FileName, a.MediaType, a.Size = name, MediaType(name), int64(len(content))
		return tx.Put(&a)
	})
}

// stem is a file's name without its ending.
func stem(name string) string { return strings.TrimSuffix(name, filepath.Ext(name)) }

// MaxAttachmentSize is the largest file that is kept, in bytes.
const MaxAttachmentSize = 100 << 20

// CopyFields copies the chosen fields of one application into another. A field
// that has content already is left alone; their ids come back.
func (s *Service) CopyFields(label, from, to string, fields []string) (skipped []string, err error) {
	source, call, err := s.Load(from)
	if err != nil {
		return nil, err
	}
	err = s.Save(label, to, func(d *data.Draft) error {
		for _, id := range fields {
			f := call.Field(id)
			if f == nil || !Filled(&source, f) {
				continue
			}
			if Filled(d, f) {
				skipped = append(skipped, id)
				continue
			}
			copyField(d, &source, f)
		}
		return nil
	})
	return skipped, err
}

func copyField(to, from *data.Draft, f *Field) {
	switch f.Type {
	case TypeList:
		for _, g := range from.Goals {
			if g.Field == f.ID {
				g.Row, g.Done, g.Outcome = data.Row{}, "", ""
				to.Goals = append(to.Goals, g)
			}
		}
	case TypePartners:
		for _, p := range from.Partners {
			p.Row = data.Row{}
			to.Partners = append(to.Partners, p)
		}
	case TypeActivities:
		for _, a := range from.Activities {
			a.Row = data.Row{}
			to.Activities = append(to.Activities, a)
		}
	case TypeMilestones:
		for _, m := range from.Milestones {
			m.Row, m.Activity, m.Done = data.Row{}, "", ""
			to.Milestones = append(to.Milestones, m)
		}
	case TypeYearTable:
		copied := func(rows []data.BudgetRow) []data.BudgetRow {
			rows = slices.Clone(rows)
			for i := range rows {
				rows[i].Row = data.Row{}
			}
			return rows
		}
		// The rows of an empty plan are the call's standard ones; the copy replaces them.
		*plan(to, f) = copied(*plan(from, f))
	case TypeFile, TypeFiles:
		for _, a := range from.Attachments {
			if a.Field == f.ID {
				a.Row = data.Row{}
				to.Attachments = append(to.Attachments, a)
			}
		}
	default:
		if to.Application.Answers == nil {
			to.Application.Answers = data.Values{}
		}
		to.Application.Answers[f.ID] = from.Application.Answers[f.ID]
	}
}

// SaveVersion keeps the application as it is now under a name.
func (s *Service) SaveVersion(label, id, name string) (string, error) {
	v := data.Version{Name: name}
	err := s.w.Update(label, func(tx *data.Tx) error {
		d, err := data.LoadDraft(tx, id)
		if err != nil {
			return err
		}
		return keep(tx, &d, &v)
	})
	return v.ID, err
}

// Versions of an application, newest first.
func (s *Service) Versions(id string) ([]data.Version, error) {
	return data.Live[data.Version](s.w, "application = ?", "created DESC, id DESC", id)
}

// Version reads one version.
func (s *Service) Version(id string) (data.Version, error) { return data.Get[data.Version](s.w, id) }

// RestoreVersion makes the application as the version was. What stood there is
// kept as a version of its own, named by before.
func (s *Service) RestoreVersion(label, before, version string) error {
	v, err := s.Version(version)
	if err != nil {
		return err
	}
	then, err := v.Draft()
	if err != nil {
		return err
	}
	return s.w.Update(label, func(tx *data.Tx) error {
		now, err := data.LoadDraft(tx, v.Application)
		if err != nil {
			return err
		}
		if err := keep(tx, &now, &data.Version{Name: before}); err != nil {
			return err
		}
		// Where the application stands with the fund manager is not part of its text.
		then.Application.Status, then.Application.Submitted, then.Application.CaseNumber = now.Application.Status, now.Application.Submitted, now.Application.CaseNumber
		then.Application.Deleted = now.Application.Deleted
		return tx.SaveDraft(&then)
	})
}

// ErrStops is in the error of Submit when findings stop the application.
var ErrStops = errors.New("findings stop the application")

// Submit notes that the application was handed in: it freezes the content as a
// version for good, with the date (YYYY-MM-DD) and the portal's case number.
// It can't be undone.
func (s *Service) Submit(label, id, date, caseNumber string, words *lang.Printer) (data.Version, Report, error) {
	if validDate(date) == "" {
		return data.Version{}, Report{}, data.NewError("badDate", "«{{.Text}}» er ikke en dato. Skriv den som 2020-09-28. Ingenting er endret.", nil, "Text", date)
	}
	caseNumber = strings.TrimSpace(caseNumber)
	if caseNumber == "" {
		return data.Version{}, Report{}, data.NewError("noCaseNumber", "Saksnummeret fra portalen mangler. Ingenting er endret.", nil)
	}
	report, err := s.Check(id, words, date)
	if err != nil {
		return data.Version{}, report, err
	}
	if !report.CanSubmit {
		return data.Version{}, report, data.NewError("stops", "Søknaden har funn som stopper innsending. Rett dem først; ingenting er endret.", ErrStops)
	}
	v := data.Version{Name: label + " " + words.DateShort(date), Frozen: true, Submitted: date, CaseNumber: caseNumber}
	err = s.w.Update(label, func(tx *data.Tx) error {
		d, err := data.LoadDraft(tx, id)
		if err != nil {
			return err
		}
		d.Application.Status, d.Application.Submitted, d.Application.CaseNumber = data.StatusSubmitted, date, caseNumber
		if err := tx.Put(&d.Application); err != nil {
			return err
		}
		return keep(tx, &d, &v)
	}, data.Fixed())
	return v, report, err
}

// keep stores a version with the logo of now, so that its document stays the same.
func keep(tx *data.Tx, d *data.Draft, v *data.Version) error {
	kept := *d
	var err error
	if kept.Logo, err = data.CurrentLogo(tx); err != nil {
		return err
	}
	return tx.SaveVersion(&kept, v)
}
