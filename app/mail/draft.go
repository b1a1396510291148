package mail

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"crypto/x509"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"mime"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/emersion/go-message"
	gomail "github.com/emersion/go-message/mail"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/mail/parse"
	"kompetansepilot/data"
	"kompetansepilot/data/post"
)

// File is a file to send.
type File struct {
	Name    string
	Content []byte
}

// Letter is what is to be written.
type Letter struct {
	To       []string
	Subject  string // "" takes the template's
	Text     string // "" takes the template's
	Template string // one of Templates, "" for none
	Language string // "nb" or "nn": the written norm that the receiver should have
	Files    []File
	// Answers is the message that it answers; nil for a new letter.
	Answers *post.Row
	// About and Record are what it belongs to, or "".
	About, Record string
}

// Templates are the letters that the program knows, in the order that they are
// offered.
func Templates() []string {
	return []string{"contact", "interview", "enquiry", "group", "support", "reminder", "thanks"}
}

// Fill gives a letter the words of its template, where it has none of its own.
func (l *Letter) Fill(sender string) error {
	words := lang.New(l.Language)
	if l.Template != "" && !words.Has("mail.template."+l.Template+".text") {
		return data.NewError("mailTemplate", "Det finnes ingen mal som heter «{{.Name}}». Ingenting er skrevet.", nil, "Name", l.Template)
	}
	if l.Template == "" {
		return nil
	}
	if l.Subject == "" {
		l.Subject = words.T("mail.template." + l.Template + ".subject")
	}
	if l.Text == "" {
		l.Text = words.T("mail.template."+l.Template+".text", "Sender", sender)
	}
	return nil
}

// Reply is the beginning of an answer to a message: to whom, the subject and the
// quoted text.
func Reply(row post.Row, m *parse.Mail, language string) Letter {
	l := Letter{Language: language, Answers: &row, Subject: m.Subject}
	if low := strings.ToLower(m.Subject); !strings.HasPrefix(low, "sv:") && !strings.HasPrefix(low, "re:") {
		l.Subject = "Sv: " + m.Subject
	}
	to := m.ReplyTo
	if len(to) == 0 {
		to = m.From
	}
	for _, a := range to {
		if a.Address != "" {
			l.To = append(l.To, a.Address)
		}
	}
	words := lang.New(language)
	var quoted strings.Builder
	for line := range strings.SplitSeq(m.Own, "\n") {
		quoted.WriteString("> " + line + "\n")
	}
	l.Text = "\n\n" + words.T("mail.wrote", "Date", words.DateLong(row.Date.Format(time.DateOnly)), "Name", row.From.Who()) + "\n" + quoted.String()
	return l
}

// oneLine is a text that cannot begin another line of the header.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// compose makes the message; now is its date.
func compose(from data.MailAccount, l *Letter, references []string, id string, now time.Time) ([]byte, error) {
	var h gomail.Header
	h.SetDate(now)
	h.SetAddressList("From", []*gomail.Address{{Address: from.Address}})
	var to []*gomail.Address
	for _, address := range l.To {
		a, err := gomail.ParseAddress(oneLine(address))
		if err != nil {
			return nil, data.NewError("mailAddress", "«{{.Address}}» er ikke en e-postadresse. Ingenting er lagret. Skriv den som navn@fylke.no.", err, "Address", address)
		}
		to = append(to, a)
	}
	h.SetAddressList("To", to)
	h.SetSubject(oneLine(l.Subject))
	h.SetMessageID(id)
	if len(references) > 0 {
		h.SetMsgIDList("In-Reply-To", references[len(references)-1:])
		h.SetMsgIDList("References", references)
	}
	var out bytes.Buffer
	w, err := gomail.CreateWriter(&out, h)
	if err != nil {
		return nil, fmt.Errorf("compose: %w", err)
	}
	var th gomail.InlineHeader
	th.SetContentType("text/plain", map[string]string{"charset": "utf-8"})
	th.Set("Content-Transfer-Encoding", "quoted-printable")
	part, err := w.CreateSingleInline(th)
	if err != nil {
		return nil, fmt.Errorf("compose text: %w", err)
	}
	if _, err := io.WriteString(part, strings.ReplaceAll(strings.ReplaceAll(l.Text, "\r\n", "\n"), "\n", "\r\n")); err != nil {
		return nil, fmt.Errorf("compose text: %w", err)
	}
	if err := part.Close(); err != nil {
		return nil, fmt.Errorf("compose text: %w", err)
	}
	for _, f := range l.Files {
		if err := attach(w, f); err != nil {
			return nil, fmt.Errorf("attach: %w", err)
		}
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("compose: %w", err)
	}
	return out.Bytes(), nil
}

// attach writes a file. Its name stands in both of the ways that mail programs
// know: RFC 2231 in the disposition, and an encoded word in the type for Outlook.
func attach(w *gomail.Writer, f File) error {
	name := parse.CleanName(f.Name)
	kind := mime.TypeByExtension(filepath.Ext(name))
	if kind == "" {
		kind = "application/octet-stream"
	}
	kind, _, _ = strings.Cut(kind, ";")
	var ah gomail.AttachmentHeader
	ah.Header = message.Header{}
	ah.SetContentType(kind, map[string]string{"name": mime.QEncoding.Encode("utf-8", name)})
	ah.SetContentDisposition("attachment", map[string]string{"filename": name})
	ah.Set("Content-Transfer-Encoding", "base64")
	part, err := w.CreateAttachment(ah)
	if err != nil {
		return err
	}
	if _, err := part.Write(f.Content); err != nil {
		return err
	}
	return part.Close()
}

