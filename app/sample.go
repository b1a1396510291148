package app

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"time"

	"kompetansepilot/assets"
	"kompetansepilot/data"
)

// sampleCounty is assets/sample/innlandet.json; its README tells the form.
type sampleCounty struct {
	County       string              `json:"county"`
	Applications []sampleApplication `json:"applications"`
	Organisation []struct {
		data.Organisation
		Key              string   `json:"key"`
		Kind             string   `json:"kind"`
		IndustryStandard string   `json:"industryStandard"`
		Tags             []string `json:"tags"`
	} `json:"organisations"`
}

type sampleApplication struct {
	Key            string            `json:"key"`
	Call           string            `json:"call"`
	County         string            `json:"county"`
	Language       string            `json:"language"`
	OutsideCeiling bool              `json:"outsideCeiling"`
	Note           string            `json:"note"`
	Answers        map[string]string `json:"answers"`
	Goals          []data.Goal       `json:"goals"`
	Activities     []struct {
		Key string `json:"key"`
		data.Activity
	} `json:"activities"`
	Milestones []data.Milestone `json:"milestones"`
	Cost       []sampleRow      `json:"costRows"`
	Financing  []sampleRow      `json:"financingRows"`
	Partners   []data.Partner   `json:"partners"`
	Evidence   []struct {
		RowKey string `json:"row"`
		data.Evidence
	} `json:"evidence"`
	Attachments []struct {
		data.Attachment
		Text string `json:"text"`
	} `json:"attachments"`
}

type sampleRow struct {
	Key     string           `json:"key"`
	Amounts map[string]int64 `json:"amounts"`
	Hours   map[string]int64 `json:"hours"`
	data.BudgetRow
}

// sampleCreated is when the sample applications were begun: fixed, so that the
// sample's PDF is the same each time.
const sampleCreated = "2020-08-24T07:00:00Z"

// MakeSample fills a workspace with the sample county: Innlandet's public
// figures, with made-up businesses, providers and applications.
func MakeSample(p *Program) error {
	return makeSample(p, func(*samplePut) error { return nil })
}

// MakeWholeSample is MakeSample, and what the county has done with the
// businesses and providers up to today: persons, conversations, tasks,
// agreements, state aid, offerings and needs.
func MakeWholeSample(p *Program) error {
	register, err := readSampleRegister()
	if err != nil {
		return err
	}
	return makeSample(p, func(put *samplePut) error { return put.all(&register) })
}

func makeSample(p *Program, more func(*samplePut) error) error {
	raw, err := fs.ReadFile(assets.FS, "sample/innlandet.json")
	if err != nil {
		return fmt.Errorf("read sample: %w", err)
	}
	var sample sampleCounty
	if err := json.Unmarshal(raw, &sample); err != nil {
		return fmt.Errorf("read sample: %w", err)
	}
	if p.Setting(SettingCounty) == "" {
		if err := p.SetSettings("Valgte eksempelfylket", map[string]string{SettingCounty: sample.County, SettingName: sampleName(p)}); err != nil {
			return err
		}
	}
	return p.Workspace.Update("Laget eksempelfylket", func(tx *data.Tx) error {
		put := samplePut{tx: tx, now: time.Now(), organisations: map[string]*data.Organisation{}, applications: map[string]string{}, persons: map[string]string{}}
		// Records sort by id, so the last application of the file is made first.
		for i := len(sample.Applications) - 1; i >= 0; i-- {
			id, err := sample.Applications[i].put(tx)
			if err != nil {
				return err
			}
			put.applications[sample.Applications[i].Key] = id
		}
		for i := range sample.Organisation {
			o := &sample.Organisation[i]
			o.Organisation.OrganisationOf, o.IndustryStd, o.Organisation.Tags = o.Kind, o.IndustryStandard, strings.Join(o.Tags, ", ")
			if err := tx.Put(&o.Organisation); err != nil {
				return err
			}
			put.organisations[o.Key] = &o.Organisation
		}
		return more(&put)
	}, data.Fixed())
}

func sampleName(p *Program) string {
	if name := p.Setting(SettingName); name != "" {
		return name
	}
	return "Ingrid Bakkehaug"
}

func (a *sampleApplication) put(tx *data.Tx) (id string, err error) {
	d := data.Draft{
		Application: data.Application{Call: a.Call, County: a.County, Language: a.Language, Status: data.StatusDraft,
			Created: sampleCreated, OutsideCeiling: a.OutsideCeiling, Note: a.Note, Answers: a.Answers},
		Goals: a.Goals, Milestones: a.Milestones, Partners: a.Partners,
	}
	// Parts that refer to each other need their ids before they are saved.
	ids := map[string]string{}
	for i, activity := range a.Activities {
		activity.ID, activity.Position = data.NewID(), int64(i)
		ids[activity.Key] = activity.ID
		d.Activities = append(d.Activities, activity.Activity)
	}
	for i := range d.Milestones {
		d.Milestones[i].Position, d.Milestones[i].Activity = int64(i), ids[d.Milestones[i].Activity]
	}
	for i := range d.Goals {
		d.Goals[i].Position = int64(i)
	}
	for i := range d.Partners {
		d.Partners[i].Position = int64(i)
	}
	rows := func(from []sampleRow) []data.BudgetRow {
		var all []data.BudgetRow
		for i, r := range from {
			r.ID, r.Position, r.Cells = data.NewID(), int64(i), data.Values{}
			cells := r.Amounts
			if len(r.Hours) > 0 {
				r.Hourly, cells = true, r.Hours
			}
			for year, n := range cells {
				r.Cells[year] = strconv.FormatInt(n, 10)
			}
			ids["row "+r.Key] = r.ID
			all = append(all, r.BudgetRow)
		}
		return all
	}
	d.Cost, d.Financing = rows(a.Cost), rows(a.Financing)
	for i, file := range a.Attachments {
		sha, err := tx.PutBlob([]byte(file.Text))
		if err != nil {
			return "", err
		}
		file.ID, file.Position, file.SHA256, file.Size = data.NewID(), int64(i), sha, int64(len(file.Text))
		ids["file "+file.FileName] = file.ID
		d.Attachments = append(d.Attachments, file.Attachment)
	}
	for _, e := range a.Evidence {
		e.BudgetRow, e.Attachment = ids["row "+e.RowKey], ids["file "+e.Attachment]
		d.Evidence = append(d.Evidence, e.Evidence)
	}
	err = tx.SaveDraft(&d)
	return d.Application.ID, err
}
