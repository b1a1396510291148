package data_test

import (
	"database/sql"
	"os"
	"strings"
	"testing"
)

// toFormOne takes away all that later migrations brought, so that a test can
// open a file of the first form.
func toFormOne(t *testing.T, db *sql.DB) {
	t.Helper()
	raw, err := os.ReadFile("migrations/00001_records.sql")
	if err != nil {
		t.Fatal(err)
	}
	first, err := sql.Open("sqlite3", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	first.SetMaxOpenConns(1) // a second connection would be another memory
	up, _, _ := strings.Cut(string(raw), "-- +goose Down")
	if _, err := first.Exec(up); err != nil {
		t.Fatal(err)
	}
	then := columnsOf(t, first)
	for table, columns := range columnsOf(t, db) {
		if strings.HasPrefix(table, "goose") || strings.HasPrefix(table, "sqlite") {
			continue
		}
		if then[table] == nil {
			execute(t, db, "DROP TABLE "+table)
			continue
		}
		for column := range columns {
			if !then[table][column] {
				execute(t, db, "ALTER TABLE "+table+" DROP COLUMN "+column)
			}
		}
	}
	execute(t, db, "DELETE FROM cache_state")
	execute(t, db, "DELETE FROM goose_db_version WHERE version_id > 1")
}

func execute(t *testing.T, db *sql.DB, statement string) {
	t.Helper()
	if _, err := db.Exec(statement); err != nil {
		t.Fatal(statement, err)
	}
}

// columnsOf are the columns of each table.
func columnsOf(t *testing.T, db *sql.DB) map[string]map[string]bool {
	t.Helper()
	rows, err := db.Query("SELECT m.name, p.name FROM sqlite_master m, pragma_table_info(m.name) p WHERE m.type = 'table'")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	all := map[string]map[string]bool{}
	for rows.Next() {
		var table, column string
		if err := rows.Scan(&table, &column); err != nil {
			t.Fatal(err)
		}
		if all[table] == nil {
			all[table] = map[string]bool{}
		}
		all[table][column] = true
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}
