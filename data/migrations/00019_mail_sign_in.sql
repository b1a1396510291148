-- +goose Up

-- How one signs in to a mailbox. No secret is kept here: those lie in the system's
-- keychain.
ALTER TABLE mail_account ADD COLUMN sign_in TEXT NOT NULL DEFAULT 'password';
ALTER TABLE mail_account ADD COLUMN client_id TEXT NOT NULL DEFAULT '';
ALTER TABLE mail_account ADD COLUMN tenant TEXT NOT NULL DEFAULT '';
ALTER TABLE mail_account ADD COLUMN device_code INTEGER NOT NULL DEFAULT 0;
ALTER TABLE mail_account ADD COLUMN endpoints TEXT NOT NULL DEFAULT '';

-- +goose Down
SELECT RAISE(ABORT, 'a workspace is never taken back to an older form; restore a backup');
