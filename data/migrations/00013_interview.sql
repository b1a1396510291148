-- +goose Up

-- A conversation with a business about what it lacks. The answers stand in
-- value, under the questions' ids.
CREATE TABLE interview (
  id           TEXT PRIMARY KEY NOT NULL,
  deleted      TEXT NOT NULL DEFAULT '',
  organisation TEXT NOT NULL DEFAULT '',
  form         TEXT NOT NULL DEFAULT '',
  channel      TEXT NOT NULL DEFAULT '',
  date         TEXT NOT NULL DEFAULT '',
  person       TEXT NOT NULL DEFAULT '',
  short        INTEGER NOT NULL DEFAULT 0,
  consent      TEXT NOT NULL DEFAULT '',
  share        TEXT NOT NULL DEFAULT '',
  note         TEXT NOT NULL DEFAULT '',
  done         TEXT NOT NULL DEFAULT '',
  interaction  TEXT NOT NULL DEFAULT '',
  source       TEXT NOT NULL DEFAULT ''
);
CREATE INDEX interview_organisation ON interview(organisation);

-- The interview that a need came up in.
ALTER TABLE need ADD COLUMN conversation TEXT NOT NULL DEFAULT '';
CREATE INDEX need_conversation ON need(conversation);

-- The county's own questions; content is JSON.
CREATE TABLE interview_form (
  id      TEXT PRIMARY KEY NOT NULL,
  deleted TEXT NOT NULL DEFAULT '',
  name    TEXT NOT NULL DEFAULT '',
  content TEXT NOT NULL DEFAULT ''
);

-- What words mean here, beside the term table of the program.
CREATE TABLE term_correction (
  id      TEXT PRIMARY KEY NOT NULL,
  deleted TEXT NOT NULL DEFAULT '',
  word    TEXT NOT NULL DEFAULT '',
  concept TEXT NOT NULL DEFAULT '',
  sense   TEXT NOT NULL DEFAULT '',
  need    TEXT NOT NULL DEFAULT '',
  created TEXT NOT NULL DEFAULT ''
);

-- What was decided about an offering for a need.
CREATE TABLE match_decision (
  id       TEXT PRIMARY KEY NOT NULL,
  deleted  TEXT NOT NULL DEFAULT '',
  need     TEXT NOT NULL DEFAULT '',
  offering TEXT NOT NULL DEFAULT '',
  decision TEXT NOT NULL DEFAULT '',
  reason   TEXT NOT NULL DEFAULT '',
  note     TEXT NOT NULL DEFAULT '',
  created  TEXT NOT NULL DEFAULT ''
);
CREATE INDEX match_decision_need ON match_decision(need);
CREATE INDEX match_decision_offering ON match_decision(offering);

-- +goose Down
SELECT RAISE(ABORT, 'a workspace is never taken back to an older form; restore a backup');
