// Package sync fetches a mailbox into the mail store: what is new, what is gone,
// and which marks have changed. The server's mailbox is only read.
//
// The list of all messages is asked for each time (20 000 cost ten milliseconds),
// so that a hole that an earlier failure left is filled whatever the server says
// of its counters. Headers come first, newest first, so that the list can be used
// at once; whole messages follow in batches, each stored as one transaction before
// the next counts.
package sync

import (
	"cmp"
	"context"
	"errors"
	"io"
	"log/slog"
	"slices"
	gosync "sync"
	"time"

	"kompetansepilot/app/mail/imap"
	"kompetansepilot/data"
	"kompetansepilot/data/post"
)

// Sizes of what is asked for at once.
const (
	headerWindow = 500
	batchCount   = 200
	batchSize    = 8 << 20
	mostFlags    = 100_000 // more messages than that are asked for changed flags only
	// A second connection is worth its sign-in from so many batches on.
	manyBatches = 4
)

// Job is one sync of an account.
type Job struct {
	Account string // id of its record
	Store   *post.Store
	// Dial makes a connection. It is called twice when much is to be fetched.
	Dial func(ctx context.Context) (imap.Box, error)
	// Wanted tells whether a folder is to be fetched and how many days back, 0 for
	// all.
	Wanted func(f imap.Folder) (want bool, days int)
	// Index reads a header or a message.
	Index func(raw []byte) post.Index
	// Withhold tells which messages are not to be kept.
	Withhold func(x *post.Index) bool
	// Progress, which may be nil, is told how far it is. It may be called from any
	// goroutine.
	Progress func(Progress)
	// Now is the clock; nil is time.Now.
	Now func() time.Time
}

// Progress tells how far a sync is.
type Progress struct {
	Folder    string
	Done, All int // messages of the folder that were to be fetched
}

// Result is what a sync did.
type Result struct {
	Folders []FolderResult
	// Notices are what the server said to people.
	Notices []string
}

// FolderResult is what it did in a folder.
type FolderResult struct {
	Name    string
	New     int   // messages that came whole
	Gone    int   // that are no longer on the server
	Failed  int   // that the server could not give
	Bytes   int64 // that came
	Seconds float64
	Err     error // why the folder is not whole; nil when it is
}

// Run syncs the account. What was stored stays when it ends with an error, and
// the next run goes on from there. An error of one folder does not keep the others
// from being synced, unless the connection is lost.
func (j *Job) Run(ctx context.Context) (Result, error) {
	var r Result
	box, err := j.Dial(ctx)
	if err != nil {
		return r, err
	}
	defer box.Close()
	folders, err := box.Folders(ctx)
	if err != nil {
		return r, err
	}
	folders = slices.DeleteFunc(folders, func(f imap.Folder) bool {
		want, _ := j.Wanted(f)
		return !want
	})
	names := make([]string, len(folders))
	for i, f := range folders {
		names[i] = f.Name
	}
	states, err := box.Status(ctx, names)
	if err != nil {
		return r, err
	}
	byName := map[string]imap.State{}
	for _, s := range states {
		byName[s.Name] = s
	}
	for _, f := range folders {
		start := j.now()
		one, err := j.folder(ctx, box, f, byName[f.Name])
		one.Seconds = j.now().Sub(start).Seconds()
		one.Err = err
		r.Folders = append(r.Folders, one)
		if err != nil && lost(err) {
			r.Notices = box.Notices()
			return r, err
		}
	}
	r.Notices = box.Notices()
	return r, nil
}

func (j *Job) now() time.Time {
	if j.Now != nil {
		return j.Now()
	}
	return time.Now()
}

// lost tells whether the connection cannot be used any more.
func lost(err error) bool {
	switch data.Code(err) {
	case imap.CodeRefused, imap.CodeNoFolder, imap.CodeFull:
		return false
	}
	return true
}

