-- +goose Up

-- What a provider is, beside what every organisation has.
ALTER TABLE organisation ADD COLUMN provider_kind TEXT NOT NULL DEFAULT '';
ALTER TABLE organisation ADD COLUMN accreditation TEXT NOT NULL DEFAULT '';

CREATE TABLE campus (
  id           TEXT PRIMARY KEY NOT NULL,
  deleted      TEXT NOT NULL DEFAULT '',
  organisation TEXT NOT NULL DEFAULT '',
  position     INTEGER NOT NULL DEFAULT 0,
  name         TEXT NOT NULL DEFAULT '',
  municipality TEXT NOT NULL DEFAULT '',
  contact      TEXT NOT NULL DEFAULT '',
  note         TEXT NOT NULL DEFAULT ''
);
CREATE INDEX campus_organisation ON campus(organisation);

CREATE TABLE offering (
  id            TEXT PRIMARY KEY NOT NULL,
  deleted       TEXT NOT NULL DEFAULT '',
  organisation  TEXT NOT NULL DEFAULT '',
  provider_kind TEXT NOT NULL DEFAULT '',   -- while no organisation is named
  name          TEXT NOT NULL DEFAULT '',
  description   TEXT NOT NULL DEFAULT '',
  level         TEXT NOT NULL DEFAULT '',
  credits       INTEGER NOT NULL DEFAULT 0, -- hundredths
  form          TEXT NOT NULL DEFAULT '',
  place         TEXT NOT NULL DEFAULT '',
  municipality  TEXT NOT NULL DEFAULT '',
  language      TEXT NOT NULL DEFAULT '',
  start         TEXT NOT NULL DEFAULT '',
  finish        TEXT NOT NULL DEFAULT '',
  due           TEXT NOT NULL DEFAULT '',
  months        TEXT NOT NULL DEFAULT '',
  least         INTEGER NOT NULL DEFAULT 0,
  capacity      INTEGER NOT NULL DEFAULT 0,
  price         INTEGER NOT NULL DEFAULT 0,
  website       TEXT NOT NULL DEFAULT '',
  note          TEXT NOT NULL DEFAULT '',
  source        TEXT NOT NULL DEFAULT '',
  source_time   TEXT NOT NULL DEFAULT ''
);
CREATE INDEX offering_organisation ON offering(organisation);

CREATE TABLE enquiry (
  id           TEXT PRIMARY KEY NOT NULL,
  deleted      TEXT NOT NULL DEFAULT '',
  organisation TEXT NOT NULL DEFAULT '',
  offering     TEXT NOT NULL DEFAULT '',
  name         TEXT NOT NULL DEFAULT '',
  contact      TEXT NOT NULL DEFAULT '',
  text         TEXT NOT NULL DEFAULT '',
  status       TEXT NOT NULL DEFAULT '',
  date         TEXT NOT NULL DEFAULT '',
  done         TEXT NOT NULL DEFAULT '',
  answer       TEXT NOT NULL DEFAULT ''
);
CREATE INDEX enquiry_organisation ON enquiry(organisation);
CREATE INDEX enquiry_offering ON enquiry(offering);

CREATE TABLE agreement (
  id          TEXT PRIMARY KEY NOT NULL,
  deleted     TEXT NOT NULL DEFAULT '',
  application TEXT NOT NULL DEFAULT '',
  kind        TEXT NOT NULL DEFAULT '',
  name        TEXT NOT NULL DEFAULT '',
  date        TEXT NOT NULL DEFAULT '',
  finish      TEXT NOT NULL DEFAULT '',
  file_name   TEXT NOT NULL DEFAULT '',
  media_type  TEXT NOT NULL DEFAULT '',
  size        INTEGER NOT NULL DEFAULT 0,
  sha256      TEXT NOT NULL DEFAULT '',
  note        TEXT NOT NULL DEFAULT ''
);
CREATE INDEX agreement_application ON agreement(application);

CREATE TABLE signature (
  id           TEXT PRIMARY KEY NOT NULL,
  deleted      TEXT NOT NULL DEFAULT '',
  agreement    TEXT NOT NULL DEFAULT '' REFERENCES agreement(id) DEFERRABLE INITIALLY DEFERRED,
  position     INTEGER NOT NULL DEFAULT 0,
  organisation TEXT NOT NULL DEFAULT '',
  party        TEXT NOT NULL DEFAULT '',
  name         TEXT NOT NULL DEFAULT '',
  role         TEXT NOT NULL DEFAULT '',
  done         TEXT NOT NULL DEFAULT ''
);
CREATE INDEX signature_agreement ON signature(agreement);
CREATE INDEX signature_organisation ON signature(organisation);

CREATE TABLE state_aid (
  id           TEXT PRIMARY KEY NOT NULL,
  deleted      TEXT NOT NULL DEFAULT '',
  organisation TEXT NOT NULL DEFAULT '',
  donor        TEXT NOT NULL DEFAULT '',
  scheme       TEXT NOT NULL DEFAULT '',
  date         TEXT NOT NULL DEFAULT '',
  amount       INTEGER NOT NULL DEFAULT 0,
  rate         INTEGER NOT NULL DEFAULT 0,  -- ten thousandths of a krone for a euro
  eur          INTEGER NOT NULL DEFAULT 0,  -- cents, 0 for amount / rate
  basis        TEXT NOT NULL DEFAULT '',
  sector       TEXT NOT NULL DEFAULT '',
  reference    TEXT NOT NULL DEFAULT '',
  file_name    TEXT NOT NULL DEFAULT '',
  media_type   TEXT NOT NULL DEFAULT '',
  size         INTEGER NOT NULL DEFAULT 0,
  sha256       TEXT NOT NULL DEFAULT '',
  note         TEXT NOT NULL DEFAULT ''
);
CREATE INDEX state_aid_organisation ON state_aid(organisation);

-- +goose Down
SELECT RAISE(ABORT, 'a workspace is never taken back to an older form; restore a backup');
