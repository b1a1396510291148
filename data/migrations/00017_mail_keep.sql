-- +goose Up

-- How many days mail of a folder is kept here; 0 for as long as it is wanted.
ALTER TABLE mail_folder ADD COLUMN keep INTEGER NOT NULL DEFAULT 0;

-- +goose Down
SELECT RAISE(ABORT, 'a workspace is never taken back to an older form; restore a backup');
