-- +goose Up

-- What was copied into a portal: the text itself is a blob. An empty sha256 is
-- a tick that was taken away.
CREATE TABLE transfer (
  id          TEXT PRIMARY KEY NOT NULL,
  deleted     TEXT NOT NULL DEFAULT '',
  application TEXT NOT NULL DEFAULT '' REFERENCES application(id) DEFERRABLE INITIALLY DEFERRED,
  portal      TEXT NOT NULL DEFAULT '',
  field       TEXT NOT NULL DEFAULT '',
  sha256      TEXT NOT NULL DEFAULT '',
  time        TEXT NOT NULL DEFAULT '',
  actor       TEXT NOT NULL DEFAULT ''
);
CREATE INDEX transfer_application ON transfer(application, portal, field);

-- The portal's receipt for a submitted version: its file is a blob.
CREATE TABLE receipt (
  id          TEXT PRIMARY KEY NOT NULL,
  deleted     TEXT NOT NULL DEFAULT '',
  application TEXT NOT NULL DEFAULT '' REFERENCES application(id) DEFERRABLE INITIALLY DEFERRED,
  version     TEXT NOT NULL DEFAULT '' REFERENCES version(id) DEFERRABLE INITIALLY DEFERRED,
  file_name   TEXT NOT NULL DEFAULT '',
  media_type  TEXT NOT NULL DEFAULT '',
  size        INTEGER NOT NULL DEFAULT 0,
  sha256      TEXT NOT NULL DEFAULT '',
  added       TEXT NOT NULL DEFAULT '',
  actor       TEXT NOT NULL DEFAULT ''
);
CREATE INDEX receipt_version ON receipt(version);

-- Portals that the user added.
CREATE TABLE portal_file (
  id      TEXT PRIMARY KEY NOT NULL,
  deleted TEXT NOT NULL DEFAULT '',
  name    TEXT NOT NULL DEFAULT '',
  content TEXT NOT NULL DEFAULT '',
  added   TEXT NOT NULL DEFAULT ''
);

-- +goose Down
SELECT RAISE(ABORT, 'a workspace is never taken back to an older form; restore a backup');
