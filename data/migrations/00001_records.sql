-- +goose Up

-- The change log. One transaction is one thing a person did.
CREATE TABLE tx (
  id      INTEGER PRIMARY KEY,
  uid     TEXT NOT NULL UNIQUE,
  device  TEXT NOT NULL,
  actor   TEXT NOT NULL,
  hlc     INTEGER NOT NULL,           -- hybrid logical clock: milliseconds << 16 | counter
  label   TEXT NOT NULL,
  kind    TEXT NOT NULL CHECK (kind IN ('do', 'undo', 'redo', 'fixed')),
  target  INTEGER,                    -- the step that an undo or redo concerns
  step    INTEGER NOT NULL,           -- transactions with one step are undone together
  state   TEXT NOT NULL DEFAULT 'live' CHECK (state IN ('live', 'undone', 'dropped'))
);
CREATE INDEX tx_step ON tx(step);
CREATE INDEX tx_stack ON tx(state, kind, step);

CREATE TABLE change (
  id      INTEGER PRIMARY KEY,
  tx      INTEGER NOT NULL REFERENCES tx(id),
  kind    TEXT NOT NULL,
  record  TEXT NOT NULL,
  field   TEXT NOT NULL,              -- '+' is the record's existence
  old     TEXT NOT NULL,
  new     TEXT NOT NULL,
  head    INTEGER NOT NULL DEFAULT 0, -- bytes left out in front of old and new, equal in both
  tail    INTEGER NOT NULL DEFAULT 0, -- and behind them
  seen    INTEGER NOT NULL DEFAULT 0  -- the field's newest change when this was written
);
CREATE INDEX change_field ON change(record, field, id);
CREATE INDEX change_tx ON change(tx);

-- Fields that a call file defines, and amounts by year.
CREATE TABLE value (
  record  TEXT NOT NULL,
  field   TEXT NOT NULL,
  text    TEXT NOT NULL,
  PRIMARY KEY (record, field)
) WITHOUT ROWID;

CREATE TABLE setting (
  id      TEXT PRIMARY KEY NOT NULL,
  deleted TEXT NOT NULL DEFAULT '',
  value   TEXT NOT NULL DEFAULT ''
);

CREATE TABLE call_file (
  id      TEXT PRIMARY KEY NOT NULL,
  deleted TEXT NOT NULL DEFAULT '',
  name    TEXT NOT NULL DEFAULT '',
  content TEXT NOT NULL DEFAULT '',
  added   TEXT NOT NULL DEFAULT ''
);

CREATE TABLE application (
  id              TEXT PRIMARY KEY NOT NULL,
  deleted         TEXT NOT NULL DEFAULT '',
  call            TEXT NOT NULL DEFAULT '',
  county          TEXT NOT NULL DEFAULT '',
  language        TEXT NOT NULL DEFAULT '',
  status          TEXT NOT NULL DEFAULT '',
  created         TEXT NOT NULL DEFAULT '',
  submitted       TEXT NOT NULL DEFAULT '',
  case_number     TEXT NOT NULL DEFAULT '',
  outside_ceiling INTEGER NOT NULL DEFAULT 0,
  note            TEXT NOT NULL DEFAULT ''
);

CREATE TABLE goal (
  id          TEXT PRIMARY KEY NOT NULL,
  deleted     TEXT NOT NULL DEFAULT '',
  application TEXT NOT NULL DEFAULT '' REFERENCES application(id) DEFERRABLE INITIALLY DEFERRED,
  field       TEXT NOT NULL DEFAULT '',
  position    INTEGER NOT NULL DEFAULT 0,
  text        TEXT NOT NULL DEFAULT '',
  measure     TEXT NOT NULL DEFAULT '',
  due         TEXT NOT NULL DEFAULT '',
  done        TEXT NOT NULL DEFAULT '',
  outcome     TEXT NOT NULL DEFAULT ''
);
CREATE INDEX goal_application ON goal(application);

