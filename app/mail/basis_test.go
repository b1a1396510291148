package mail_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"kompetansepilot/app/mail"
	"kompetansepilot/app/mail/ask"
	"kompetansepilot/app/mail/link"
	"kompetansepilot/app/mail/mailtest"
	"kompetansepilot/app/mail/parse"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
	"kompetansepilot/data/post"
)

// box is a desk whose mail comes from the test, without a server.
type box struct {
	*mail.Desk
	t      *testing.T
	w      *data.Workspace
	store  *post.Store
	folder post.Folder
	n      int
}

func newBox(t *testing.T) *box {
	t.Helper()
	b := &box{t: t, w: workspace(t)}
	b.Desk = mail.NewDesk(b.w, reference.Load())
	t.Cleanup(func() { _ = b.Close() })
	account := data.MailAccount{Address: mailtest.User, Host: "mail.fylke.example"}
	b.put(&account)
	var err error
	if b.store, err = b.Store(); err != nil {
		t.Fatal(err)
	}
	if b.folder, err = b.store.FolderOf(account.ID, "INBOX", "inbox"); err != nil {
		t.Fatal(err)
	}
	return b
}

func (b *box) put(all ...data.Record) {
	b.t.Helper()
	if err := b.w.Update("Laget", func(tx *data.Tx) error {
		for _, r := range all {
			if err := tx.Put(r); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		b.t.Fatal(err)
	}
}

// come lets a message come; sent is one of ours. day counts from 2 March 2026.
func (b *box) come(day int, id, from, subject, text string, sent bool, extra ...string) {
	b.t.Helper()
	b.n++
	raw := message(id, from, subject, text, extra...)
	date := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC).AddDate(0, 0, day)
	raw = []byte(strings.Replace(string(raw), "Mon, 2 Mar 2026 09:00:00 +0100", date.Format(time.RFC1123Z), 1))
	if err := b.store.Add(b.folder, []post.Arrived{{UID: uint32(b.n), Raw: raw, Key: post.Key(raw), Internal: date, Index: parse.Index(raw), Sent: sent}}); err != nil {
		b.t.Fatal(err)
	}
}

func (b *box) read() {
	b.t.Helper()
	if err := b.Read(context.Background()); err != nil {
		b.t.Fatal(err)
	}
}

func (b *box) find(text string) post.Row {
	b.t.Helper()
	rows, err := b.store.List(post.Query{Text: text}, 0, 10)
	if err != nil || len(rows) != 1 {
		b.t.Fatalf("%s: %d rows, %v", text, len(rows), err)
	}
	return rows[0]
}

// TestRegisterChangesOldLinks gives a business an address after its mail has come, and
// takes it away again.
func TestRegisterChangesOldLinks(t *testing.T) {
	b := newBox(t)
	b.come(0, "a@berg", "Kari <kari@bergsag.example>", "Tørking", "Hei, vi vil være med.", false)
	b.come(1, "b@berg", "Ola <ola@gmail.com>", "Sv: Tørking", "Eg òg.", false, "In-Reply-To: <a@berg>\n")
	b.come(1, "c@x", "Per <per@annen.example>", "Noe annet", "Hei", false)
	b.read()
	if r := b.find("være"); r.Link != "" {
		t.Fatal("linked to", r.Link)
	}
	berg := data.Organisation{OrganisationOf: data.OrganisationBusiness, Name: "Berg Sag AS", Email: "kari@bergsag.example"}
	b.put(&berg)
	b.read()
	if r := b.find("være"); r.Link != "organisation:"+berg.ID {
		t.Errorf("linked to %q", r.Link)
	}
	if r := b.find("annet"); r.Link != "" {
		t.Error("another's mail is linked too")
	}
	if _, err := b.w.Undo(); err != nil {
		t.Fatal(err)
	}
	b.read()
	if r := b.find("være"); r.Link != "" {
		t.Errorf("still linked to %q", r.Link)
	}
}

// TestUndoneLinkIsReadAgain files a message by hand: its answer follows, and the list
// shows it until it is undone.
func TestUndoneLinkIsReadAgain(t *testing.T) {
	b := newBox(t)
	berg := data.Organisation{OrganisationOf: data.OrganisationBusiness, Name: "Berg Sag AS"}
	b.put(&berg)
	b.come(0, "a@berg", "Kari <kari@gmail.com>", "Tørking", "Hei, vi vil være med.", false)
	b.come(1, "b@berg", "Kari <kari@gmail.com>", "Sv: Tørking", "Gjerne torsdag.", false, "In-Reply-To: <a@berg>\n")
	b.read()
	if err := b.Link("Koblet", b.find("være"), link.Organisation, berg.ID, true, false); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"være", "torsdag"} {
		if r := b.find(text); r.Link != "organisation:"+berg.ID {
			t.Errorf("%s: %q", text, r.Link)
		}
	}
	if _, err := b.w.Undo(); err != nil {
		t.Fatal(err)
	}
	b.read()
	for _, text := range []string{"være", "torsdag"} {
		if r := b.find(text); r.Link != "" {
			t.Errorf("%s: still %q", text, r.Link)
		}
	}
	if err := b.Link("Koblet", b.find("være"), link.Organisation, berg.ID, true, true); err != nil {
		t.Fatal(err)
	}
	rules, err := b.LearnedRules()
	if err != nil || len(rules) != 1 || rules[0].Pattern != "kari@gmail.com" || rules[0].Name != "Berg Sag AS" {
		t.Fatal(rules, err)
	}
	if err := b.Unlearn("Glemt", rules[0].ID); err != nil {
		t.Fatal(err)
	}
	if rules, err := b.LearnedRules(); err != nil || len(rules) != 0 {
		t.Error(rules, err)
	}
}

