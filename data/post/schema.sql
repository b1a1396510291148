CREATE TABLE folder (
  id          INTEGER PRIMARY KEY,
  account     TEXT NOT NULL,
  name        TEXT NOT NULL,
  role        TEXT NOT NULL DEFAULT '',
  uidvalidity INTEGER NOT NULL DEFAULT 0,
  uidnext     INTEGER NOT NULL DEFAULT 0,   -- as it was when the last sync of the folder was whole
  modseq      INTEGER NOT NULL DEFAULT 0,
  messages    INTEGER NOT NULL DEFAULT 0,   -- on the server, the same
  checked     INTEGER NOT NULL DEFAULT 0,   -- unix seconds of the last whole sync
  tried       INTEGER NOT NULL DEFAULT 0,   -- unix seconds of the last attempt, with what came of it
  arrived     INTEGER NOT NULL DEFAULT 0,   -- messages that came
  failed      INTEGER NOT NULL DEFAULT 0,   -- that the server could not give
  problem     TEXT NOT NULL DEFAULT '',     -- the error in the owner's own form, "" when the folder is whole
  UNIQUE (account, name)
);
CREATE TABLE message (
  id           INTEGER PRIMARY KEY,
  key          TEXT NOT NULL UNIQUE,
  message_id   TEXT NOT NULL DEFAULT '',
  thread       INTEGER NOT NULL DEFAULT 0,
  date         INTEGER NOT NULL DEFAULT 0,  -- unix seconds, as the sender wrote; else when it came
  from_name    TEXT NOT NULL DEFAULT '',
  from_address TEXT NOT NULL DEFAULT '',
  receivers    TEXT NOT NULL DEFAULT '',
  subject      TEXT NOT NULL DEFAULT '',
  snippet      TEXT NOT NULL DEFAULT '',
  size         INTEGER NOT NULL DEFAULT 0,
  state        INTEGER NOT NULL DEFAULT 0,  -- 0 the header, 1 all of it, 2 could not be fetched
  attachments  INTEGER NOT NULL DEFAULT 0,
  attempts     INTEGER NOT NULL DEFAULT 0,
  sent         INTEGER NOT NULL DEFAULT 0,  -- written by ourselves
  subject_key  TEXT NOT NULL DEFAULT '',    -- the same for letters about the same between the same people
  orphan       INTEGER NOT NULL DEFAULT 0,  -- an answer that names nothing
  place_in_time INTEGER NOT NULL DEFAULT 0  -- unique, and in the order of date: the index of words has it for a number
);
CREATE INDEX message_time ON message(place_in_time, thread); -- all that a search asks first
CREATE INDEX message_thread ON message(thread, place_in_time);
CREATE INDEX message_id ON message(message_id);
CREATE INDEX message_subject ON message(subject_key, date) WHERE subject_key <> '';
CREATE INDEX message_from ON message(from_address);
CREATE INDEX message_state ON message(state) WHERE state <> 1;
CREATE TABLE place (
  folder  INTEGER NOT NULL,
  uid     INTEGER NOT NULL,
  message INTEGER NOT NULL,
  flags   INTEGER NOT NULL DEFAULT 0,
  gone    INTEGER NOT NULL DEFAULT 0,       -- no longer there on the server
  whole   INTEGER NOT NULL DEFAULT 0,       -- nothing of it is left to fetch
  PRIMARY KEY (folder, uid)
) WITHOUT ROWID;
CREATE INDEX place_message ON place(message);
-- Messages that are not to be kept, by key: never stored, or deleted here.
CREATE TABLE withheld (key TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE raw (
  message INTEGER PRIMARY KEY,
  content BLOB NOT NULL
);
CREATE TABLE part (
  message INTEGER NOT NULL,
  position INTEGER NOT NULL,
  name    TEXT NOT NULL,
  PRIMARY KEY (message, position)
) WITHOUT ROWID;
-- Which thread a Message-ID belongs to, of messages that are here and of those
-- that are only named. A thread that was joined to another points on to it.
CREATE TABLE reference (
  message_id TEXT PRIMARY KEY,
  thread     INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX reference_thread ON reference(thread);
CREATE VIRTUAL TABLE words USING fts5(subject, people, body, files, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 0", detail=full);
-- Every word once, so that a beginning becomes the words that have it, and the middle
-- of a compound is found. A row of words has the message's place_in_time for its
-- number, so that the newest come first without sorting.
CREATE TABLE word (text TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE VIRTUAL TABLE wordpart USING fts5(text, tokenize="trigram", detail=none);
-- What was read out of a message: links and proposals, as the program of now reads
-- them. It is made anew when the rules or the records change.
CREATE TABLE finding (
  message INTEGER NOT NULL,
  kind    TEXT NOT NULL,
  record  TEXT NOT NULL DEFAULT '',
  due     TEXT NOT NULL DEFAULT '',
  content TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (message, kind, record)
) WITHOUT ROWID;
CREATE INDEX finding_record ON finding(record);
-- What the findings rest on, as it was when they were made; see Basis.
CREATE TABLE basis (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
-- Who is to answer in a thread, and since when (unix seconds).
CREATE TABLE owed (
  thread INTEGER PRIMARY KEY,
  who    TEXT NOT NULL,
  since  INTEGER NOT NULL
);
CREATE INDEX owed_who ON owed(who, since);
-- Letters that were written here and have not come into their mailbox yet.
CREATE TABLE waiting (
  message_id TEXT PRIMARY KEY,
  account    TEXT NOT NULL,
  sum        TEXT NOT NULL,
  raw        BLOB NOT NULL
);