CREATE TABLE activity (
  id          TEXT PRIMARY KEY NOT NULL,
  deleted     TEXT NOT NULL DEFAULT '',
  application TEXT NOT NULL DEFAULT '' REFERENCES application(id) DEFERRABLE INITIALLY DEFERRED,
  position    INTEGER NOT NULL DEFAULT 0,
  name        TEXT NOT NULL DEFAULT '',
  responsible TEXT NOT NULL DEFAULT '',
  start       TEXT NOT NULL DEFAULT '',
  finish      TEXT NOT NULL DEFAULT '',
  goal        TEXT NOT NULL DEFAULT '',
  result      TEXT NOT NULL DEFAULT ''
);
CREATE INDEX activity_application ON activity(application);

CREATE TABLE milestone (
  id          TEXT PRIMARY KEY NOT NULL,
  deleted     TEXT NOT NULL DEFAULT '',
  application TEXT NOT NULL DEFAULT '' REFERENCES application(id) DEFERRABLE INITIALLY DEFERRED,
  position    INTEGER NOT NULL DEFAULT 0,
  name        TEXT NOT NULL DEFAULT '',
  date        TEXT NOT NULL DEFAULT '',
  activity    TEXT NOT NULL DEFAULT '',
  done        TEXT NOT NULL DEFAULT ''
);
CREATE INDEX milestone_application ON milestone(application);

CREATE TABLE budget_row (
  id          TEXT PRIMARY KEY NOT NULL,
  deleted     TEXT NOT NULL DEFAULT '',
  application TEXT NOT NULL DEFAULT '' REFERENCES application(id) DEFERRABLE INITIALLY DEFERRED,
  plan        TEXT NOT NULL DEFAULT '',
  position    INTEGER NOT NULL DEFAULT 0,
  type        TEXT NOT NULL DEFAULT '',
  label       TEXT NOT NULL DEFAULT '',
  hourly      INTEGER NOT NULL DEFAULT 0,
  rate        INTEGER NOT NULL DEFAULT 0,
  rate_basis  TEXT NOT NULL DEFAULT '',
  note        TEXT NOT NULL DEFAULT ''
);
CREATE INDEX budget_row_application ON budget_row(application);

CREATE TABLE evidence (
  id          TEXT PRIMARY KEY NOT NULL,
  deleted     TEXT NOT NULL DEFAULT '',
  application TEXT NOT NULL DEFAULT '' REFERENCES application(id) DEFERRABLE INITIALLY DEFERRED,
  budget_row  TEXT NOT NULL DEFAULT '',
  kind        TEXT NOT NULL DEFAULT '',
  reference   TEXT NOT NULL DEFAULT '',
  date        TEXT NOT NULL DEFAULT '',
  amount      INTEGER NOT NULL DEFAULT 0,
  attachment  TEXT NOT NULL DEFAULT ''
);
CREATE INDEX evidence_application ON evidence(application);

CREATE TABLE partner (
  id           TEXT PRIMARY KEY NOT NULL,
  deleted      TEXT NOT NULL DEFAULT '',
  application  TEXT NOT NULL DEFAULT '' REFERENCES application(id) DEFERRABLE INITIALLY DEFERRED,
  position     INTEGER NOT NULL DEFAULT 0,
  name         TEXT NOT NULL DEFAULT '',
  org_number   TEXT NOT NULL DEFAULT '',
  kind         TEXT NOT NULL DEFAULT '',
  role         TEXT NOT NULL DEFAULT '',
  contribution TEXT NOT NULL DEFAULT '',
  organisation TEXT NOT NULL DEFAULT ''
);
CREATE INDEX partner_application ON partner(application);

