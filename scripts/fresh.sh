#!/usr/bin/env bash
# Does in a fresh clone of HEAD what a new user and CI would do. COLD=1 also
# starts with an empty build cache, as on a new machine.
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() { printf 'fresh: %s\n' "$*" >&2; exit 1; }
step() { printf '\n==== %s\n' "$*"; }

git clone --quiet . "$work/clone"
cd "$work/clone"
export KOMPETANSEPILOT_HOME=$work/home KOMPETANSEPILOT_BACKUPS=$work/backups
[ -z "${COLD:-}" ] || export GOCACHE=$work/cache

step 'make run shows the window'
started=$SECONDS
make build
scripts/setup.sh test
cat >"$work/look" <<'LOOK'
set -euo pipefail
. scripts/window.sh
make run >"$1/run.log" 2>&1 &
run=$!
trap 'kill $(pgrep -P $run) $run 2>/dev/null || true' EXIT
wait_for_window "$run" >/dev/null
wait_for_stillness
picture "$1/window.png"
LOOK
scripts/with-display.sh bash "$work/look" "$work" || { cat "$work/run.log" >&2; fail 'no window'; }
printf 'The window stood there after %d s.\n' $((SECONDS - started))

step 'the CI run: make test, make lint, make windows'
.ci/run

step 'make wine-test'
make wine-test

step 'the command line'
program=build/kompetansepilot
workspace=$work/prøve/a.kpilot
mkdir "$work/prøve"
"$program" demo --workspace "$workspace"
id=$("$program" applications --workspace "$workspace" --json | sed -n 's/.*"id": *"\([^"]*\)".*/\1/p' | head -n 1)
[ -n "$id" ] || fail 'no application in the sample county'
code=0
"$program" check "$id" --workspace "$workspace" --json >"$work/check.json" || code=$?
[ "$code" -eq 1 ] || fail "check ended with $code; the sample is over the limit, so 1 was expected"
"$program" pdf "$id" --workspace "$workspace" -o "$work/a.pdf"
qpdf --check "$work/a.pdf" >/dev/null || fail 'qpdf finds faults in the PDF'
"$program" verify --workspace "$workspace"

step 'the tree is as it was'
[ -z "$(git status --porcelain)" ] || { git status --short; fail 'the build leaves files that git sees'; }
echo 'All that a fresh clone must do, it does.'
