package mail

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"kompetansepilot/app"
	"kompetansepilot/app/mail"
	"kompetansepilot/app/mail/link"
	"kompetansepilot/app/mail/parse"
	"kompetansepilot/data"
	"kompetansepilot/data/post"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/uitest"
)

// fill gives the program a mailbox with some mail, as a fetch would. It gives the
// id of the business that one of them belongs to.
func fill(t *testing.T, p *app.Program, more int) string {
	t.Helper()
	berg := data.Organisation{OrganisationOf: data.OrganisationBusiness, Name: "Berg Sag og Høvleri AS", Email: "kari@bergsag.example"}
	account := data.MailAccount{Address: "post@fylke.example", Host: "mail.fylke.example"}
	if err := p.Workspace.Update("Laget", func(tx *data.Tx) error {
		if err := tx.Put(&berg); err != nil {
			return err
		}
		return tx.Put(&account)
	}); err != nil {
		t.Fatal(err)
	}
	store, err := p.Mail.Store()
	if err != nil {
		t.Fatal(err)
	}
	f, err := store.FolderOf(account.ID, "INBOX", "inbox")
	if err != nil {
		t.Fatal(err)
	}
	var all []post.Arrived
	add := func(from, subject, id, extra, text string) {
		n := len(all) + 1
		raw := []byte(fmt.Sprintf("From: %s\r\nTo: post@fylke.example\r\nSubject: %s\r\nDate: Mon, 2 Mar 2026 09:%02d:%02d +0100\r\nMessage-ID: <%s>\r\n%s\r\n%s", from, subject, n/60%60, n%60, id, extra, strings.ReplaceAll(text, "\n", "\r\n")))
		all = append(all, post.Arrived{UID: uint32(n), Raw: raw, Key: post.Key(raw), Internal: time.Unix(1772442000, 0), Index: parse.Index(raw)})
	}
	for i := range more {
		add(fmt.Sprintf("Bedrift %d <post@bedrift%d.example>", i, i), fmt.Sprintf("Spørsmål om kurs nummer %d", i), fmt.Sprintf("m%d@x", i), "Content-Type: text/plain; charset=utf-8\r\n", "Hei, når begynner kurset?")
	}
	add("\"HK-dir\" <post@hkdir.example>", "Tilsagnsbrev: Kompetansepiloter", "t@hkdir", "Content-Type: text/plain; charset=utf-8\r\n", "Innlandet fylkeskommune har fått innvilget kr 1 400 000 i tilskudd.\n\nSend aksept senest fredag 20. mars 2026.\n\nVennlig hilsen\nHK-dir")
	add("Kari Berg <kari@bergsag.example>", "Kurs i tørking av tømmer og høvling for alle på kveldsskiftet hos oss", "k@berg",
		"Content-Type: multipart/mixed; boundary=b\r\n", "\n--b\nContent-Type: text/html; charset=utf-8\n\n<h2>Hei!</h2><p>Eg veit ikkje når kurset startar. Kan de seie noko om det?</p><ul><li>tørking</li><li>høvling</li></ul><p><a href=\"https://ond.example/x\">www.altinn.no</a></p><img src=\"https://spor.example/1.png\"><blockquote>Vi skreiv dette før.</blockquote>\n--b\nContent-Type: application/octet-stream; name=faktura.pdf.exe\nContent-Disposition: attachment\n\nMZ\n--b--\n")
	if err := store.Add(f, all); err != nil {
		t.Fatal(err)
	}
	if err := p.Mail.Read(t.Context()); err != nil {
		t.Fatal(err)
	}
	return berg.ID
}