// TestOwed tells who is to answer, through answers, machines, what the user says, and
// undo.
func TestOwed(t *testing.T) {
	b := newBox(t)
	day := func(n int) time.Time { return time.Date(2026, 3, 2+n, 9, 0, 0, 0, time.UTC) }
	owed := func(subject, who string, since int) {
		t.Helper()
		rows, err := b.store.List(post.Query{Text: "emne:" + subject, Threads: true}, 0, 10)
		if err != nil || len(rows) != 1 {
			t.Fatal(len(rows), err)
		}
		if o := rows[0].Owed; o.Who != who || who != "" && !o.Since.Equal(day(since)) {
			t.Errorf("%s: %q since %s", subject, o.Who, o.Since)
		}
	}
	b.come(0, "a@berg", "Kari <kari@bergsag.example>", "Tørking", "Når begynner kurset?", false)
	b.come(2, "b@berg", "Kari <kari@bergsag.example>", "Sv: Tørking", "Jeg glemte å si at vi er fire.", false, "In-Reply-To: <a@berg>\n")
	b.come(0, "c@vi", mailtest.User, "Tilbod", "Hei, kan de sende pris og dato?", true)
	b.come(1, "d@auto", "Tilbyder <post@tilbyder.example>", "Automatisk svar: Tilbod", "Jeg er på ferie.", false, "In-Reply-To: <c@vi>\nAuto-Submitted: auto-replied\n")
	b.come(0, "e@nytt", "Nytt <post@nytt.example>", "Nyhetsbrev", "Vil du lese mer?", false, "List-Id: <nytt.example>\n")
	b.read()
	owed("Tørking", ask.Us, 0)
	owed("Tilbod", ask.Them, 0)
	owed("Nyhetsbrev", ask.Nobody, 0)
	for who, n := range map[string]int{ask.Us: 1, ask.Them: 1} {
		if got, err := b.store.Count(post.Query{Owed: who, Threads: true}); err != nil || got != n {
			t.Errorf("%s: %d threads, %v", who, got, err)
		}
	}
	if err := b.Settle("Trenger ikke svar", []post.Row{b.find("kurset")}); err != nil {
		t.Fatal(err)
	}
	owed("Tørking", ask.Nobody, 0)
	if _, err := b.w.Undo(); err != nil {
		t.Fatal(err)
	}
	b.read()
	owed("Tørking", ask.Us, 0)
	b.come(3, "f@vi", mailtest.User, "Sv: Tørking", "I mai.", true, "In-Reply-To: <b@berg>\n")
	b.come(4, "g@tilbyder", "Tilbyder <post@tilbyder.example>", "Sv: Tilbod", "Prisen er 900.", false, "In-Reply-To: <c@vi>\n")
	b.read()
	owed("Tørking", ask.Nobody, 0)
	owed("Tilbod", ask.Nobody, 0)
	if _, err := b.Delete([]string{b.find("prisen").Key}); err != nil {
		t.Fatal(err)
	}
	owed("Tilbod", ask.Them, 0)
}