CREATE TABLE attachment (
  id          TEXT PRIMARY KEY NOT NULL,
  deleted     TEXT NOT NULL DEFAULT '',
  application TEXT NOT NULL DEFAULT '' REFERENCES application(id) DEFERRABLE INITIALLY DEFERRED,
  field       TEXT NOT NULL DEFAULT '',
  position    INTEGER NOT NULL DEFAULT 0,
  title       TEXT NOT NULL DEFAULT '',
  file_name   TEXT NOT NULL DEFAULT '',
  media_type  TEXT NOT NULL DEFAULT '',
  size        INTEGER NOT NULL DEFAULT 0,
  sha256      TEXT NOT NULL DEFAULT '',
  description TEXT NOT NULL DEFAULT ''
);
CREATE INDEX attachment_application ON attachment(application);

-- File contents, kept once by hash. Rows are only ever added.
CREATE TABLE blob (
  sha256 TEXT PRIMARY KEY NOT NULL,
  data   BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE version (
  id          TEXT PRIMARY KEY NOT NULL,
  deleted     TEXT NOT NULL DEFAULT '',
  application TEXT NOT NULL DEFAULT '' REFERENCES application(id) DEFERRABLE INITIALLY DEFERRED,
  name        TEXT NOT NULL DEFAULT '',
  created     TEXT NOT NULL DEFAULT '',
  actor       TEXT NOT NULL DEFAULT '',
  frozen      INTEGER NOT NULL DEFAULT 0,
  submitted   TEXT NOT NULL DEFAULT '',
  case_number TEXT NOT NULL DEFAULT '',
  sha256      TEXT NOT NULL DEFAULT '',
  content     TEXT NOT NULL DEFAULT ''
);
CREATE INDEX version_application ON version(application);

-- +goose StatementBegin
CREATE TRIGGER version_frozen_update BEFORE UPDATE ON version WHEN old.frozen = 1
BEGIN SELECT RAISE(ABORT, 'frozen version'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER version_frozen_delete BEFORE DELETE ON version WHEN old.frozen = 1
BEGIN SELECT RAISE(ABORT, 'frozen version'); END;
-- +goose StatementEnd

CREATE TABLE organisation (
  id            TEXT PRIMARY KEY NOT NULL,
  deleted       TEXT NOT NULL DEFAULT '',
  kind          TEXT NOT NULL DEFAULT '',
  name          TEXT NOT NULL DEFAULT '',
  org_number    TEXT NOT NULL DEFAULT '',
  municipality  TEXT NOT NULL DEFAULT '',
  industry      TEXT NOT NULL DEFAULT '',
  industry_std  TEXT NOT NULL DEFAULT '',
  size_band     TEXT NOT NULL DEFAULT '',
  norm          TEXT NOT NULL DEFAULT '',
  website       TEXT NOT NULL DEFAULT '',
  contact       TEXT NOT NULL DEFAULT '',
  email         TEXT NOT NULL DEFAULT '',
  phone         TEXT NOT NULL DEFAULT '',
  status        TEXT NOT NULL DEFAULT '',
  tags          TEXT NOT NULL DEFAULT '',
  note          TEXT NOT NULL DEFAULT '',
  source        TEXT NOT NULL DEFAULT '',
  source_time   TEXT NOT NULL DEFAULT ''
);
CREATE INDEX organisation_kind ON organisation(kind, deleted, name);
CREATE INDEX organisation_municipality ON organisation(municipality);
CREATE INDEX organisation_number ON organisation(org_number);

-- Caches that can be rebuilt from the records.
CREATE TABLE search_doc (
  id     INTEGER PRIMARY KEY,
  kind   TEXT NOT NULL,
  record TEXT NOT NULL UNIQUE
);
CREATE VIRTUAL TABLE search_text USING fts5(title, body, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='2 3');
CREATE TABLE cache_state (
  name  TEXT PRIMARY KEY NOT NULL,
  value INTEGER NOT NULL
) WITHOUT ROWID;

-- +goose Down
SELECT RAISE(ABORT, 'a workspace is never taken back to an older form; restore a backup');
