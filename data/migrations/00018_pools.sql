-- +goose Up

-- A group of needs that somebody has decided about.
CREATE TABLE pool (
  id           TEXT PRIMARY KEY NOT NULL,
  deleted      TEXT NOT NULL DEFAULT '',
  name         TEXT NOT NULL DEFAULT '',
  named        INTEGER NOT NULL DEFAULT 0,
  concept      TEXT NOT NULL DEFAULT '',
  municipality TEXT NOT NULL DEFAULT '',
  months       TEXT NOT NULL DEFAULT '',
  level        TEXT NOT NULL DEFAULT '',
  form         TEXT NOT NULL DEFAULT '',
  least        INTEGER NOT NULL DEFAULT 0,
  most         INTEGER NOT NULL DEFAULT 0,
  locked       INTEGER NOT NULL DEFAULT 0,
  note         TEXT NOT NULL DEFAULT '',
  created      TEXT NOT NULL DEFAULT ''
);

-- What was decided about a need and a pool. The id is both of theirs.
CREATE TABLE pool_need (
  id      TEXT PRIMARY KEY NOT NULL,
  deleted TEXT NOT NULL DEFAULT '',
  pool    TEXT NOT NULL DEFAULT '' REFERENCES pool(id) DEFERRABLE INITIALLY DEFERRED,
  need    TEXT NOT NULL DEFAULT '' REFERENCES need(id) DEFERRABLE INITIALLY DEFERRED,
  state   TEXT NOT NULL DEFAULT ''
);
CREATE INDEX pool_need_pool ON pool_need(pool);
CREATE INDEX pool_need_need ON pool_need(need);

-- +goose Down
SELECT RAISE(ABORT, 'a workspace is never taken back to an older form; restore a backup');
