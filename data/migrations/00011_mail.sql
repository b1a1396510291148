-- +goose Up

-- What people decide about mail; the mail itself lies in a file of its own.
CREATE TABLE mail_account (
  id        TEXT PRIMARY KEY NOT NULL,
  deleted   TEXT NOT NULL DEFAULT '',
  address   TEXT NOT NULL DEFAULT '',
  host      TEXT NOT NULL DEFAULT '',
  port      INTEGER NOT NULL DEFAULT 0,
  user_name TEXT NOT NULL DEFAULT '',
  days      INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE mail_folder (
  id      TEXT PRIMARY KEY NOT NULL,
  deleted TEXT NOT NULL DEFAULT '',
  account TEXT NOT NULL DEFAULT '',
  name    TEXT NOT NULL DEFAULT '',
  fetch   INTEGER NOT NULL DEFAULT 0,
  days    INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE mail_never (
  id      TEXT PRIMARY KEY NOT NULL,
  deleted TEXT NOT NULL DEFAULT '',
  pattern TEXT NOT NULL DEFAULT ''
);
CREATE TABLE mail_link (
  id      TEXT PRIMARY KEY NOT NULL,
  deleted TEXT NOT NULL DEFAULT '',
  message TEXT NOT NULL DEFAULT '',
  about   TEXT NOT NULL DEFAULT '',
  record  TEXT NOT NULL DEFAULT '',
  state   TEXT NOT NULL DEFAULT ''
);
CREATE TABLE mail_learned (
  id           TEXT PRIMARY KEY NOT NULL,
  deleted      TEXT NOT NULL DEFAULT '',
  pattern      TEXT NOT NULL DEFAULT '',
  organisation TEXT NOT NULL DEFAULT ''
);
CREATE TABLE mail_decision (
  id      TEXT PRIMARY KEY NOT NULL,
  deleted TEXT NOT NULL DEFAULT '',
  message TEXT NOT NULL DEFAULT '',
  asked   TEXT NOT NULL DEFAULT '',
  state   TEXT NOT NULL DEFAULT '',
  became  TEXT NOT NULL DEFAULT ''
);
CREATE TABLE mail_mark (
  id          TEXT PRIMARY KEY NOT NULL,
  deleted     TEXT NOT NULL DEFAULT '',
  message     TEXT NOT NULL DEFAULT '',
  journaled   INTEGER NOT NULL DEFAULT 0,
  case_number TEXT NOT NULL DEFAULT '',
  basis       TEXT NOT NULL DEFAULT ''
);
CREATE TABLE mail_draft (
  id         TEXT PRIMARY KEY NOT NULL,
  deleted    TEXT NOT NULL DEFAULT '',
  account    TEXT NOT NULL DEFAULT '',
  message_id TEXT NOT NULL DEFAULT '',
  receivers  TEXT NOT NULL DEFAULT '',
  subject    TEXT NOT NULL DEFAULT '',
  text       TEXT NOT NULL DEFAULT '',
  reply_to   TEXT NOT NULL DEFAULT '',
  about      TEXT NOT NULL DEFAULT '',
  record     TEXT NOT NULL DEFAULT '',
  created    TEXT NOT NULL DEFAULT '',
  saved      TEXT NOT NULL DEFAULT ''
);
CREATE INDEX mail_link_message ON mail_link(message);
CREATE INDEX mail_link_record ON mail_link(record);
CREATE INDEX mail_decision_message ON mail_decision(message);
CREATE INDEX mail_mark_message ON mail_mark(message);
CREATE INDEX mail_learned_organisation ON mail_learned(organisation);

-- +goose Down
SELECT RAISE(ABORT, 'a workspace is never taken back to an older form; restore a backup');
