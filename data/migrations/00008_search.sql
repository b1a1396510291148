-- +goose Up

-- The search index anew: a text of an application is found by its field, and a
-- word may stand in the middle of a compound. A cache that follows the change
-- log, so it is only made empty here.
DROP TABLE IF EXISTS search_word;
DROP TABLE search_text;
DROP TABLE search_doc;
DELETE FROM cache_state WHERE name = 'search';

-- Organisations have ids from 2^40, all else has lower ones, so that the few are
-- not lost among the many.
CREATE TABLE search_doc (
  id     INTEGER PRIMARY KEY,
  kind   TEXT NOT NULL,
  record TEXT NOT NULL,
  field  TEXT NOT NULL,              -- of a call; '' is the record itself
  UNIQUE (record, field)
);
-- head is the first word of the title.
CREATE VIRTUAL TABLE search_text USING fts5(head, title, body, content='', contentless_delete=1, detail=column,
  tokenize='unicode61 remove_diacritics 0', prefix='1 2 3');
-- Every word of the index.
CREATE VIRTUAL TABLE search_word USING fts5vocab('search_text', 'row');

-- +goose Down
SELECT RAISE(ABORT, 'a workspace is never taken back to an older form; restore a backup');