// folder syncs one folder.
func (j *Job) folder(ctx context.Context, box imap.Box, f imap.Folder, state imap.State) (FolderResult, error) {
	r := FolderResult{Name: f.Name}
	kept, err := j.Store.FolderOf(j.Account, f.Name, string(f.Role))
	if err != nil {
		return r, err
	}
	held, err := j.Store.Held(kept)
	if err != nil {
		return r, err
	}
	if unchanged(kept, state) && complete(held) {
		kept.Checked = j.now().Unix()
		return r, j.Store.Done(kept)
	}
	if state, err = box.Examine(ctx, f.Name); err != nil {
		return r, err
	}
	if len(held) > 0 && renumbered(kept, state) {
		// The numbers are others now. The messages find their places again by their
		// headers; none is fetched twice and none is lost.
		if err := j.Store.Unplace(kept); err != nil {
			return r, err
		}
		held = map[uint32]bool{}
		kept.ModSeq = 0
	}
	if kept.UIDValidity != state.UIDValidity { // before the first message counts under it
		kept.UIDValidity, kept.UIDNext = state.UIDValidity, 0
		if err := j.Store.Done(kept); err != nil {
			return r, err
		}
	}
	remote, err := box.UIDs(ctx)
	if err != nil {
		return r, err
	}
	if err := j.gone(kept, held, remote, &r); err != nil {
		return r, err
	}
	if err := j.flags(ctx, box, kept, state, held); err != nil {
		return r, err
	}
	unseen, part, err := j.missing(ctx, box, f, held, remote)
	if err != nil {
		return r, err
	}
	if err := j.fetch(ctx, box, kept, f, unseen, part, &r); err != nil {
		return r, err
	}
	kept.UIDNext, kept.ModSeq, kept.Messages, kept.Checked = state.UIDNext, state.HighestModSeq, uint32(len(remote)), j.now().Unix()
	return r, j.Store.Done(kept)
}

// renumbered tells whether a number may stand for another message than when it was
// kept. A server that does not say under what the numbers count, or has begun to
// count anew, is not believed.
func renumbered(kept post.Folder, s imap.State) bool {
	return s.UIDValidity == 0 || kept.UIDValidity != s.UIDValidity || s.UIDNext != 0 && s.UIDNext < kept.UIDNext
}

// unchanged tells whether the server says of a folder what it said last time. A
// server that leaves one of the numbers out is asked for all.
func unchanged(kept post.Folder, s imap.State) bool {
	return s.UIDValidity != 0 && s.UIDNext != 0 && s.HighestModSeq != 0 && kept.Checked != 0 &&
		kept.UIDValidity == s.UIDValidity && kept.UIDNext == s.UIDNext && kept.ModSeq == s.HighestModSeq && kept.Messages == s.Messages
}

func complete(held map[uint32]bool) bool {
	for _, whole := range held {
		if !whole {
			return false
		}
	}
	return true
}

// gone notes what is no longer there.
func (j *Job) gone(kept post.Folder, held map[uint32]bool, remote []uint32, r *FolderResult) error {
	var gone []uint32
	for uid := range held {
		if _, there := slices.BinarySearch(remote, uid); !there {
			gone = append(gone, uid)
		}
	}
	r.Gone = len(gone)
	slices.Sort(gone)
	return j.Store.Gone(kept, gone)
}

// flags reads the flags of what is here: those that changed where the server can
// tell, else all.
func (j *Job) flags(ctx context.Context, box imap.Box, kept post.Folder, state imap.State, held map[uint32]bool) error {
	if len(held) == 0 {
		return nil
	}
	since := uint64(0)
	if state.HighestModSeq > 0 && kept.ModSeq > 0 {
		if since = kept.ModSeq; since == state.HighestModSeq {
			return nil
		}
	} else if len(held) > mostFlags {
		return nil
	}
	all := map[uint32]post.Flags{}
	if err := box.Flags(ctx, since, func(uid uint32, f imap.Flags) {
		if _, ok := held[uid]; ok {
			all[uid] = bits(f)
		}
	}); err != nil {
		return err
	}
	return j.Store.SetFlags(kept, all)
}

func bits(f imap.Flags) post.Flags {
	var all post.Flags
	for on, bit := range map[post.Flags]bool{post.Seen: f.Seen, post.Answered: f.Answered, post.Flagged: f.Flagged, post.Draft: f.Draft, post.Forwarded: f.Forwarded} {
		if bit {
			all |= on
		}
	}
	return all
}

