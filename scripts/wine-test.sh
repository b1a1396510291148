#!/usr/bin/env bash
# Tries the Windows program under Wine: makes the sample county, checks an
# application, makes its PDF, and opens the window (picture: build/wine.png).
# Needs a display; see with-display.sh.
#
#   scripts/wine-test.sh PROGRAM.exe
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/window.sh

program=$(realpath "$1")
mkdir -p build
export WINEPREFIX=$PWD/build/wine WINEARCH=win64 WINEDEBUG=${WINEDEBUG:--all}
export LC_ALL=C.UTF-8 # Wine reads file names by the locale
# No offers to install .NET or a browser, and no menu entries on this machine.
export WINEDLLOVERRIDES="mscoree,mshtml=;winemenubuilder.exe=d"

for wine in wine64 wine /usr/lib/wine/wine64; do
  if command -v "$wine" >/dev/null; then break; fi
done
server=$(command -v wineserver || echo /usr/lib/wine/wineserver)

fail() { printf 'wine-test: %s\n' "$*" >&2; exit 1; }

window_pid=
# Ends what this script started: the window, and this prefix's own Wine server.
stop() {
  [ -z "$window_pid" ] || kill "$window_pid" 2>/dev/null || true
  "$server" -k 2>/dev/null || true
}
trap stop EXIT

echo 'Preparing Wine'
rm -rf "$WINEPREFIX"
"$wine" wineboot --init >build/wine.log 2>&1 || fail 'the prefix could not be made; see build/wine.log'
if [ ! -e "$WINEPREFIX/drive_c/windows/system32/bcryptprimitives.dll" ]; then
  x86_64-w64-mingw32-gcc -shared -O2 -o "$WINEPREFIX/drive_c/windows/system32/bcryptprimitives.dll" \
    packaging/windows/processprng.c -ladvapi32
fi

folder=$WINEPREFIX/drive_c/prøve # a name that needs UTF-8
mkdir "$folder"
cp "$program" "$folder/"
run() { (cd "$folder" && timeout 300 "$wine" "$(basename "$program")" "$@"); }

echo 'version'
run version

echo 'demo'
run demo --workspace 'C:\prøve\a.kpilot'

echo 'applications'
run applications --workspace 'C:\prøve\a.kpilot' --json | tr -d '\r' >"$folder/applications.json"
id=$(sed -n 's/.*"id": *"\([^"]*\)".*/\1/p' "$folder/applications.json" | head -n 1)
[ -n "$id" ] || fail "no application in: $(cat "$folder/applications.json")"

echo "check $id"
# The sample is over the 70 % limit on purpose, so check ends with 1.
code=0
run check "$id" --workspace 'C:\prøve\a.kpilot' --json >"$folder/check.json" || code=$?
[ "$code" -eq 1 ] || fail "check ended with $code, not 1"
grep -q '"can_submit": *false' "$folder/check.json" || fail "unexpected: $(cat "$folder/check.json")"
grep -q 'ø' "$folder/check.json" || fail 'check lost the Norwegian letters'

echo "pdf $id"
run pdf "$id" --workspace 'C:\prøve\a.kpilot' -o 'C:\prøve\søknad.pdf'
[ "$(head -c 4 "$folder/søknad.pdf")" = %PDF ] || fail 'søknad.pdf does not begin with %PDF'
qpdf --check "$folder/søknad.pdf" >/dev/null || fail 'qpdf finds faults in søknad.pdf'

echo 'the window'
(cd "$folder" && exec "$wine" "$(basename "$program")" --workspace 'C:\prøve\a.kpilot') >>build/wine.log 2>&1 &
window_pid=$!
wait_for_window "$window_pid" >/dev/null || fail 'no window; see build/wine.log'
wait_for_stillness
picture build/wine.png || fail 'the window is empty; see build/wine.png'

echo "The Windows program works under Wine. The window: build/wine.png"
