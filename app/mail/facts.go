package mail

import (
	"encoding/json"
	"strings"

	"kompetansepilot/app/mail/link"
	"kompetansepilot/app/mail/parse"
	"kompetansepilot/data"
	"kompetansepilot/data/post"
	"kompetansepilot/internal/lazyregexp"
)

// innerFrom is the sender of a letter that is sent on, as mail programs write it.
var innerFrom = lazyregexp.New(`(?im)^\W*(?:fra|frå|from):.{0,120}?([a-z0-9._%+-]+@[a-z0-9.-]+\.[a-z]{2,})`)

// factsOf is what the rules of package link read of a message; sent tells that it
// lies among the sent, own are the county's addresses.
func factsOf(m *parse.Mail, sent bool, own map[string]bool) link.Facts {
	f := link.Facts{Subject: m.Subject, Text: m.Own}
	with, others := m.From, append(append([]parse.Address{}, m.To...), m.Cc...)
	if sent {
		with, others = others, nil
	}
	outside := func(all []parse.Address) (addresses []string) {
		for _, a := range all {
			if address := strings.ToLower(a.Address); address != "" && !own[address] {
				addresses = append(addresses, address)
			}
		}
		return addresses
	}
	f.With, f.Others = outside(with), outside(others)
	for _, a := range m.Attachments {
		f.Files = append(f.Files, a.Name)
		if a.Type == "message/rfc822" {
			f.Inner = append(f.Inner, outside(parse.Message(a.Content()).From)...)
		}
	}
	for _, found := range innerFrom.FindAllStringSubmatch(m.Text, 5) {
		if address := strings.ToLower(found[1]); !own[address] {
			f.Inner = append(f.Inner, address)
		}
	}
	f.Doubt = doubt(m, sent, own)
	return f
}

// doubt tells why the sender of a message is perhaps not who it says, or "".
func doubt(m *parse.Mail, sent bool, own map[string]bool) string {
	switch {
	case m.Refused:
		return link.DoubtRefused
	case sent:
		return ""
	case len(m.From) != 1 || m.From[0].Address == "":
		return link.DoubtSenders
	case m.From[0].Claims != "":
		return link.DoubtClaims
	case own[strings.ToLower(m.From[0].Address)]:
		return link.DoubtOwn
	}
	return ""
}

// earlier are the messages that one refers to: those that are here, with where
// they are filed, and those that were written here, which may not have come back
// yet.
func (d *Desk) earlier(ids []string, found func(message int64) ([]post.Finding, error)) ([]link.Earlier, error) {
	store, err := d.Store()
	if err != nil {
		return nil, err
	}
	rows, err := store.ByMessageID(ids)
	if err != nil {
		return nil, err
	}
	var all []link.Earlier
	for _, r := range rows {
		links, err := found(r.ID)
		if err != nil {
			return nil, err
		}
		e := link.Earlier{With: append(strings.Fields(strings.ToLower(r.Receivers)), strings.ToLower(r.From.Address))}
		for _, f := range links {
			var l link.Link
			if f.Kind == kindLink && json.Unmarshal([]byte(f.Content), &l) == nil && l.Filed {
				e.Links = append(e.Links, l)
			}
		}
		if len(e.Links) > 0 {
			all = append(all, e)
		}
	}
	for _, id := range ids {
		// Numbers of letters that are written here hold 96 bits of chance, and only
		// those who got the letter know them.
		if !strings.HasPrefix(id, draftPrefix) {
			continue
		}
		drafts, err := data.Live[data.MailDraft](d.workspace, "message_id = ? AND record <> ''", "id", id)
		if err != nil {
			return nil, err
		}
		for i := range drafts {
			all = append(all, link.Earlier{Written: true, Links: []link.Link{{About: drafts[i].About, Record: drafts[i].Record}}})
		}
	}
	return all, nil
}
