package imap

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

func portText(port int) string { return strconv.Itoa(port) }

// Folders implements Box.
func (b *client) Folders(ctx context.Context) ([]Folder, error) {
	var all []*imap.ListData
	err := b.do(ctx, batchTime, func() (err error) {
		var options *imap.ListOptions
		if b.caps.Has(imap.CapSpecialUse) && b.caps.Has(imap.CapListExtended) {
			options = &imap.ListOptions{ReturnSpecialUse: true}
		}
		all, err = b.c.List("", "*", options).Collect()
		return err
	})
	if err != nil {
		return nil, err
	}
	var folders []Folder
	for _, f := range all {
		if slices.Contains(f.Attrs, imap.MailboxAttrNoSelect) || slices.Contains(f.Attrs, imap.MailboxAttrNonExistent) {
			continue
		}
		folders = append(folders, Folder{Name: f.Mailbox, Role: roleOf(f)})
	}
	slices.SortStableFunc(folders, func(a, b Folder) int {
		return cmp.Or(cmp.Compare(rank(a.Role), rank(b.Role)), cmp.Compare(a.Name, b.Name))
	})
	return onlyOne(folders), nil
}

// Status implements Box.
func (b *client) Status(ctx context.Context, names []string) ([]State, error) {
	var all []State
	err := b.do(ctx, batchTime, func() error {
		options := &imap.StatusOptions{NumMessages: true, UIDNext: true, UIDValidity: true, HighestModSeq: b.caps.Has(imap.CapCondStore)}
		commands := make([]*imapclient.StatusCommand, len(names))
		for i, name := range names {
			commands[i] = b.c.Status(name, options)
		}
		for i, command := range commands {
			got, err := command.Wait()
			var no *imap.Error
			switch {
			case errors.As(err, &no): // not there any more, or no right to it
				continue
			case err != nil:
				return err
			}
			s := State{Name: names[i], UIDValidity: got.UIDValidity, UIDNext: uint32(got.UIDNext), HighestModSeq: got.HighestModSeq}
			if got.NumMessages != nil {
				s.Messages = *got.NumMessages
			}
			all = append(all, s)
		}
		return nil
	})
	return all, err
}

// Examine implements Box.
func (b *client) Examine(ctx context.Context, name string) (State, error) {
	var got *imap.SelectData
	err := b.do(ctx, batchTime, func() (err error) {
		got, err = b.c.Select(name, &imap.SelectOptions{ReadOnly: true, CondStore: b.caps.Has(imap.CapCondStore)}).Wait()
		return err
	})
	if err != nil {
		return State{}, err
	}
	return State{Name: name, UIDValidity: got.UIDValidity, UIDNext: uint32(got.UIDNext), Messages: got.NumMessages, HighestModSeq: got.HighestModSeq}, nil
}

// UIDs implements Box.
func (b *client) UIDs(ctx context.Context) ([]uint32, error) {
	return b.search(ctx, &imap.SearchCriteria{})
}

// Since implements Box.
func (b *client) Since(ctx context.Context, day time.Time) ([]uint32, error) {
	return b.search(ctx, &imap.SearchCriteria{Since: day})
}

func (b *client) search(ctx context.Context, criteria *imap.SearchCriteria) ([]uint32, error) {
	var options *imap.SearchOptions
	if b.caps.Has(imap.CapESearch) {
		options = &imap.SearchOptions{ReturnAll: true}
	}
	var uids []uint32
	err := b.do(ctx, batchTime, func() error {
		got, err := b.c.UIDSearch(criteria, options).Wait()
		if err != nil {
			return err
		}
		for _, uid := range got.AllUIDs() {
			uids = append(uids, uint32(uid))
		}
		return nil
	})
	slices.Sort(uids)
	return slices.Compact(uids), err
}

// Flags implements Box.
func (b *client) Flags(ctx context.Context, since uint64, each func(uid uint32, f Flags)) error {
	return b.do(ctx, batchTime, func() error {
		options := &imap.FetchOptions{UID: true, Flags: true}
		if since > 0 {
			options.ChangedSince = since
		}
		command := b.c.Fetch(imap.UIDSet{imap.UIDRange{Start: 1, Stop: 0}}, options)
		for message := command.Next(); message != nil; message = command.Next() {
			m, _, err := collect(message, nil)
			if err != nil {
				_ = command.Close() // the first error says more
				return err
			}
			if m.UID > 0 {
				each(m.UID, m.Flags)
			}
		}
		return command.Close()
	})
}