// TestReadsLinksAndWarns shows a letter as plain text with what it belongs to, what
// it asks for and what is wrong with it.
func TestReadsLinksAndWarns(t *testing.T) {
	program := uitest.Program(t, false)
	berg := fill(t, program, 0)
	w := uitest.Window(t, program)
	p := New(w.Env, "").(*Page)
	w.Show(p)
	if p.total != 2 || p.reader.now.mail == nil {
		t.Fatalf("%d threads, %v", p.total, w.Shell.Failed)
	}
	uitest.Has(t, p.Content(), "Hører til Berg Sag og Høvleri AS", "kari@bergsag.example er kjent her", "Lenken går til ond.example", "1 eksternt bilde er ikke hentet", "Filen er noe annet", "Vis sitert tekst", "Spørsmål som venter på svar")
	uitest.HasNot(t, p.Content(), "Vi skreiv dette før")
	p.reader.open(p.rows[second(t, p)].Key)
	uitest.Has(t, p.Content(), "Tilsagn 1 400 000 kroner", "Frist 20. mars 2026", "Ikke koblet til noe ennå")
	p.reader.onTask(p.reader.now.x.Proposals[deadline(t, p)])
	tasks, err := data.Live[data.Task](program.Workspace, "", "")
	if err != nil || len(tasks) != 1 || tasks[0].Due != "2026-03-20" {
		t.Fatal(tasks, err, w.Shell.Failed)
	}
	uitest.HasNot(t, p.Content(), "Frist 20. mars 2026")
	p.reader.link(link.Organisation, berg, "Berg Sag", true)
	uitest.Has(t, p.Content(), "Du har koblet den hit")
	if _, err := program.Workspace.Undo(); err != nil {
		t.Fatal(err)
	}
}

func second(t *testing.T, p *Page) string {
	t.Helper()
	for key, r := range p.rows {
		if strings.HasPrefix(r.Subject, "Tilsagn") {
			return key
		}
	}
	t.Fatal("no award letter in the list")
	return ""
}

func deadline(t *testing.T, p *Page) int {
	t.Helper()
	for i, x := range p.reader.now.x.Proposals {
		if x.Date == "2026-03-20" {
			return i
		}
	}
	t.Fatal("no deadline")
	return 0
}

// TestFilesAreSavedByCleanName saves an attachment and the message.
func TestFilesAreSavedByCleanName(t *testing.T) {
	program := uitest.Program(t, false)
	fill(t, program, 0)
	w := uitest.Window(t, program)
	p := New(w.Env, "").(*Page)
	w.Show(p)
	path := filepath.Join(t.TempDir(), "a.eml")
	p.chooser = &kit.FakeChooser{Path: path}
	p.reader.onSaveMail()
	if raw, err := os.ReadFile(path); err != nil || !strings.Contains(string(raw), "Message-ID: <k@berg>") {
		t.Error(err, w.Shell.Failed)
	}
}

// TestFilterKeepsWhatFits narrows the list by text and chips.
func TestFilterKeepsWhatFits(t *testing.T) {
	program := uitest.Program(t, false)
	fill(t, program, 300)
	w := uitest.Window(t, program)
	p := New(w.Env, "").(*Page)
	w.Show(p)
	if p.total != 302 {
		t.Fatal(p.total)
	}
	p.filter.SetText("toerking")
	p.refilter()
	if p.total != 1 {
		t.Error("tørking:", p.total)
	}
	p.filter.SetText("")
	p.toggle(onlyDue)
	if p.total != 1 {
		t.Error("with a deadline:", p.total)
	}
}

// TestPictures makes pictures to look at, when PICTURES names a folder.
func TestPictures(t *testing.T) {
	full, empty := uitest.Program(t, true), uitest.Program(t, false)
	fill(t, full, 60)
	for look, options := range uitest.Looks() {
		for _, size := range []struct{ width, height float32 }{{1280, 800}, {1024, 700}} {
			for name, program := range map[string]*app.Program{"full": full, "empty": empty} {
				w := uitest.WindowIn(t, program, "nb", options, size.width-180, size.height-80)
				p := New(w.Env, "").(*Page)
				w.Show(p)
				picture := func(part string) { w.Picture(fmt.Sprintf("mail-%s-%s-%s-%d", name, part, look, int(size.width))) }
				picture("start")
				if name == "full" {
					p.reader.open(p.rows[second(t, p)].Key)
					picture("award")
					p.write(mail.Letter{Template: "contact", Language: "nn"})
					picture("write")
					w.Key(fyne.KeyEscape)
				}
				p.onPrivacy(tabFolders)
				picture("folders")
				w.Key(fyne.KeyEscape)
				p.onAdd()
				picture("add")
			}
		}
	}
}

