package post

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"regexp"
	"slices"
	"strings"
	"time"

	"kompetansepilot/data"
)

// mostReferences is how many earlier messages count; longer lists are hostile.
const mostReferences = 20

// nearness is how long after a letter an answer that names nothing may come.
const nearness = 30 * 24 * time.Hour

// answerPrefix is what mail programs put before the subject of an answer or of a
// letter that is sent on.
var answerPrefix = regexp.MustCompile(`(?i)^\s*(?:re|sv|vs|aw|antw|fwd?|svar|videresendt|vidaresendt)\s*(?:\[\d{1,3}\])?\s*:\s*`)

// BaseSubject is a subject without what programs put before it, and whether they had
// put anything there (RFC 5256 2.1, with the Norwegian words).
func BaseSubject(subject string) (base string, answer bool) {
	base = strings.TrimSpace(subject)
	for range 20 {
		end := answerPrefix.FindString(base)
		if end == "" {
			break
		}
		base, answer = strings.TrimSpace(base[len(end):]), true
	}
	return base, answer
}

// leastSubject is how many letters a subject must have to say that two letters belong
// together.
const leastSubject = 4

// subjectKey is the same for letters about the same between the same people; "" when
// the subject or the people say too little.
func subjectKey(subject string, people []string) string {
	base, _ := BaseSubject(subject)
	if base = data.Fold(base); len([]rune(base)) < leastSubject {
		return ""
	}
	people = slices.Clone(people)
	slices.Sort(people)
	people = slices.DeleteFunc(slices.Compact(people), func(p string) bool { return p == "" })
	if len(people) < 2 {
		return ""
	}
	sum := sha256.Sum256([]byte(base + "\n" + strings.Join(people, "\n")))
	return hex.EncodeToString(sum[:12])
}

// peopleOf are the addresses of a message in lower case, the sender first.
func peopleOf(x *Index) []string {
	people := []string{strings.ToLower(x.From.Address)}
	for _, r := range x.Receivers {
		people = append(people, strings.ToLower(r.Address))
	}
	return people
}

// orphan tells whether a message is an answer that names nothing that it answers.
func orphan(x *Index) bool {
	_, answer := BaseSubject(x.Subject)
	return answer && len(x.References) == 0 && x.Conversation == ""
}

// conversationID is how Outlook's Thread-Index stands among the Message-IDs. Letters
// that were made of one template have it in common too, so the subject must agree.
func conversationID(x *Index) string {
	if x.Conversation == "" {
		return ""
	}
	base, _ := BaseSubject(x.Subject)
	sum := sha256.Sum256([]byte(data.Fold(base)))
	return "\x00" + x.Conversation + hex.EncodeToString(sum[:8])
}

// thread is the thread of a message: that of the messages it refers to, which it
// may join together. A message that comes late finds the thread that others named
// it in, so the order in which they come does not count. An answer that names
// nothing belongs to what was written shortly before about the same between the
// same people.
func (a *adder) thread(m *Arrived, date time.Time, key string) (int64, error) {
	ids := m.Index.References
	ids = slices.Clone(ids[max(0, len(ids)-mostReferences):])
	for _, id := range []string{m.Index.MessageID, conversationID(&m.Index)} {
		if id != "" {
			ids = append(ids, id)
		}
	}
	thread := int64(0)
	take := func(t int64) error {
		if thread == 0 || t == thread {
			thread = t
			return nil
		}
		return a.join(t, thread)
	}
	var unknown []string
	for _, id := range ids {
		var t int64
		err := a.ref.QueryRow(id).Scan(&t)
		if errors.Is(err, sql.ErrNoRows) {
			unknown = append(unknown, id)
			continue
		}
		if err != nil {
			return 0, err
		}
		if err := take(t); err != nil {
			return 0, err
		}
	}
	near, err := a.near(m, date, key)
	if err != nil {
		return 0, err
	}
	for _, t := range near {
		if err := take(t); err != nil {
			return 0, err
		}
	}
	if thread == 0 {
		if err := a.tx.QueryRow("SELECT 1 + max(coalesce((SELECT max(thread) FROM message), 0), coalesce((SELECT max(thread) FROM reference), 0))").Scan(&thread); err != nil {
			return 0, err
		}
	}
	for _, id := range unknown {
		if _, err := a.refSet.Exec(id, thread); err != nil {
			return 0, err
		}
	}
	return thread, nil
}

// near are the threads that a message belongs to by its subject alone: those of the
// answers to it that name nothing, and when it is such an answer itself, those of what
// came before.
func (a *adder) near(m *Arrived, date time.Time, key string) ([]int64, error) {
	if key == "" {
		return nil, nil
	}
	before := date
	if orphan(&m.Index) {
		before = date.Add(-nearness)
	}
	rows, err := a.alike.Query(key, date.Unix(), date.Add(nearness).Unix(), before.Unix(), date.Unix(), orphan(&m.Index))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []int64
	for rows.Next() {
		var t int64
		if err := rows.Scan(&t); err != nil {
			return nil, err
		}
		all = append(all, t)
	}
	return all, rows.Err()
}

// join makes one thread of two.
func (a *adder) join(from, to int64) error {
	if _, err := a.tx.Exec("UPDATE message SET thread = ? WHERE thread = ?", to, from); err != nil {
		return err
	}
	if _, err := a.tx.Exec("DELETE FROM owed WHERE thread = ?", from); err != nil {
		return err
	}
	_, err := a.tx.Exec("UPDATE reference SET thread = ? WHERE thread = ?", to, from)
	return err
}
