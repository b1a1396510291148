-- +goose Up

-- What several providers are asked for on behalf of a group of businesses. needs
-- are ids with ";" between.
CREATE TABLE request (
  id           TEXT PRIMARY KEY NOT NULL,
  deleted      TEXT NOT NULL DEFAULT '',
  pool         TEXT NOT NULL DEFAULT '',
  name         TEXT NOT NULL DEFAULT '',
  needs        TEXT NOT NULL DEFAULT '',
  people       INTEGER NOT NULL DEFAULT 0,
  municipality TEXT NOT NULL DEFAULT '',
  months       TEXT NOT NULL DEFAULT '',
  level        TEXT NOT NULL DEFAULT '',
  form         TEXT NOT NULL DEFAULT '',
  date         TEXT NOT NULL DEFAULT '',
  due          TEXT NOT NULL DEFAULT '',
  chosen       TEXT NOT NULL DEFAULT '',    -- the enquiry whose reply was chosen
  letter       TEXT NOT NULL DEFAULT '',
  note         TEXT NOT NULL DEFAULT '',
  created      TEXT NOT NULL DEFAULT ''
);
CREATE INDEX request_pool ON request(pool);

-- An enquiry may be one provider's part of a request.
ALTER TABLE enquiry ADD COLUMN request TEXT NOT NULL DEFAULT '';
ALTER TABLE enquiry ADD COLUMN channel TEXT NOT NULL DEFAULT '';
ALTER TABLE enquiry ADD COLUMN due TEXT NOT NULL DEFAULT '';
CREATE INDEX enquiry_request ON enquiry(request);

-- What a provider answered. Numbers are digits, so that 0 is told from no answer.
CREATE TABLE reply (
  id       TEXT PRIMARY KEY NOT NULL,
  deleted  TEXT NOT NULL DEFAULT '',
  enquiry  TEXT NOT NULL DEFAULT '' REFERENCES enquiry(id) DEFERRABLE INITIALLY DEFERRED,
  total    TEXT NOT NULL DEFAULT '',
  price    TEXT NOT NULL DEFAULT '',
  form     TEXT NOT NULL DEFAULT '',
  place    TEXT NOT NULL DEFAULT '',
  start    TEXT NOT NULL DEFAULT '',
  finish   TEXT NOT NULL DEFAULT '',
  dates    TEXT NOT NULL DEFAULT '',
  credits  TEXT NOT NULL DEFAULT '',        -- hundredths
  level    TEXT NOT NULL DEFAULT '',
  least    TEXT NOT NULL DEFAULT '',
  capacity TEXT NOT NULL DEFAULT '',
  valid    TEXT NOT NULL DEFAULT '',
  language TEXT NOT NULL DEFAULT '',
  note     TEXT NOT NULL DEFAULT '',
  unread   TEXT NOT NULL DEFAULT '',
  source   TEXT NOT NULL DEFAULT ''
);
CREATE INDEX reply_enquiry ON reply(enquiry);

-- An offering that runs.
CREATE TABLE course (
  id           TEXT PRIMARY KEY NOT NULL,
  deleted      TEXT NOT NULL DEFAULT '',
  offering     TEXT NOT NULL DEFAULT '',
  request      TEXT NOT NULL DEFAULT '',
  pool         TEXT NOT NULL DEFAULT '',
  organisation TEXT NOT NULL DEFAULT '',    -- the provider
  name         TEXT NOT NULL DEFAULT '',
  municipality TEXT NOT NULL DEFAULT '',
  start        TEXT NOT NULL DEFAULT '',
  finish       TEXT NOT NULL DEFAULT '',
  status       TEXT NOT NULL DEFAULT '',
  credits      INTEGER NOT NULL DEFAULT 0,  -- hundredths, for each who completes
  least        INTEGER NOT NULL DEFAULT 0,
  capacity     INTEGER NOT NULL DEFAULT 0,
  price        INTEGER NOT NULL DEFAULT 0,  -- kroner a participant
  score        INTEGER NOT NULL DEFAULT 0,  -- hundredths, 100 to 500
  answers      INTEGER NOT NULL DEFAULT 0,
  evaluation   TEXT NOT NULL DEFAULT '',
  note         TEXT NOT NULL DEFAULT '',
  created      TEXT NOT NULL DEFAULT ''
);
CREATE INDEX course_offering ON course(offering);
CREATE INDEX course_organisation ON course(organisation);

-- How many from one business.
CREATE TABLE participation (
  id           TEXT PRIMARY KEY NOT NULL,
  deleted      TEXT NOT NULL DEFAULT '',
  course       TEXT NOT NULL DEFAULT '' REFERENCES course(id) DEFERRABLE INITIALLY DEFERRED,
  organisation TEXT NOT NULL DEFAULT '',
  name         TEXT NOT NULL DEFAULT '',    -- while no organisation is named
  municipality TEXT NOT NULL DEFAULT '',
  position     INTEGER NOT NULL DEFAULT 0,
  expected     INTEGER NOT NULL DEFAULT 0,
  registered   INTEGER NOT NULL DEFAULT 0,
  started      INTEGER NOT NULL DEFAULT 0,
  completed    INTEGER NOT NULL DEFAULT 0,
  dropped      INTEGER NOT NULL DEFAULT 0,
  credits      INTEGER NOT NULL DEFAULT 0,  -- hundredths, all together
  reason       TEXT NOT NULL DEFAULT '',
  note         TEXT NOT NULL DEFAULT ''
);
CREATE INDEX participation_course ON participation(course);
CREATE INDEX participation_organisation ON participation(organisation);

-- A participant who is named, which is never needed for the counts.
CREATE TABLE participant (
  id            TEXT PRIMARY KEY NOT NULL,
  deleted       TEXT NOT NULL DEFAULT '',
  participation TEXT NOT NULL DEFAULT '' REFERENCES participation(id) DEFERRABLE INITIALLY DEFERRED,
  person        TEXT NOT NULL DEFAULT '',
  name          TEXT NOT NULL DEFAULT '',
  status        TEXT NOT NULL DEFAULT '',
  basis         TEXT NOT NULL DEFAULT ''
);
CREATE INDEX participant_participation ON participant(participation);
CREATE INDEX participant_person ON participant(person);

-- Figures about courses stand in applications like those about needs.
ALTER TABLE need_figures ADD COLUMN source TEXT NOT NULL DEFAULT '';

-- +goose Down
SELECT RAISE(ABORT, 'a workspace is never taken back to an older form; restore a backup');
