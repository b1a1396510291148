-- +goose Up

-- What the register is filtered by; the name and the id, which an index of this
-- table ends with, keep the order of the list within one value.
CREATE INDEX organisation_row_municipality ON organisation_row(kind, municipality);
CREATE INDEX organisation_row_industry ON organisation_row(kind, industry);

-- +goose Down
SELECT RAISE(ABORT, 'a workspace is never taken back to an older form; restore a backup');
