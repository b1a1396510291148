package data

// PortalFile is a portal's list of fields that the user added. Its id is the
// portal's.
type PortalFile struct {
	Row
	Name    string `db:"name" json:"name"`
	Content string `db:"content" json:"content"`
	Added   string `db:"added" json:"added"`
}

// Kind names the table.
func (*PortalFile) Kind() string { return "portal_file" }

// Transfer notes that a field of an application was copied into a portal. There
// is one for each application, portal and field.
type Transfer struct {
	Row
	Application string `db:"application" json:"application"`
	Portal      string `db:"portal" json:"portal"`
	Field       string `db:"field" json:"field"`
	// SHA256 is of the text that was copied, which is a blob; "" when the note was
	// taken back.
	SHA256 string `db:"sha256" json:"sha256"`
	Time   string `db:"time" json:"time"` // RFC 3339, UTC
	Actor  string `db:"actor" json:"actor"`
}

// Kind names the table.
func (*Transfer) Kind() string { return "transfer" }

// Transfers are the notes of an application for one portal.
func Transfers(r Reader, application, portal string) ([]Transfer, error) {
	return Live[Transfer](r, "application = ? AND portal = ?", "field, id", application, portal)
}

// NoteTransfer notes that text was copied into a portal's field, or takes the
// note back.
func (tx *Tx) NoteTransfer(application, portal, field, text string, copied bool) error {
	all, err := Live[Transfer](tx, "application = ? AND portal = ? AND field = ?", "id", application, portal, field)
	if err != nil {
		return err
	}
	note := Transfer{Application: application, Portal: portal, Field: field}
	if len(all) > 0 {
		note = all[0]
	}
	if !copied {
		if note.ID == "" || note.SHA256 == "" {
			return nil
		}
		note.SHA256, note.Time, note.Actor = "", "", ""
		return tx.Put(&note)
	}
	if note.SHA256, err = tx.PutBlob([]byte(text)); err != nil {
		return err
	}
	note.Time, note.Actor = tx.Now(), tx.Actor()
	return tx.Put(&note)
}

// Receipt is the portal's receipt for a version that was handed in. Its bytes
// are a blob.
type Receipt struct {
	Row
	Application string `db:"application" json:"application"`
	Version     string `db:"version" json:"version"`
	FileName    string `db:"file_name" json:"fileName"`
	MediaType   string `db:"media_type" json:"mediaType"`
	Size        int64  `db:"size" json:"size"` // bytes
	SHA256      string `db:"sha256" json:"sha256"`
	Added       string `db:"added" json:"added"` // RFC 3339, UTC
	Actor       string `db:"actor" json:"actor"`
}

// Kind names the table.
func (*Receipt) Kind() string { return "receipt" }
