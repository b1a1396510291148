-- +goose Up

-- Texts about the needs that were put into fields of applications.
CREATE TABLE need_figures (
  id          TEXT PRIMARY KEY NOT NULL,
  deleted     TEXT NOT NULL DEFAULT '',
  application TEXT NOT NULL DEFAULT '',
  field       TEXT NOT NULL DEFAULT '',
  text        TEXT NOT NULL DEFAULT '',
  made        TEXT NOT NULL DEFAULT ''
);
CREATE INDEX need_figures_application ON need_figures(application);

-- +goose Down
SELECT RAISE(ABORT, 'a workspace is never taken back to an older form; restore a backup');
