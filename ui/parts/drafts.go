package parts

import "reflect"

// drafts keep what was written in dialogs that were closed without saving, by
// record, so that it is there when the dialog opens again.
type drafts[T any] map[string]T

// take is what was written in a dialog before, or else what is stored.
func (d drafts[T]) take(key string, stored T) T {
	if written, ok := d[key]; ok {
		return written
	}
	return stored
}

// closed notes what a dialog that is closed without saving holds.
func (d drafts[T]) closed(f *fold, key string, stored, now T) {
	if reflect.DeepEqual(stored, now) {
		delete(d, key)
		return
	}
	d[key] = now
	f.env.Shell.Toast(f.words.T("agreement.notSaved"), false)
}

// key tells a record, or a new one of an owner, from others.
func (f *fold) key(id string) string {
	if id == "" {
		return "new/" + f.owner.key()
	}
	return id
}