// Headers implements Box.
func (b *client) Headers(ctx context.Context, uids []uint32, each func(m Meta, header []byte) error) error {
	if len(uids) == 0 {
		return nil
	}
	wanted := set(uids)
	return b.do(ctx, batchTime, func() error {
		command := b.c.Fetch(uidSet(uids), &imap.FetchOptions{UID: true, Flags: true, InternalDate: true, RFC822Size: true,
			BodySection: []*imap.FetchItemBodySection{{Specifier: imap.PartSpecifierHeader, Peek: true}}})
		for message := command.Next(); message != nil; message = command.Next() {
			var header []byte
			m, got, err := collect(message, func(r io.Reader) (err error) {
				header, err = io.ReadAll(r)
				return err
			})
			if err == nil && got && wanted[m.UID] {
				err = each(m, header)
			}
			if err != nil {
				_ = command.Close() // the first error says more
				return err
			}
		}
		return command.Close()
	})
}

// Bodies implements Box. A server may send a message's number after the message;
// the library loses those, so the missing are asked for by sequence number.
func (b *client) Bodies(ctx context.Context, uids []uint32, each func(m Meta, body io.Reader) error) (missing []uint32, err error) {
	if len(uids) == 0 {
		return nil, nil
	}
	left := set(uids)
	err = b.do(ctx, batchTime, func() error { return b.bodies(uidSet(uids), left, each) })
	if err != nil {
		return nil, err
	}
	if len(left) > 0 {
		if err := b.oneByOne(ctx, left, each); err != nil {
			return nil, err
		}
	}
	for _, uid := range uids {
		if left[uid] {
			missing = append(missing, uid)
		}
	}
	return missing, nil
}

// oneByOne asks for the messages that are left by their place in the folder, one
// at a time: by place the library finds the number also where it comes last.
func (b *client) oneByOne(ctx context.Context, left map[uint32]bool, each func(m Meta, body io.Reader) error) error {
	all, err := b.UIDs(ctx)
	if err != nil {
		return err
	}
	for i, uid := range all {
		if !left[uid] {
			continue
		}
		err := b.do(ctx, batchTime, func() error { return b.placed(uint32(i+1), uid, left, each) })
		if err != nil {
			return err
		}
	}
	return nil
}

// placed fetches the message at a place; it counts when it has the number that is
// wanted.
func (b *client) placed(place, uid uint32, left map[uint32]bool, each func(m Meta, body io.Reader) error) error {
	command := b.c.Fetch(imap.SeqSetNum(place), &imap.FetchOptions{UID: true, Flags: true, InternalDate: true, RFC822Size: true,
		BodySection: []*imap.FetchItemBodySection{{Peek: true}}})
	var content []byte
	var found Meta
	for message := command.Next(); message != nil; message = command.Next() {
		m, _, err := collect(message, func(r io.Reader) (err error) {
			content, err = io.ReadAll(r)
			return err
		})
		if err != nil {
			_ = command.Close() // the first error says more
			return err
		}
		if m.UID == uid {
			found = m
		}
	}
	var no *imap.Error
	if err := command.Close(); errors.As(err, &no) {
		return nil // this one cannot be had; the others can
	} else if err != nil {
		return err
	}
	if found.UID == 0 || len(content) == 0 {
		return nil
	}
	if err := each(found, bytes.NewReader(content)); err != nil {
		return err
	}
	delete(left, uid)
	return nil
}

// bodies fetches whole messages and strikes them from left.
func (b *client) bodies(numbers imap.NumSet, left map[uint32]bool, each func(m Meta, body io.Reader) error) error {
	command := b.c.Fetch(numbers, &imap.FetchOptions{UID: true, Flags: true, InternalDate: true, RFC822Size: true,
		BodySection: []*imap.FetchItemBodySection{{Peek: true}}})
	for message := command.Next(); message != nil; message = command.Next() {
		var m Meta
		err := items(message, &m, func(r io.Reader) error {
			if !left[m.UID] { // not asked for, or given before
				_, err := io.Copy(io.Discard, r)
				return err
			}
			counted := &counter{r: r}
			if err := each(m, counted); err != nil {
				return err
			}
			if _, err := io.Copy(io.Discard, counted); err != nil {
				return err
			}
			if counted.n == 0 { // NIL, or an empty text for a message that has a size
				return nil
			}
			delete(left, m.UID)
			return nil
		})
		if err != nil {
			_ = command.Close() // the first error says more
			return err
		}
	}
	return command.Close()
}