// TestMailThatComesIsShown shows what comes while the page is open, whoever fetched
// it.
func TestMailThatComesIsShown(t *testing.T) {
	program := uitest.Program(t, false)
	fill(t, program, 0)
	w := uitest.Window(t, program)
	p := New(w.Env, "").(*Page)
	w.Show(p)
	store, err := program.Mail.Store()
	if err != nil {
		t.Fatal(err)
	}
	folders, err := store.Folders("")
	if err != nil {
		t.Fatal(err)
	}
	raw := []byte("From: a@b.example\r\nSubject: Ny\r\nMessage-ID: <ny@x>\r\n\r\nhei")
	if err := store.Add(folders[0], []post.Arrived{{UID: 99, Raw: raw, Key: post.Key(raw), Index: parse.Index(raw)}}); err != nil {
		t.Fatal(err)
	}
	w.Env.Tasks.Advance(showEvery)
	if p.total != 3 {
		t.Errorf("%d threads", p.total)
	}
	p.Leave()
	if p.onNews(); p.soon != nil {
		t.Error("shown again after it was left")
	}
}

// TestLookingMakesNoFile opens the page before there is any mail.
func TestLookingMakesNoFile(t *testing.T) {
	program := uitest.Program(t, false)
	w := uitest.Window(t, program)
	w.Show(New(w.Env, ""))
	if _, err := os.Stat(post.PathFor(program.Workspace.Path())); !os.IsNotExist(err) {
		t.Error("a file was made by looking", err)
	}
}

// TestNeverAsksFirst deletes nothing before it is answered, and then all from the
// sender.
func TestNeverAsksFirst(t *testing.T) {
	program := uitest.Program(t, false)
	fill(t, program, 0)
	w := uitest.Window(t, program)
	p := New(w.Env, "").(*Page)
	w.Show(p)
	p.reader.onNever()
	w.Key(fyne.KeyEscape)
	if rows, err := data.Live[data.MailNever](program.Workspace, "", ""); err != nil || len(rows) != 0 || p.total != 2 {
		t.Fatal("done without an answer", rows, err)
	}
	p.reader.onNever()
	top := w.Shell.Window().Canvas().Overlays().Top()
	uitest.Find(t, top, "the verb", func(b *kit.Button) bool { return b.Text() == "Slett her og lagre aldri mer" }).Tapped(nil)
	if p.total != 1 {
		t.Errorf("%d threads, %v", p.total, w.Shell.Failed)
	}
}

// TestOwedIsShownAndReminded shows who is to answer, narrows the list to it, begins a
// reminder in the receiver's norm, and lets one say that no answer is needed.
func TestOwedIsShownAndReminded(t *testing.T) {
	program := uitest.Program(t, false)
	fill(t, program, 0)
	store, err := program.Mail.Store()
	if err != nil {
		t.Fatal(err)
	}
	folders, err := store.Folders("")
	if err != nil {
		t.Fatal(err)
	}
	ours := []byte("From: post@fylke.example\r\nTo: kari@bergsag.example\r\nSubject: Tilbod\r\nDate: Mon, 2 Feb 2026 09:00:00 +0100\r\nMessage-ID: <vi@x>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHei, kan de sende pris?")
	if err := store.Add(folders[0], []post.Arrived{{UID: 90, Raw: ours, Key: post.Key(ours), Index: parse.Index(ours), Sent: true}}); err != nil {
		t.Fatal(err)
	}
	if err := program.Workspace.Update("Målform", func(tx *data.Tx) error {
		return tx.Put(&data.Person{Name: "Kari Berg", Email: "kari@bergsag.example", Norm: "nn"})
	}); err != nil {
		t.Fatal(err)
	}
	if err := program.Mail.Read(t.Context()); err != nil {
		t.Fatal(err)
	}
	w := uitest.Window(t, program)
	p := New(w.Env, "").(*Page)
	w.Show(p)
	p.FocusField("them")
	if p.total != 1 || p.rows[post.Key(ours)].Owed.Who != "them" {
		t.Fatal(p.total, p.rows[post.Key(ours)].Owed)
	}
	p.FocusField("us")
	if p.total != 2 || p.on[onlyThem] { // the question, and the award letter that wants an answer
		t.Error(p.total, p.on)
	}
	p.FocusField("them")
	p.reader.open(post.Key(ours))
	uitest.Has(t, p.Content(), "Venter på dem – ")
	p.reader.onRemind()
	top := w.Shell.Window().Canvas().Overlays().Top()
	uitest.Find(t, top, "the letter", func(a *kit.TextArea) bool {
		return strings.Contains(a.Text(), "Vi skreiv til dykk") && strings.Contains(a.Text(), "> Hei, kan de sende pris?")
	})
	uitest.Find(t, top, "the receiver", func(f *kit.TextField) bool { return f.Text() == "kari@bergsag.example" })
	w.Key(fyne.KeyEscape)
	p.settle([]post.Row{p.reader.now.row})
	if p.total != 0 {
		t.Error("still waits", p.total, w.Shell.Failed)
	}
	if _, err := program.Workspace.Undo(); err != nil {
		t.Fatal(err)
	}
	p.Changed(data.Changed{Kinds: []string{"mail_decision"}})
	if p.total != 1 {
		t.Error("does not wait after undo", p.total)
	}
}