// draftPrefix begins the Message-ID of what is written here.
const draftPrefix = "kp-"

// Drafted is what became of letters that were written.
type Drafted struct {
	Kept  []data.MailDraft // in the letters' order
	Saved int              // how many lie in the mailbox
	// Waits is why the others wait here, see Waiting; nil when none do.
	Waits error
}

// Draft writes one letter, as Drafts does; the error may be that it waits.
func (d *Desk) Draft(ctx context.Context, label, account string, l Letter, ca *x509.CertPool) (data.MailDraft, error) {
	made, err := d.Drafts(ctx, label, account, []Letter{l}, ca)
	if len(made.Kept) == 0 {
		return data.MailDraft{}, err
	}
	return made.Kept[0], cmp.Or(err, made.Waits)
}

// Drafts writes letters and puts them into the mailbox's folder of drafts, as one
// step named label. They are kept here first: when the mailbox can't be reached they
// wait, and come into it with the next fetch that goes well. With a fault in one of
// them none is written. account is the mailbox's address or id; "" is the usual one,
// see Outgoing. ca is trusted instead of the system's roots, nil for those.
func (d *Desk) Drafts(ctx context.Context, label, account string, letters []Letter, ca *x509.CertPool) (Drafted, error) {
	var made Drafted
	var wait []post.Waiting
	boxes := map[string]data.MailAccount{}
	sender := d.workspaceActor()
	for _, l := range letters {
		a, err := d.outgoing(account, l.Answers)
		if err != nil {
			return Drafted{}, err
		}
		if err := l.Fill(sender); err != nil {
			return Drafted{}, err
		}
		kept, raw, err := d.write(&a, &l)
		if err != nil {
			return Drafted{}, err
		}
		boxes[a.ID] = a
		made.Kept = append(made.Kept, kept)
		wait = append(wait, post.Waiting{MessageID: kept.MessageID, Account: a.ID, Sum: sumOf(&kept), Raw: raw})
	}
	if len(wait) == 0 {
		return made, nil
	}
	store, err := d.Store()
	if err != nil {
		return Drafted{}, err
	}
	if err := store.Wait(wait); err != nil {
		return Drafted{}, err
	}
	// Writing and saving are one step to undo, however long the server takes.
	step := data.Merge("draft "+wait[0].MessageID, time.Hour)
	if err := d.workspace.Update(label, func(tx *data.Tx) error {
		for i := range made.Kept {
			made.Kept[i].Created = tx.Now()
			if err := tx.Put(&made.Kept[i]); err != nil {
				return err
			}
		}
		return nil
	}, step); err != nil {
		return Drafted{}, err
	}
	mine := func(w *post.Waiting) bool {
		return slices.ContainsFunc(made.Kept, func(d data.MailDraft) bool { return d.MessageID == w.MessageID })
	}
	for _, id := range slices.Sorted(maps.Keys(boxes)) {
		a := boxes[id]
		_, err := d.deliver(ctx, &a, ca, mine)
		made.Waits = cmp.Or(made.Waits, err)
	}
	// A fetch that ran meanwhile may have put some of them there, so what counts is
	// which of them wait no longer.
	left, err := store.Waiting()
	if err != nil {
		return made, err
	}
	var saved []string
	for i := range made.Kept {
		id := made.Kept[i].MessageID
		if !slices.ContainsFunc(left, func(w post.Waiting) bool { return w.MessageID == id }) {
			saved = append(saved, id)
		}
	}
	made.Saved = len(saved)
	return made, d.workspace.Update(label, func(tx *data.Tx) error {
		for i := range made.Kept {
			if slices.Contains(saved, made.Kept[i].MessageID) {
				made.Kept[i].Saved = tx.Now()
				if err := tx.Put(&made.Kept[i]); err != nil {
					return err
				}
			}
		}
		return nil
	}, step)
}

// write makes the record and the message of a letter.
func (d *Desk) write(a *data.MailAccount, l *Letter) (data.MailDraft, []byte, error) {
	_, host, _ := strings.Cut(a.Address, "@")
	token := make([]byte, 12)
	if _, err := rand.Read(token); err != nil {
		return data.MailDraft{}, nil, err
	}
	kept := data.MailDraft{Account: a.ID, MessageID: draftPrefix + hex.EncodeToString(token) + "@" + host, Receivers: strings.Join(l.To, ", "), Subject: l.Subject, Text: l.Text, About: l.About, Record: l.Record}
	var references []string
	if l.Answers != nil {
		kept.ReplyTo = l.Answers.Key
		var err error
		if references, err = d.chain(*l.Answers); err != nil {
			return kept, nil, err
		}
	}
	raw, err := compose(*a, l, references, kept.MessageID, time.Now())
	return kept, raw, err
}

func (d *Desk) outgoing(account string, answers *post.Row) (data.MailAccount, error) {
	all, usual, err := d.Outgoing(answers)
	if account != "" || err == nil && len(all) == 0 {
		return d.Account(account)
	}
	return usual, err
}

func (d *Desk) workspaceActor() string {
	s, err := data.Get[data.Setting](d.workspace, "name")
	if err != nil {
		return ""
	}
	return s.Value
}

// chain are the Message-IDs that an answer names.
func (d *Desk) chain(row post.Row) ([]string, error) {
	m, err := d.Message(row)
	if err != nil {
		return nil, err
	}
	if m.MessageID == "" {
		return m.References, nil
	}
	return append(m.References[max(0, len(m.References)-10):], m.MessageID), nil
}
