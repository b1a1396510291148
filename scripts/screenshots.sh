#!/usr/bin/env bash
# Takes the pictures in docs/screenshots: the real window with the sample
# county. The program opens where it was left, so each picture is a memory
# written for it and a start. Needs a display; see with-display.sh.
#
#   scripts/screenshots.sh PROGRAM [NAME…]     (all when no name is given)
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/window.sh

program=$(realpath "$1")
shift
only=" $* "

# name | page | field | looks. "@" stands for the sample application.
pictures='
oversikt         | overview    |                  | "look": "light"
soknad           | application | shortDescription | "look": "light"
okonomi          | application | costPlan         | "look": "light"
malgruppe        | application | municipalities   | "look": "light"
oversikt-mork    | overview    |                  | "look": "dark"
okonomi-kontrast | application | costPlan         | "look": "contrast"
soknad-200       | application | shortDescription | "look": "light", "textScale": 2
bedrifter        | businesses  |                  | "look": "light"
portal           | portal      |                  | "look": "light"
'

work=$(mktemp -d)
pid=
# Ends the window, if one stands open.
stop() {
  [ -z "$pid" ] || kill "$pid" 2>/dev/null || true
  [ -z "$pid" ] || wait "$pid" 2>/dev/null || true
  pid=
}
trap 'stop; rm -rf "$work"' EXIT

export KOMPETANSEPILOT_HOME=$work/home KOMPETANSEPILOT_BACKUPS=$work/backups
workspace=$work/Innlandet.kpilot
mkdir -p docs/screenshots "$KOMPETANSEPILOT_HOME"
"$program" demo --workspace "$workspace" >/dev/null
application=$("$program" applications --workspace "$workspace" --json | sed -n 's/.*"id": *"\([^"]*\)".*/\1/p' | head -n 1)

while IFS='|' read -r name page field looks; do
  read -r name page field <<<"$name $page $field"
  if [ -z "$name" ] || { [ "$only" != "  " ] && [[ $only != *" $name "* ]]; }; then continue; fi
  id=
  [[ $page != application && $page != portal ]] || id=$application
  cat >"$KOMPETANSEPILOT_HOME/state.json" <<JSON
{"lastWorkspace": "$workspace", "language": "nb", "places": {"$workspace": {"page": "$page", "id": "$id", "field": "$field"}}, "width": 1280, "height": 800, $looks}
JSON
  "$program" 2>"$work/log" &
  pid=$!
  if ! wait_for_window "$pid" >/dev/null; then
    printf 'screenshots: no window for %s\n' "$name" >&2
    cat "$work/log" >&2
    exit 1
  fi
  wait_for_stillness
  picture "docs/screenshots/$name.png" || { printf 'screenshots: %s is empty\n' "$name" >&2; exit 1; }
  stop
  printf 'docs/screenshots/%s.png\n' "$name"
done <<<"$pictures"

# Two pages of the PDF.
"$program" pdf "$application" --workspace "$workspace" -o "$work/a.pdf" >/dev/null
for page in 1 11; do
  pdftoppm -r 70 -png -f "$page" -l "$page" -singlefile "$work/a.pdf" "docs/screenshots/pdf-$page"
  printf 'docs/screenshots/pdf-%s.png\n' "$page"
done