// TestPrivacyChangesWhatIsFetched chooses for a folder, pauses, and forgets what was
// learnt, all undoable.
func TestPrivacyChangesWhatIsFetched(t *testing.T) {
	program := uitest.Program(t, false)
	berg := fill(t, program, 0)
	if err := program.Workspace.Update("Lært", func(tx *data.Tx) error {
		return tx.Put(&data.MailLearned{Pattern: "kari@gmail.com", Organisation: berg})
	}); err != nil {
		t.Fatal(err)
	}
	w := uitest.Window(t, program)
	p := New(w.Env, "").(*Page)
	w.Show(p)
	p.onPrivacy(tabFolders)
	top := w.Shell.Window().Canvas().Overlays().Top()
	uitest.Has(t, top, "INBOX", "post@fylke.example er ikke hentet siden programmet ble åpnet", "Ikke hentet")
	uitest.Find(t, top, "the folder", func(c *kit.Check) bool { return strings.HasPrefix(c.Label(), "INBOX") }).Tapped(nil)
	uitest.Find(t, top, "pause", func(b *kit.Button) bool { return b.Text() == "Sett på pause" }).Tapped(nil)
	accounts, err := program.Mail.Accounts()
	if err != nil || !accounts[0].Paused {
		t.Error("not paused", err)
	}
	folders, err := program.Mail.KnownFolders(accounts[0])
	if err != nil || len(folders) != 1 || folders[0].Fetch {
		t.Error(folders, err)
	}
	w.Key(fyne.KeyEscape)
	d := p.showPrivacy(tabNever, "", nil)
	typed := func() *kit.TextField {
		return uitest.Find(t, w.Shell.Window().Canvas().Overlays().Top(), "the address", func(*kit.TextField) bool { return true })
	}
	typed().SetText("reklame.ex")
	d.load() // as when something was fetched
	if typed().Text() != "reklame.ex" {
		t.Error("what was typed is gone")
	}
	w.Key(fyne.KeyEscape)
	p.onPrivacy(tabLearned)
	top = w.Shell.Window().Canvas().Overlays().Top()
	uitest.Has(t, top, "kari@gmail.com hører til Berg Sag og Høvleri AS")
	uitest.Find(t, top, "forget", func(b *kit.Button) bool { return b.Text() == "Glem" }).Tapped(nil)
	if rules, err := program.Mail.LearnedRules(); err != nil || len(rules) != 0 {
		t.Error(rules, err)
	}
	if _, err := program.Workspace.Undo(); err != nil {
		t.Fatal(err)
	}
	if rules, err := program.Mail.LearnedRules(); err != nil || len(rules) != 1 {
		t.Error(rules, err)
	}
}

