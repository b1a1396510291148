package mail

import (
	"maps"
	"slices"
	"strings"

	"kompetansepilot/app/mail/link"
	"kompetansepilot/data"
	"kompetansepilot/data/post"
)

// readingRules is raised when messages are to be read again because the program reads
// them in another way.
const readingRules = "3"

// What the keys of the basis begin with.
const (
	basisRules   = "rules"
	basisAddress = "address:"
	basisDomain  = "domain:"
	basisLearned = "learned:"
	basisName    = "name:"
	basisNumber  = "number:"
	basisCase    = "case:"
	basisOwn     = "own:"
	basisSaid    = "said:"    // about a message, by its key
	basisWritten = "written:" // by Message-ID
)

// basis is all that the reading of messages rests on beside the messages.
func (d *Desk) basis() (map[string]string, error) {
	all := map[string]string{basisRules: readingRules}
	records, err := d.records()
	if err != nil {
		return nil, err
	}
	for head, keys := range map[string]map[string][]string{basisAddress: records.addresses, basisDomain: records.domains, basisLearned: records.learned, basisName: records.names} {
		for key, ids := range keys {
			all[head+key] = strings.Join(ids, " ")
		}
	}
	for head, keys := range map[string]map[string]string{basisNumber: records.numbers, basisCase: records.cases} {
		for key, id := range keys {
			all[head+key] = id
		}
	}
	own, err := d.own()
	if err != nil {
		return nil, err
	}
	for address := range own {
		all[basisOwn+address] = "own"
	}
	return all, d.said(all)
}

// said adds what people have said about messages, and what they wrote.
func (d *Desk) said(all map[string]string) error {
	links, err := data.Live[data.MailLink](d.workspace, "", "id")
	if err != nil {
		return err
	}
	for i := range links {
		all[basisSaid+links[i].Message] += links[i].Record + "=" + links[i].State + " "
	}
	decisions, err := data.Live[data.MailDecision](d.workspace, "", "id")
	if err != nil {
		return err
	}
	for i := range decisions {
		all[basisSaid+decisions[i].Message] += decisions[i].Asked + "=" + decisions[i].State + " "
	}
	drafts, err := data.Live[data.MailDraft](d.workspace, "record <> ''", "id")
	for i := range drafts {
		all[basisWritten+drafts[i].MessageID] = drafts[i].About + ":" + drafts[i].Record
	}
	return err
}

// mostPhrases is how many changes are looked up one by one; after more of them all
// messages are read again.
const mostPhrases = 3000

// renew finds the messages that must be read again because records or what people
// said have changed since they were read.
func (d *Desk) renew(store *post.Store) error {
	d.mu.Lock()
	stale := d.stale
	d.stale = false
	d.mu.Unlock()
	if !stale {
		return nil
	}
	err := d.renewed(store)
	if err != nil {
		d.mu.Lock()
		d.stale = true
		d.mu.Unlock()
	}
	return err
}

func (d *Desk) renewed(store *post.Store) error {
	now, err := d.basis()
	if err != nil {
		return err
	}
	before, err := store.Basis()
	if err != nil {
		return err
	}
	changed := map[string]string{}
	for key, value := range now {
		if before[key] != value {
			changed[key] = value
		}
	}
	for key := range before {
		if _, there := now[key]; !there {
			changed[key] = ""
		}
	}
	if len(changed) == 0 {
		return nil
	}
	_, err = store.Reread(changed, concerns(slices.Collect(maps.Keys(changed))))
	return err
}

// concerns are the messages that changes of the basis may matter to. They may be too
// many, and are never too few: what the rules look for stands in the message, or in a
// letter that it carries.
func concerns(changed []string) post.Concerns {
	var c post.Concerns
	for _, key := range changed {
		head, rest, _ := strings.Cut(key, ":")
		switch head + ":" {
		case basisRules + ":":
			c.All = true
		case basisSaid:
			c.Keys = append(c.Keys, rest)
		case basisWritten:
			c.Answers = append(c.Answers, rest)
		case basisNumber:
			c.Phrases = append(c.Phrases, rest)
			if len(rest) == 9 { // people write it in threes
				c.Phrases = append(c.Phrases, rest[:3]+" "+rest[3:6]+" "+rest[6:])
			}
		case basisAddress, basisDomain, basisLearned, basisOwn:
			c.Phrases, c.Findings = append(c.Phrases, rest), []string{kindCarries}
		default:
			c.Phrases = append(c.Phrases, rest)
		}
	}
	c.All = c.All || len(c.Phrases) > mostPhrases
	return c
}

// Learned is something that the user has taught the program, to be shown.
type Learned struct {
	ID           string // of the record
	Pattern      string
	Organisation string // id
	Name         string // of the organisation
}

// LearnedRules are the addresses and domains that the user has tied to an
// organisation, by pattern.
func (d *Desk) LearnedRules() ([]Learned, error) {
	all, err := data.Live[data.MailLearned](d.workspace, "", "pattern, id")
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(all))
	for i := range all {
		ids[i] = all[i].Organisation
	}
	names, err := d.workspace.Titles(link.Organisation, ids)
	if err != nil {
		return nil, err
	}
	out := make([]Learned, len(all))
	for i := range all {
		out[i] = Learned{all[i].ID, all[i].Pattern, all[i].Organisation, names[all[i].Organisation]}
	}
	return out, nil
}

// Unlearn forgets a rule, as one step named label. Mail that was filed by it is read
// again.
func (d *Desk) Unlearn(label, id string) error {
	return d.workspace.Update(label, func(tx *data.Tx) error {
		l, err := data.Get[data.MailLearned](tx, id)
		if err != nil {
			return err
		}
		return tx.Delete(&l)
	})
}