// missing are the messages that are not here, and those of which only the header
// is; newest first.
func (j *Job) missing(ctx context.Context, box imap.Box, f imap.Folder, held map[uint32]bool, remote []uint32) (unseen, part []uint32, err error) {
	wanted := remote
	if _, days := j.Wanted(f); days > 0 {
		if wanted, err = box.Since(ctx, j.now().AddDate(0, 0, -days)); err != nil {
			return nil, nil, err
		}
	}
	for _, uid := range slices.Backward(wanted) {
		whole, here := held[uid]
		switch {
		case !here:
			unseen = append(unseen, uid)
		case !whole:
			part = append(part, uid)
		}
	}
	return unseen, part, nil
}

// sized is a message that is to be fetched.
type sized struct {
	uid  uint32
	size int64
}

// fetch gets the headers of what is not here, then the whole of all that is not
// whole.
func (j *Job) fetch(ctx context.Context, box imap.Box, kept post.Folder, f imap.Folder, unseen, part []uint32, r *FolderResult) error {
	all, err := j.list(ctx, box, kept, f, unseen)
	if err != nil {
		return err
	}
	for _, uid := range part {
		all = append(all, sized{uid: uid})
	}
	return j.bodies(ctx, box, kept, f, all, r)
}

// listed is a window of headers that came.
type listed struct {
	window []uint32
	batch  []post.Arrived
	left   []sized
	err    error
}

// list gets and stores headers, newest first; one window is stored while the next one
// comes. It gives what is to be fetched whole, in the same order.
func (j *Job) list(ctx context.Context, box imap.Box, kept post.Folder, f imap.Folder, unseen []uint32) ([]sized, error) {
	ctx, cancel := context.WithCancel(ctx)
	come := make(chan listed)
	var coming gosync.WaitGroup
	coming.Go(func() {
		defer close(come)
		for window := range slices.Chunk(unseen, headerWindow) {
			select {
			case come <- j.headers(ctx, box, f, window):
			case <-ctx.Done():
				return
			}
		}
	})
	defer coming.Wait()
	defer cancel()
	var all []sized
	for l := range come {
		if l.err != nil {
			return nil, l.err
		}
		if err := j.Store.Add(kept, l.batch); err != nil {
			return nil, err
		}
		lacking, err := j.Store.Lacking(kept, l.window)
		if err != nil {
			return nil, err
		}
		left := slices.DeleteFunc(l.left, func(m sized) bool { return !lacking[m.uid] })
		slices.SortFunc(left, func(a, b sized) int { return cmp.Compare(b.uid, a.uid) })
		all = append(all, left...)
	}
	return all, ctx.Err()
}

// headers gets a window of headers.
func (j *Job) headers(ctx context.Context, box imap.Box, f imap.Folder, window []uint32) listed {
	l := listed{window: window}
	ask := slices.Clone(window)
	slices.Sort(ask)
	l.err = box.Headers(ctx, ask, func(m imap.Meta, header []byte) error {
		a := j.arrived(f, m)
		a.Key, a.Index = post.Key(header), j.Index(header)
		if a.Withhold = j.Withhold != nil && j.Withhold(&a.Index); !a.Withhold {
			l.left = append(l.left, sized{m.UID, m.Size})
		}
		l.batch = append(l.batch, a)
		return nil
	})
	return l
}

func (j *Job) arrived(f imap.Folder, m imap.Meta) post.Arrived {
	return post.Arrived{UID: m.UID, Flags: bits(m.Flags), Internal: m.Internal, Size: m.Size, Sent: f.Role == imap.RoleSent}
}

// batches cuts the list so that none holds too many or too much.
func batches(all []sized) [][]uint32 {
	var out [][]uint32
	var now []uint32
	var bytes int64
	for _, m := range all {
		if len(now) > 0 && (len(now) == batchCount || bytes+m.size > batchSize) {
			out, now, bytes = append(out, now), nil, 0
		}
		now, bytes = append(now, m.uid), bytes+m.size
	}
	if len(now) > 0 {
		out = append(out, now)
	}
	return out
}