// TestArchiveFromTheWindow marks two conversations with a basis of the list, refuses
// one that is none, and writes them for the archive.
func TestArchiveFromTheWindow(t *testing.T) {
	program := uitest.Program(t, false)
	fill(t, program, 0)
	w := uitest.Window(t, program)
	p := New(w.Env, "").(*Page)
	w.Show(p)
	var keys []string
	for key := range p.rows {
		keys = append(keys, key)
	}
	p.grid.Select(keys)
	if p.chosen.Text() != "2 valgte" || len(p.selectionMenu()) != 3 {
		t.Fatal(p.chosen.Text())
	}
	p.with(keys, true, p.onMark)
	top := w.Shell.Window().Canvas().Overlays().Top()
	basis := uitest.Find(t, top, "the basis", func(s *kit.Select) bool { return true })
	basis.SetSelected(otherBasis)
	basis.OnChanged(otherBasis)
	verb := uitest.Find(t, top, "the verb", func(b *kit.Button) bool { return b.Text() == "Merk" })
	verb.Tapped(nil)
	all, err := data.Live[data.MailMark](program.Workspace, "", "")
	if err != nil || len(all) != 2 || all[0].Basis != "" { // nothing written is no exemption
		t.Fatal(all, err)
	}
	p.with(keys, true, p.onMark)
	top = w.Shell.Window().Canvas().Overlays().Top()
	uitest.Find(t, top, "the number", func(f *kit.TextField) bool { return true }).SetText("2026/77")
	uitest.Find(t, top, "the basis", func(s *kit.Select) bool { return true }).SetSelected("internal")
	uitest.Find(t, top, "journaled", func(c *kit.Check) bool { return true }).Tapped(nil)
	uitest.Find(t, top, "the verb", func(b *kit.Button) bool { return b.Text() == "Merk" }).Tapped(nil)
	if all, err = data.Live[data.MailMark](program.Workspace, "", ""); err != nil || len(all) != 2 || all[0].Basis != "Offl. § 14" || !all[1].Journaled || all[1].CaseNumber != "2026/77" {
		t.Fatal(all, err, w.Shell.Failed)
	}
	uitest.Has(t, p.Content(), "Journalført · Sak 2026/77 · Unntatt offentlighet: Offl. § 14")
	parent := t.TempDir()
	p.chooser = &kit.FakeChooser{Path: parent}
	p.with(keys, true, p.onHandOver)
	files, err := filepath.Glob(filepath.Join(parent, "E-post til arkivet *", "*"))
	if err != nil || len(files) < 7 { // two letters as .eml and PDF, the attachment, the list twice
		t.Error(files, err, w.Shell.Failed)
	}
}

// TestLetterBecomesEvidence takes a message into the application as evidence of a row
// in its financing, and takes it back with undo.
func TestLetterBecomesEvidence(t *testing.T) {
	program := uitest.Program(t, true)
	fill(t, program, 0)
	w := uitest.Window(t, program)
	p := New(w.Env, "").(*Page)
	w.Show(p)
	into, err := p.takeInto()
	if err != nil || len(into.applications) == 0 || len(into.rows[into.applications[0].ID]) == 0 {
		t.Fatal(into, err)
	}
	id := into.applications[0].ID
	count := func() (files, evidence int) {
		d, _, err := program.Grants.Load(id)
		if err != nil {
			t.Fatal(err)
		}
		return len(d.Attachments), len(d.Evidence)
	}
	files, evidence := count()
	p.reader.onTakeInMail()
	top := w.Shell.Window().Canvas().Overlays().Top()
	row := uitest.Find(t, top, "the row", func(s *kit.Select) bool { return s.AllowEmpty })
	row.SetSelected(into.rows[id][0].ID)
	row.OnChanged(row.Selected())
	uitest.Find(t, top, "the verb", func(b *kit.Button) bool { return b.Text() == "Ta inn" }).Tapped(nil)
	if f, e := count(); f != files+1 || e != evidence+1 {
		t.Fatal(f, e, w.Shell.Failed)
	}
	d, _, err := program.Grants.Load(id)
	if err != nil {
		t.Fatal(err)
	}
	last := d.Evidence[len(d.Evidence)-1]
	if last.EvidenceOf != data.EvidenceEmail || last.Date != "2026-03-02" || last.Attachment != d.Attachments[len(d.Attachments)-1].ID || !strings.Contains(last.Reference, "Kari Berg") {
		t.Errorf("%+v", last)
	}
	if _, err := program.Workspace.Undo(); err != nil {
		t.Fatal(err)
	}
	if f, e := count(); f != files || e != evidence {
		t.Error("not taken back", f, e)
	}
}

