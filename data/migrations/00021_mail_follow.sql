-- +goose Up

-- How many minutes go between looks for new mail (0: as soon as the server tells), and
-- whether fetching was paused.
ALTER TABLE mail_account ADD COLUMN check_minutes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE mail_account ADD COLUMN paused INTEGER NOT NULL DEFAULT 0;

-- +goose Down
SELECT RAISE(ABORT, 'a workspace is never taken back to an older form; restore a backup');
