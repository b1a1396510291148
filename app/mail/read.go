package mail

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"kompetansepilot/app/mail/ask"
	"kompetansepilot/app/mail/link"
	"kompetansepilot/app/mail/parse"
	"kompetansepilot/data"
	"kompetansepilot/data/post"
)

// Message reads a message for showing it.
func (d *Desk) Message(row post.Row) (*parse.Mail, error) {
	raw, err := d.Raw(row)
	if err != nil {
		return nil, err
	}
	return parse.Message(raw), nil
}

// Raw is a message as it came.
func (d *Desk) Raw(row post.Row) ([]byte, error) {
	store, err := d.Store()
	if err != nil {
		return nil, err
	}
	return store.Raw(row.ID)
}

// Explanation is what the program makes of a message.
type Explanation struct {
	Links     []link.Link    `json:"links"`
	Proposals []ask.Proposal `json:"proposals"`

	asked []ask.Proposal // all that it asks for, also what was decided on, and of sent mail
}

// Explain reads a message: where it belongs and why, and what it asks for. What
// the user has refused is left out.
func (d *Desk) Explain(row post.Row) (Explanation, error) {
	m, err := d.Message(row)
	switch {
	case strings.HasPrefix(data.Code(err), data.CodeNotFound):
		m = nil
	case err != nil:
		return Explanation{}, err
	}
	return d.ExplainMail(row, m)
}

// ExplainMail is Explain for a message that was read already; m is nil while only
// its header is here.
func (d *Desk) ExplainMail(row post.Row, m *parse.Mail) (Explanation, error) {
	store, err := d.Store()
	if err != nil {
		return Explanation{}, err
	}
	return d.explain(row, m, store.Findings)
}

// explain is ExplainMail; found gives what was found in an earlier message.
func (d *Desk) explain(row post.Row, m *parse.Mail, found func(message int64) ([]post.Finding, error)) (Explanation, error) {
	x := Explanation{Links: []link.Link{}, Proposals: []ask.Proposal{}}
	if m == nil {
		return x, nil
	}
	records, err := d.records()
	if err != nil {
		return x, err
	}
	own, err := d.own()
	if err != nil {
		return x, err
	}
	facts := factsOf(m, row.Sent, own)
	if facts.Earlier, err = d.earlier(m.References, found); err != nil {
		return x, err
	}
	x.Links = append(x.Links, link.Decide(facts, records)...)
	if x.Links, err = d.decided(row.Key, x.Links); err != nil {
		return x, err
	}
	if m.Automatic {
		return x, nil
	}
	x.asked = ask.Find(m.Subject, m.Own, row.Date)
	if !row.Sent {
		x.Proposals, err = d.open(row.Key, append(x.Proposals, x.asked...))
	}
	return x, err
}

// own are the addresses of the county's mailboxes.
func (d *Desk) own() (map[string]bool, error) {
	all, err := d.Accounts()
	own := map[string]bool{}
	for _, a := range all {
		own[a.Address] = true
	}
	return own, err
}

// decided puts what the user has said over what the rules say.
func (d *Desk) decided(key string, links []link.Link) ([]link.Link, error) {
	said, err := data.Live[data.MailLink](d.workspace, "message = ?", "id", key)
	if err != nil {
		return nil, err
	}
	for _, s := range said {
		links = slices.DeleteFunc(links, func(l link.Link) bool { return l.Record == s.Record })
		if s.State == data.MailLinkTaken {
			links = append([]link.Link{{About: s.About, Record: s.Record, Reason: link.ReasonTaken, Confidence: 1, Filed: true}}, links...)
		}
	}
	return links, nil
}

// open leaves out the proposals that were taken or refused.
func (d *Desk) open(key string, proposals []ask.Proposal) ([]ask.Proposal, error) {
	said, err := data.Live[data.MailDecision](d.workspace, "message = ?", "id", key)
	for _, s := range said {
		proposals = slices.DeleteFunc(proposals, func(p ask.Proposal) bool { return p.Key == s.Asked })
	}
	return proposals, err
}

// Kinds of findings beside those of package ask.
const (
	kindLink      = "link"
	kindAsks      = "asks"      // it waits for an answer
	kindAutomatic = "automatic" // nobody wrote it
	kindSettled   = "settled"   // the user says that it needs no answer
	kindCarries   = "carries"   // it carries another letter
)

// readBatch is how many messages are read before what was found in them is stored.
const readBatch = 200