// TestApplicationGoesWithALetter attaches an application as PDF, and takes it away.
func TestApplicationGoesWithALetter(t *testing.T) {
	program := uitest.Program(t, true)
	fill(t, program, 0)
	w := uitest.Window(t, program)
	p := New(w.Env, "").(*Page)
	w.Show(p)
	into, err := p.takeInto()
	if err != nil || len(into.applications) == 0 {
		t.Fatal(into, err)
	}
	f := p.newFileList(nil)
	f.onPDF(into.applications[0].ID)
	if len(f.all) != 1 || !strings.HasSuffix(f.all[0].Name, ".pdf") || !strings.HasPrefix(string(f.all[0].Content), "%PDF-1.7") {
		t.Fatal(len(f.all), w.Shell.Failed)
	}
	uitest.Find(t, f.content, "take away", func(b *kit.Button) bool { return b.Text() == "Ta bort" }).Tapped(nil)
	if len(f.all) != 0 {
		t.Error("still there")
	}
}

// TestLetterGoesIntoTheRightMailbox: with several mailboxes one chooses, the last that
// was used is chosen from the start, and an answer goes where the message came.
func TestLetterGoesIntoTheRightMailbox(t *testing.T) {
	program := uitest.Program(t, false)
	fill(t, program, 0)
	w := uitest.Window(t, program)
	p := New(w.Env, "").(*Page)
	w.Show(p)
	top := func() fyne.CanvasObject { return w.Shell.Window().Canvas().Overlays().Top() }
	mailbox := func() *kit.Select {
		t.Helper()
		return uitest.Find(t, top(), "the mailbox", func(s *kit.Select) bool { return true })
	}
	p.write(mail.Letter{Language: "nb"})
	uitest.HasNot(t, top(), "Kladden legges i denne postkassen.")
	w.Key(fyne.KeyEscape)
	other := data.MailAccount{Address: "anne@fylke.example"}
	if err := program.Workspace.Update("La til", func(tx *data.Tx) error { return tx.Put(&other) }); err != nil {
		t.Fatal(err)
	}
	p.reader.onAnswer()
	uitest.Has(t, top(), "Kladden legges i denne postkassen.")
	w.Picture("mail-mailbox")
	if got := mailbox().Selected(); got == other.ID || got == "" {
		t.Error("the answer goes into", got)
	}
	w.Key(fyne.KeyEscape)
	if err := program.Workspace.Update("Skrev", func(tx *data.Tx) error {
		return tx.Put(&data.MailDraft{Account: other.ID, Created: tx.Now()})
	}); err != nil {
		t.Fatal(err)
	}
	p.write(mail.Letter{To: []string{"kari@bergsag.example"}, Subject: "Kurs", Language: "nb"})
	if got := mailbox().Selected(); got != other.ID {
		t.Error("a new letter goes into", got)
	}
	uitest.Find(t, top(), "the verb", func(b *kit.Button) bool { return b.Text() == "Lagre som kladd" }).Tapped(nil)
	kept, err := data.Live[data.MailDraft](program.Workspace, "subject = 'Kurs'", "")
	if err != nil || len(kept) != 1 || kept[0].Account != other.ID {
		t.Errorf("%+v %v", kept, err)
	}
}

