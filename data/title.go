package data

import (
	"slices"
	"strings"
)

// titleOf is SQL for what a person knows a record by: row r of the kind's table
// in the database schema. Settings are known by their ids.
func titleOf(kind, schema string) string {
	switch kind {
	case "application":
		return "coalesce((SELECT text FROM " + schema + ".value WHERE record = r.id AND field = 'title'), '')"
	case "goal", "interaction", "task":
		return "r.text"
	case "person_at":
		return "coalesce((SELECT name FROM " + schema + ".person WHERE id = r.person), '')"
	case "interaction_with":
		return "coalesce((SELECT name FROM " + schema + ".person WHERE id = r.person), (SELECT name FROM " + schema + ".organisation WHERE id = r.organisation), '')"
	case "erasure":
		return "r.date"
	case "budget_row":
		return "CASE r.label WHEN '' THEN r.type ELSE r.label END"
	case "evidence":
		return "r.reference"
	case "attachment":
		return "CASE r.title WHEN '' THEN r.file_name ELSE r.title END"
	case "made_document":
		return "r.file_name"
	case "state_aid":
		return "CASE r.scheme WHEN '' THEN r.donor ELSE r.scheme END"
	case "agreement":
		return "CASE r.name WHEN '' THEN r.file_name ELSE r.name END"
	case "signature":
		return "CASE r.party WHEN '' THEN r.name ELSE r.party END"
	case "need":
		return "CASE r.text WHEN '' THEN r.own_words ELSE r.text END"
	case "interview":
		return "coalesce((SELECT name FROM " + schema + ".organisation WHERE id = r.organisation), r.date)"
	case "term_correction":
		return "r.word"
	case "pool_need":
		return "coalesce((SELECT CASE text WHEN '' THEN own_words ELSE text END FROM " + schema + ".need WHERE id = r.need), '')"
	case "match_decision":
		return "coalesce((SELECT name FROM " + schema + ".offering WHERE id = r.offering), '')"
	case "reply":
		return "coalesce((SELECT o.name FROM " + schema + ".enquiry e JOIN " + schema + ".organisation o ON o.id = e.organisation WHERE e.id = r.enquiry), '')"
	case "participation":
		return "coalesce((SELECT name FROM " + schema + ".organisation WHERE id = r.organisation), r.name)"
	case "participant":
		return "coalesce((SELECT name FROM " + schema + ".person WHERE id = r.person), r.name)"
	case "setting":
		return "r.id"
	case "not_same":
		return "coalesce((SELECT name FROM " + schema + ".organisation WHERE id = r.first), '')"
	case "transfer", "need_figures":
		return "r.field"
	case "receipt":
		return "r.file_name"
	case "mail_account":
		return "r.address"
	case "mail_never", "mail_learned":
		return "r.pattern"
	case "mail_link", "mail_decision", "mail_mark":
		return "r.message"
	case "mail_draft":
		return "r.subject"
	}
	return "r.name"
}

// Titles are what a person knows records of one kind by, by id. Those in the
// trash are there too; those that do not exist are left out.
func (w *Workspace) Titles(kind string, ids []string) (map[string]string, error) {
	return titles(w, kind, ids)
}

func titles(r Reader, kind string, ids []string) (map[string]string, error) {
	all := make(map[string]string, len(ids))
	if planOfKind(kind) == nil {
		return all, nil
	}
	for chunk := range slices.Chunk(ids, 100) {
		args := make([]any, len(chunk))
		for i, id := range chunk {
			args[i] = id
		}
		rows, err := r.query("SELECT r.id, "+titleOf(kind, "main")+" FROM "+kind+" r WHERE r.id IN (?"+strings.Repeat(", ?", len(chunk)-1)+")", args...)
		if err != nil {
			return nil, err
		}
		for rows.Next() {
			var id, title string
			if err := rows.Scan(&id, &title); err != nil {
				rows.Close()
				return nil, r.translate("read titles", err)
			}
			all[id] = title
		}
		if err := rows.Err(); err != nil {
			return nil, r.translate("read titles", err)
		}
		rows.Close()
	}
	return all, nil
}
