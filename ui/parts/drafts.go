package parts

import (
	"cmp"
	"reflect"

	"kompetansepilot/ui/kit"
)

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

// closed notes what the dialog of a record holds when it is closed. done is set when
// there is nothing to keep: it was saved, or the record is gone.
func (d drafts[T]) closed(f *fold, id string, done bool, stored T, now func() T) {
	key := f.key(id)
	if !done {
		if written := now(); !reflect.DeepEqual(stored, written) {
			d[key] = written
			f.env.Shell.Toast(f.words.T("agreement.notSaved"), false)
			return
		}
	}
	delete(d, key)
}

// dialog shows a dialog about a record: a new one, or one that can be deleted there.
func (f *fold) dialog(fresh bool, title, titleNew string, onDelete func(), c kit.Custom) *kit.Dialog {
	c.Title, c.Verb, c.Width = title, f.words.T("agreement.save"), cmp.Or(c.Width, dialogWidth)
	if fresh {
		c.Title = titleNew
	} else {
		c.Buttons = append(c.Buttons, kit.NewButton(f.words.T("agreement.delete"), onDelete))
	}
	return kit.ShowCustom(f.env.Shell.Window(), f.words, c)
}

// key tells a record, or a new one of an owner, from others.
func (f *fold) key(id string) string {
	if id == "" {
		return "new/" + f.owner.key()
	}
	return id
}