// TestWhatIsLeftToJournal lists what belongs to a record and is not journaled, until
// it is, and says so in the list.
func TestWhatIsLeftToJournal(t *testing.T) {
	program := uitest.Program(t, false)
	fill(t, program, 3)
	w := uitest.Window(t, program)
	p := New(w.Env, "").(*Page)
	w.Show(p)
	all := p.total
	p.toggle(onlyUnlinked)
	p.toggle(onlyJournal)
	if p.on[onlyUnlinked] || p.total != 1 {
		t.Fatal("left to journal:", p.total, p.on)
	}
	page, err := p.read(p.query, 0, 10)
	if err != nil || len(page.rows) != 1 || page.rows[0].From.Address != "kari@bergsag.example" {
		t.Fatal(page, err)
	}
	w.Picture("mail-journal")
	mark := func(journaled bool) {
		t.Helper()
		if err := program.Mail.Mark("Merket", page.rows, func(m *data.MailMark) { m.Journaled = journaled }); err != nil {
			t.Fatal(err)
		}
		p.Changed(data.Changed{Kinds: []string{"mail_mark"}})
	}
	mark(true)
	if p.total != 0 {
		t.Error("still to be journaled:", p.total)
	}
	p.toggle(onlyJournal)
	uitest.Has(t, p.Content(), "Journalført")
	if p.total != all {
		t.Error(p.total)
	}
	p.toggle(onlyJournal)
	mark(false)
	if p.total != 1 {
		t.Error("taken back:", p.total)
	}
	p.toggle(onlyJournal)
	if len(w.Shell.Failed) > 0 {
		t.Error(w.Shell.Failed)
	}
}

// TestOneKeyDecidesOnALink takes and refuses what is proposed from the list and from
// the letter; the list says where the message belongs now, also after undo.
func TestOneKeyDecidesOnALink(t *testing.T) {
	program := uitest.Program(t, false)
	berg := fill(t, program, 0)
	store, err := program.Mail.Store()
	if err != nil {
		t.Fatal(err)
	}
	folders, err := store.Folders("")
	if err != nil {
		t.Fatal(err)
	}
	raw := []byte("From: Ola <ola@bergsag.example>\r\nTo: post@fylke.example\r\nSubject: Frå Ola\r\nDate: Mon, 9 Mar 2026 09:00:00 +0100\r\nMessage-ID: <ola@x>\r\n\r\nHei")
	if err := store.Add(folders[0], []post.Arrived{{UID: 91, Raw: raw, Key: post.Key(raw), Index: parse.Index(raw)}}); err != nil {
		t.Fatal(err)
	}
	if err := program.Mail.Read(t.Context()); err != nil {
		t.Fatal(err)
	}
	w := uitest.Window(t, program)
	p := New(w.Env, post.Key(raw)).(*Page)
	w.Show(p)
	const name, column = "Berg Sag og Høvleri AS", 4
	belongs := func(want, what string) {
		t.Helper()
		r := p.rows[post.Key(raw)]
		if got := p.cells(&r, false)[column]; got != want {
			t.Errorf("%s: the list says %q, want %q", what, got, want)
		}
	}
	undo := func() {
		t.Helper()
		if _, err := program.Workspace.Undo(); err != nil {
			t.Fatal(err)
		}
	}
	belongs("", "proposed")
	uitest.Has(t, p.Content(), "Hører kanskje til "+name, "G kobler")
	w.Picture("mail-proposed")
	p.focus(p.grid)
	w.Write("x") // is no decision
	belongs("", "another letter")
	w.Write("g")
	belongs(name, "accepted")
	uitest.HasNot(t, p.Content(), "Hører kanskje til")
	w.Write("g")
	if last := w.Shell.Toasts[len(w.Shell.Toasts)-1]; !strings.HasPrefix(last, "Ingen kobling er foreslått") {
		t.Error(last)
	}
	if all, err := data.Live[data.MailLink](program.Workspace, "", ""); err != nil || len(all) != 1 || all[0].Record != berg {
		t.Error(all, err)
	}
	undo()
	belongs("", "accepted and undone")
	uitest.Has(t, p.Content(), "Hører kanskje til "+name)
	w.Write("A")
	belongs("", "refused")
	uitest.Has(t, p.Content(), "Ikke koblet til noe ennå")
	undo()
	uitest.Has(t, p.Content(), "Hører kanskje til "+name)
	w.Shell.Window().Canvas().Focus(p.reader.scroll)
	w.Write("G")
	belongs(name, "accepted in the letter")
	if len(w.Shell.Failed) > 0 {
		t.Error(w.Shell.Failed)
	}
}
