-- +goose Up

-- A cache of the register: one row for each organisation that is not in the
-- trash, in Norwegian order of the names, with what lists sort and filter by.
-- It follows the change log as far as cache_state tells, and can be rebuilt.
CREATE TABLE organisation_row (
  kind         TEXT NOT NULL,
  name_key     BLOB NOT NULL,
  id           TEXT NOT NULL,
  org_number   TEXT NOT NULL,
  municipality TEXT NOT NULL,
  industry     TEXT NOT NULL,
  size_band    TEXT NOT NULL,
  status       TEXT NOT NULL,
  norm         TEXT NOT NULL,
  contact_key  BLOB NOT NULL,
  email        TEXT NOT NULL,
  tags_key     BLOB NOT NULL,
  fold         TEXT NOT NULL,
  PRIMARY KEY (kind, name_key, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX organisation_row_id ON organisation_row(id);
CREATE INDEX organisation_row_status ON organisation_row(kind, status);

-- +goose Down
SELECT RAISE(ABORT, 'a workspace is never taken back to an older form; restore a backup');
