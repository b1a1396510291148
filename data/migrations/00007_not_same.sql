-- +goose Up

-- Two organisations that somebody has looked at and found to be two. The id is
-- both of theirs, the smaller first.
CREATE TABLE not_same (
  id      TEXT PRIMARY KEY NOT NULL,
  deleted TEXT NOT NULL DEFAULT '',
  first   TEXT NOT NULL DEFAULT '',
  second  TEXT NOT NULL DEFAULT ''
);

-- +goose Down
SELECT RAISE(ABORT, 'a workspace is never taken back to an older form; restore a backup');
