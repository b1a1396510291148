-- +goose Up

-- "ENK" is a sole proprietorship, whose data are those of a person.
ALTER TABLE organisation ADD COLUMN legal_form TEXT NOT NULL DEFAULT '';

CREATE TABLE person (
  id         TEXT PRIMARY KEY NOT NULL,
  deleted    TEXT NOT NULL DEFAULT '',
  name       TEXT NOT NULL DEFAULT '',
  role       TEXT NOT NULL DEFAULT '',
  email      TEXT NOT NULL DEFAULT '',
  phone      TEXT NOT NULL DEFAULT '',
  norm       TEXT NOT NULL DEFAULT '',
  note       TEXT NOT NULL DEFAULT '',
  basis      TEXT NOT NULL DEFAULT '',
  basis_note TEXT NOT NULL DEFAULT '',
  basis_date TEXT NOT NULL DEFAULT '',
  source     TEXT NOT NULL DEFAULT '',
  obtained   TEXT NOT NULL DEFAULT '',
  told       TEXT NOT NULL DEFAULT '',
  told_how   TEXT NOT NULL DEFAULT '',
  keep_until TEXT NOT NULL DEFAULT ''
);
CREATE INDEX person_name ON person(deleted, name);

CREATE TABLE person_at (
  id           TEXT PRIMARY KEY NOT NULL,
  deleted      TEXT NOT NULL DEFAULT '',
  person       TEXT NOT NULL DEFAULT '' REFERENCES person(id) DEFERRABLE INITIALLY DEFERRED,
  organisation TEXT NOT NULL DEFAULT '' REFERENCES organisation(id) DEFERRABLE INITIALLY DEFERRED,
  role         TEXT NOT NULL DEFAULT ''
);
CREATE INDEX person_at_person ON person_at(person);
CREATE INDEX person_at_organisation ON person_at(organisation);

-- A call, visit, meeting, e-mail or note, and whom it was with. A row of
-- interaction_with names a person or an organisation; the other is ''.
CREATE TABLE interaction (
  id      TEXT PRIMARY KEY NOT NULL,
  deleted TEXT NOT NULL DEFAULT '',
  kind    TEXT NOT NULL DEFAULT '',
  date    TEXT NOT NULL DEFAULT '',
  text    TEXT NOT NULL DEFAULT ''
);
CREATE INDEX interaction_date ON interaction(date);

CREATE TABLE interaction_with (
  id           TEXT PRIMARY KEY NOT NULL,
  deleted      TEXT NOT NULL DEFAULT '',
  interaction  TEXT NOT NULL DEFAULT '' REFERENCES interaction(id) DEFERRABLE INITIALLY DEFERRED,
  person       TEXT NOT NULL DEFAULT '',
  organisation TEXT NOT NULL DEFAULT ''
);
CREATE INDEX interaction_with_interaction ON interaction_with(interaction);
CREATE INDEX interaction_with_person ON interaction_with(person);
CREATE INDEX interaction_with_organisation ON interaction_with(organisation);

CREATE TABLE task (
  id           TEXT PRIMARY KEY NOT NULL,
  deleted      TEXT NOT NULL DEFAULT '',
  text         TEXT NOT NULL DEFAULT '',
  due          TEXT NOT NULL DEFAULT '',
  done         TEXT NOT NULL DEFAULT '',
  responsible  TEXT NOT NULL DEFAULT '',
  organisation TEXT NOT NULL DEFAULT '',
  person       TEXT NOT NULL DEFAULT '',
  interaction  TEXT NOT NULL DEFAULT ''
);
CREATE INDEX task_open ON task(deleted, done, due);
CREATE INDEX task_organisation ON task(organisation);
CREATE INDEX task_person ON task(person);

-- The receipt of an erasure. It holds nothing about whom it concerned.
CREATE TABLE erasure (
  id      TEXT PRIMARY KEY NOT NULL,
  deleted TEXT NOT NULL DEFAULT '',
  date    TEXT NOT NULL DEFAULT '',
  subject TEXT NOT NULL DEFAULT '',
  reason  TEXT NOT NULL DEFAULT '',
  removed INTEGER NOT NULL DEFAULT 0,
  changed INTEGER NOT NULL DEFAULT 0,
  kept    INTEGER NOT NULL DEFAULT 0
);

-- +goose Down
SELECT RAISE(ABORT, 'a workspace is never taken back to an older form; restore a backup');
