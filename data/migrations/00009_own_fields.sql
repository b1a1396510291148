-- +goose Up

-- Fields of organisations that the county defines. What is written in them
-- stands in value, under the field's id.
CREATE TABLE own_field (
  id       TEXT PRIMARY KEY NOT NULL,
  deleted  TEXT NOT NULL DEFAULT '',
  kind     TEXT NOT NULL DEFAULT '',
  position INTEGER NOT NULL DEFAULT 0,
  name     TEXT NOT NULL DEFAULT '',
  type     TEXT NOT NULL DEFAULT '',
  choices  TEXT NOT NULL DEFAULT ''
);

-- Filters of the register with a name; content is JSON.
CREATE TABLE saved_filter (
  id       TEXT PRIMARY KEY NOT NULL,
  deleted  TEXT NOT NULL DEFAULT '',
  kind     TEXT NOT NULL DEFAULT '',
  position INTEGER NOT NULL DEFAULT 0,
  name     TEXT NOT NULL DEFAULT '',
  content  TEXT NOT NULL DEFAULT ''
);

-- A cache: what lists sort and filter own fields by. It follows organisation_row.
CREATE TABLE organisation_own (
  id       TEXT NOT NULL,
  field    TEXT NOT NULL,
  text     TEXT NOT NULL,
  fold     TEXT NOT NULL,
  sort_key BLOB NOT NULL,
  PRIMARY KEY (id, field)
) WITHOUT ROWID;

-- +goose Down
SELECT RAISE(ABORT, 'a workspace is never taken back to an older form; restore a backup');