// TestReadingAgainGivesTheSame changes the register and decisions at random: what was
// read again in part is what a whole reading gives.
func TestReadingAgainGivesTheSame(t *testing.T) {
	for seed := range uint64(12) {
		random := rand.New(rand.NewPCG(seed, 6))
		b := newBox(t)
		var orgs []*data.Organisation
		for i := range 6 {
			o := &data.Organisation{OrganisationOf: data.OrganisationBusiness, Name: fmt.Sprintf("Bedrift %d AS", i), OrgNumber: []string{"974760673", "971040238", "", "", "", ""}[i]}
			orgs = append(orgs, o)
			b.put(o)
		}
		var keys []string
		for i := range 40 {
			var extra []string
			if i > 3 && random.IntN(2) == 0 {
				extra = append(extra, fmt.Sprintf("In-Reply-To: <%d@x>\n", random.IntN(i)))
			}
			text := []string{"Når begynner kurset?", "Hilsen\nBedrift 2 AS", "org.nr. 974 760 673", "-----\nFra: x <kari@firma3.example>\nTakk"}[random.IntN(4)]
			b.come(random.IntN(30), fmt.Sprintf("%d@x", i), fmt.Sprintf("kari@firma%d.example", random.IntN(6)), fmt.Sprintf("Melding %d", i), text, false, extra...)
		}
		b.read()
		rows, err := b.store.List(post.Query{}, 0, 100)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			keys = append(keys, r.Key)
		}
		for range 12 {
			o := orgs[random.IntN(len(orgs))]
			switch random.IntN(4) {
			case 0:
				o.Email = fmt.Sprintf("kari@firma%d.example", random.IntN(6))
				b.put(o)
			case 1:
				o.Name = fmt.Sprintf("Bedrift %d AS", random.IntN(4))
				b.put(o)
			case 2:
				row, err := b.store.Message(keys[random.IntN(len(keys))])
				if err != nil {
					t.Fatal(err)
				}
				if err := b.Link("Koblet", row, link.Organisation, o.ID, random.IntN(2) == 0, random.IntN(2) == 0); err != nil {
					t.Fatal(err)
				}
			case 3:
				if _, err := b.w.Undo(); err != nil {
					t.Fatal(err)
				}
			}
			b.read()
		}
		part := b.all(keys)
		if _, err := b.store.Reread(nil, post.Concerns{All: true}); err != nil {
			t.Fatal(err)
		}
		b.read()
		if whole := b.all(keys); !reflect.DeepEqual(part, whole) {
			for k := range whole {
				if !reflect.DeepEqual(part[k], whole[k]) {
					t.Errorf("seed %d, %s:\n%v\n%v", seed, k, part[k], whole[k])
				}
			}
		}
	}
}

func (b *box) all(keys []string) map[string][]post.Finding {
	b.t.Helper()
	all := map[string][]post.Finding{}
	for _, k := range keys {
		row, err := b.store.Message(k)
		if err != nil {
			b.t.Fatal(err)
		}
		if all[k], err = b.store.Findings(row.ID); err != nil {
			b.t.Fatal(err)
		}
	}
	return all
}
