-- +goose Up

-- What was made of an application and written to the disk: which file was sent.
CREATE TABLE made_document (
  id          TEXT PRIMARY KEY NOT NULL,
  deleted     TEXT NOT NULL DEFAULT '',
  application TEXT NOT NULL DEFAULT '' REFERENCES application(id) DEFERRABLE INITIALLY DEFERRED,
  version     TEXT NOT NULL DEFAULT '',
  kind        TEXT NOT NULL DEFAULT '',
  language    TEXT NOT NULL DEFAULT '',
  file_name   TEXT NOT NULL DEFAULT '',
  path        TEXT NOT NULL DEFAULT '',
  sha256      TEXT NOT NULL DEFAULT '',
  size        INTEGER NOT NULL DEFAULT 0,
  made        TEXT NOT NULL DEFAULT '',
  actor       TEXT NOT NULL DEFAULT ''
);
CREATE INDEX made_document_application ON made_document(application);

-- +goose Down
SELECT RAISE(ABORT, 'a workspace is never taken back to an older form; restore a backup');
