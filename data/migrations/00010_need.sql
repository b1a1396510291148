-- +goose Up

-- What a business lacks, as one person said it.
CREATE TABLE need (
  id           TEXT PRIMARY KEY NOT NULL,
  deleted      TEXT NOT NULL DEFAULT '',
  organisation TEXT NOT NULL DEFAULT '',
  industry     TEXT NOT NULL DEFAULT '',
  municipality TEXT NOT NULL DEFAULT '',
  employees    INTEGER NOT NULL DEFAULT 0,
  text         TEXT NOT NULL DEFAULT '',
  own_words    TEXT NOT NULL DEFAULT '',
  people       INTEGER NOT NULL DEFAULT 0,
  level        TEXT NOT NULL DEFAULT '',
  form         TEXT NOT NULL DEFAULT '',
  reach        INTEGER NOT NULL DEFAULT 0,
  from_month   INTEGER NOT NULL DEFAULT 0,
  to_month     INTEGER NOT NULL DEFAULT 0,
  norm         TEXT NOT NULL DEFAULT '',
  credits      INTEGER NOT NULL DEFAULT 0,
  urgency      TEXT NOT NULL DEFAULT '',
  shareable    INTEGER NOT NULL DEFAULT 0,
  interview    TEXT NOT NULL DEFAULT '',
  created      TEXT NOT NULL DEFAULT ''
);
CREATE INDEX need_organisation ON need(organisation);
CREATE INDEX need_municipality ON need(municipality);

-- +goose Down
SELECT RAISE(ABORT, 'a workspace is never taken back to an older form; restore a backup');