type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// collect reads a message's items; body, which may be nil, gets the content.
func collect(message *imapclient.FetchMessageData, body func(io.Reader) error) (m Meta, got bool, err error) {
	err = items(message, &m, func(r io.Reader) error {
		got = true
		if body == nil {
			_, err := io.Copy(io.Discard, r)
			return err
		}
		return body(r)
	})
	return m, got, err
}

func items(message *imapclient.FetchMessageData, m *Meta, body func(io.Reader) error) error {
	var first error
	for item := message.Next(); item != nil; item = message.Next() {
		switch item := item.(type) {
		case imapclient.FetchItemDataUID:
			m.UID = uint32(item.UID)
		case imapclient.FetchItemDataFlags:
			m.Flags = flags(item.Flags)
		case imapclient.FetchItemDataInternalDate:
			m.Internal = item.Time
		case imapclient.FetchItemDataRFC822Size:
			m.Size = item.Size
		case imapclient.FetchItemDataBodySection:
			if item.Literal != nil && first == nil {
				m.Length = item.Literal.Size()
				first = body(item.Literal)
			} else if item.Literal != nil {
				_, _ = io.Copy(io.Discard, item.Literal) // so that the library goes on
			}
		}
	}
	return first
}

func flags(all []imap.Flag) Flags {
	var f Flags
	for _, flag := range all {
		switch flag {
		case imap.FlagSeen:
			f.Seen = true
		case imap.FlagAnswered:
			f.Answered = true
		case imap.FlagFlagged:
			f.Flagged = true
		case imap.FlagDraft:
			f.Draft = true
		case imap.FlagForwarded:
			f.Forwarded = true
		}
	}
	return f
}

func set(uids []uint32) map[uint32]bool {
	all := make(map[uint32]bool, len(uids))
	for _, uid := range uids {
		all[uid] = true
	}
	return all
}

func uidSet(uids []uint32) imap.UIDSet {
	var s imap.UIDSet
	for _, uid := range uids {
		s.AddNum(imap.UID(uid))
	}
	return s
}

// Idle implements Box.
func (b *client) Idle(ctx context.Context, news func()) error {
	if !b.caps.Has(imap.CapIdle) {
		return ErrNoIdle
	}
	b.mu.Lock()
	b.news = news
	b.mu.Unlock()
	defer func() {
		b.mu.Lock()
		b.news = nil
		b.mu.Unlock()
	}()
	b.conn.SetStall(idleTime + stall)
	defer b.conn.SetStall(stall)
	for ctx.Err() == nil {
		idle, err := b.c.Idle()
		if err != nil {
			return b.explain(err)
		}
		timer := time.NewTimer(idleTime)
		select {
		case <-ctx.Done():
		case <-timer.C:
		case <-b.c.Closed():
		}
		timer.Stop()
		end := context.WithoutCancel(ctx)
		if err := b.do(end, dialTime, func() error { return errors.Join(idle.Close(), idle.Wait()) }); err != nil {
			return err
		}
	}
	return nil
}

// Find implements Box.
func (b *client) Find(ctx context.Context, folder, messageID string) ([]uint32, error) {
	if _, err := b.Examine(ctx, folder); err != nil {
		return nil, err
	}
	return b.search(ctx, &imap.SearchCriteria{Header: []imap.SearchCriteriaHeaderField{{Key: "Message-ID", Value: messageID}}})
}

// Append implements Box.
func (b *client) Append(ctx context.Context, folder string, message []byte, at time.Time) (uid uint32, err error) {
	err = b.do(ctx, batchTime, func() error {
		command := b.c.Append(folder, int64(len(message)), &imap.AppendOptions{Flags: []imap.Flag{imap.FlagDraft, imap.FlagSeen}, Time: at})
		_, writing := command.Write(message)
		closing := command.Close()
		got, err := command.Wait()
		switch {
		case err != nil: // says more than that writing failed
			return err
		case writing != nil || closing != nil:
			return fmt.Errorf("append: %w", errors.Join(writing, closing))
		}
		uid = uint32(got.UID)
		return nil
	})
	return uid, err
}