// bodies gets whole messages, over two connections when there are many. One batch is
// stored while others come.
func (j *Job) bodies(ctx context.Context, box imap.Box, kept post.Folder, f imap.Folder, all []sized, r *FolderResult) error {
	if len(all) == 0 {
		return nil
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	asked := batches(all)
	todo := make(chan []uint32, len(asked))
	for _, uids := range asked {
		todo <- uids
	}
	close(todo)
	come := make(chan fetched)
	var coming gosync.WaitGroup
	coming.Go(func() { j.work(ctx, box, f, todo, come) })
	if len(asked) >= manyBatches {
		coming.Go(func() {
			second, err := j.second(ctx, kept, f)
			if err != nil { // the server may allow one only
				slog.Info("no second connection", "err", err)
				return
			}
			j.work(ctx, second, f, todo, come)
			_ = second.Close() // nothing is lost with it
		})
	}
	go func() { coming.Wait(); close(come) }()
	done := 0
	var failure error
	for b := range come {
		if failure != nil {
			continue
		}
		if failure = b.err; failure == nil {
			failure = j.store(kept, &b, r)
		}
		if failure != nil {
			cancel()
			continue
		}
		done += len(b.uids)
		if j.Progress != nil {
			j.Progress(Progress{Folder: f.Name, Done: done, All: len(all)})
		}
	}
	return errors.Join(failure, ctx.Err())
}

// second is another connection to the folder.
func (j *Job) second(ctx context.Context, kept post.Folder, f imap.Folder) (imap.Box, error) {
	box, err := j.Dial(ctx)
	if err != nil {
		return nil, err
	}
	state, err := box.Examine(ctx, f.Name)
	if err == nil && state.UIDValidity != kept.UIDValidity {
		err = errRenumbered
	}
	if err != nil {
		return nil, errors.Join(err, box.Close())
	}
	return box, nil
}

var errRenumbered = errors.New("the folder has other numbers on the second connection")

// work fetches batches until there are no more, or one fails.
func (j *Job) work(ctx context.Context, box imap.Box, f imap.Folder, todo <-chan []uint32, come chan<- fetched) {
	for uids := range todo {
		b := j.batch(ctx, box, f, uids)
		select {
		case come <- b:
		case <-ctx.Done():
			return
		}
		if b.err != nil {
			return
		}
	}
}

// fetched is a batch that came.
type fetched struct {
	uids    []uint32
	all     []post.Arrived
	missing []uint32
	err     error
}

// batch fetches and reads one batch. When the server refuses it, it is cut in two
// until the message that it cannot give stands alone.
func (j *Job) batch(ctx context.Context, box imap.Box, f imap.Folder, uids []uint32) fetched {
	b := fetched{uids: uids}
	ask := slices.Clone(uids)
	slices.Sort(ask)
	b.missing, b.err = box.Bodies(ctx, ask, func(m imap.Meta, body io.Reader) error {
		raw, err := readBody(body, m.Length)
		if err != nil || len(raw) == 0 {
			return err
		}
		a := j.arrived(f, m)
		a.Raw, a.Key, a.Index = raw, post.Key(raw), j.Index(raw)
		a.Withhold = j.Withhold != nil && j.Withhold(&a.Index)
		b.all = append(b.all, a)
		return nil
	})
	if b.err == nil || lost(b.err) {
		return b
	}
	if len(uids) == 1 {
		return fetched{uids: uids, missing: uids}
	}
	half := len(uids) / 2
	one, two := j.batch(ctx, box, f, uids[:half]), j.batch(ctx, box, f, uids[half:])
	return fetched{uids: uids, all: append(one.all, two.all...), missing: append(one.missing, two.missing...), err: errors.Join(one.err, two.err)}
}

// readBody reads a message that is as long as announced, into no more room than it
// needs.
func readBody(body io.Reader, length int64) ([]byte, error) {
	if length <= 0 {
		return io.ReadAll(body)
	}
	raw := make([]byte, length)
	n, err := io.ReadFull(body, raw)
	if err != nil {
		return nil, err
	}
	return raw[:n], nil
}

func (j *Job) store(kept post.Folder, b *fetched, r *FolderResult) error {
	if err := j.Store.Add(kept, b.all); err != nil {
		return err
	}
	for i := range b.all {
		if !b.all[i].Withhold {
			r.New++
			r.Bytes += int64(len(b.all[i].Raw))
		}
	}
	r.Failed += len(b.missing)
	if len(b.missing) == 0 {
		return nil
	}
	return j.Store.Fail(kept, b.missing)
}
