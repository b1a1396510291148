-- +goose Up

-- Somebody has said in which months, and where, the group meets.
ALTER TABLE pool ADD COLUMN timed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE pool ADD COLUMN placed INTEGER NOT NULL DEFAULT 0;

-- +goose Down
SELECT RAISE(ABORT, 'a workspace is never taken back to an older form; restore a backup');