// Read finds links and proposals of the messages that were not read yet, oldest
// first, so that an answer comes after what it answers; and again those whose links
// rest on what has changed in the register or in what people said.
func (d *Desk) Read(ctx context.Context) error {
	store, err := d.StoreIfHere()
	if err != nil || store == nil {
		return err
	}
	d.reading.Lock()
	defer d.reading.Unlock()
	if err := d.renew(store); err != nil {
		return err
	}
	var at post.Place
	read := 0 // since the beginning
	for ctx.Err() == nil {
		rows, last, err := store.Unread(at, readBatch)
		switch {
		case err != nil:
			return err
		case len(rows) == 0 && read == 0:
			return nil
		case len(rows) == 0: // older ones may have come meanwhile
			at, read = post.Place{}, 0
			continue
		}
		at = last
		n, err := d.readAll(store, rows)
		if err != nil {
			return err
		}
		read += n
	}
	return ctx.Err()
}

// readAll finds and stores what messages say, as one transaction, and then who is to
// answer in their threads. It gives how many could be read.
func (d *Desk) readAll(store *post.Store, rows []post.Row) (read int, err error) {
	own, err := d.own()
	if err != nil {
		return 0, err
	}
	all := map[int64][]post.Finding{}
	found := func(message int64) ([]post.Finding, error) {
		if f, ok := all[message]; ok {
			return f, nil
		}
		return store.Findings(message)
	}
	threads := map[int64]post.Owed{}
	for _, r := range rows {
		m, err := d.Message(r)
		if strings.HasPrefix(data.Code(err), data.CodeNotFound) { // deleted meanwhile
			continue
		}
		if err != nil {
			return 0, err
		}
		x, err := d.explain(r, m, found)
		if err != nil {
			return 0, err
		}
		if all[r.ID], err = findingsOf(&x); err != nil {
			return 0, err
		}
		turn, err := d.turn(r, m, x.asked)
		if err != nil {
			return 0, err
		}
		all[r.ID] = append(all[r.ID], turn...)
		threads[r.Thread] = post.Owed{}
	}
	if err := store.SetFindings(all); err != nil {
		return 0, err
	}
	for thread := range threads {
		turns, err := store.Turns(thread)
		if err != nil {
			return 0, err
		}
		who, since := ask.Owes(turnsOf(turns, own))
		threads[thread] = post.Owed{Who: who, Since: since}
	}
	return len(all), store.SetOwed(threads)
}

// turn is how a message counts for who is to answer. One that asks for something that
// was made a task still waits for its answer.
func (d *Desk) turn(row post.Row, m *parse.Mail, asked []ask.Proposal) ([]post.Finding, error) {
	var found []post.Finding
	for i := range m.Attachments {
		if m.Attachments[i].Type == "message/rfc822" {
			found = append(found, post.Finding{Kind: kindCarries})
			break
		}
	}
	if m.Automatic {
		return append(found, post.Finding{Kind: kindAutomatic}), nil
	}
	said, err := data.Live[data.MailDecision](d.workspace, "message = ? AND state = ?", "id", row.Key, data.MailLinkRefused)
	if err != nil {
		return nil, err
	}
	refused := map[string]bool{}
	for i := range said {
		refused[said[i].Asked] = true
	}
	if refused[askedAnswer] {
		found = append(found, post.Finding{Kind: kindSettled})
	}
	for _, p := range asked {
		if p.Asks() && !refused[p.Key] {
			return append(found, post.Finding{Kind: kindAsks}), nil
		}
	}
	return found, nil
}

func turnsOf(all []post.Turn, own map[string]bool) []ask.Turn {
	turns := make([]ask.Turn, len(all))
	for i := range all {
		t := &all[i]
		turns[i] = ask.Turn{Ours: t.Sent || own[t.From], Automatic: t.Kinds[kindAutomatic], Date: t.Date, Asks: t.Kinds[kindAsks], Settled: t.Kinds[kindSettled]}
	}
	return turns
}

// findingsOf is an explanation as the store keeps it: the links that are filed, and
// what is asked for.
func findingsOf(x *Explanation) ([]post.Finding, error) {
	var found []post.Finding
	for _, l := range x.Links {
		if !l.Filed {
			continue
		}
		content, err := json.Marshal(l)
		if err != nil {
			return nil, err
		}
		found = append(found, post.Finding{Kind: kindLink, Record: l.About + ":" + l.Record, Content: string(content)})
	}
	for _, p := range x.Proposals {
		f := post.Finding{Kind: p.Kind, Record: p.Key}
		if p.Kind == ask.Deadline {
			f.Due = p.Date
		}
		found = append(found, f)
	}
	return found, nil
}
