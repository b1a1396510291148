#!/usr/bin/env bash
# The company register. A bulk file of 1 100 000 units, packed JSON, kept to one
# county, against gzip with jq and the same filter (goal: at least 5 times faster)
# and against gzip alone (goal: at most 3 times its time); the memory it takes
# (goal: under 100 MB more than at rest). Then finding in all the units against
# the same questions in SQLite's shell (goal: p95 below 1.5 times the shell's).
#
# jq holds the whole array in memory, about 4 kB a unit. Where there is too little
# of it, jq gets a part of the units, and its time is reckoned for all.
set -euo pipefail
cd "$(dirname "$0")/../.."

units=${COMPANIES_UNITS:-1100000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export KOMPETANSEPILOT_HOME=$work/home LANG=C.UTF-8

program=${KOMPETANSEPILOT:-}
if [ -z "$program" ]; then
  make build >/dev/null
  program=$PWD/build/kompetansepilot
fi
go build -tags sqlite_fts5 -o "$work/bulkfile" ./internal/bulkfile
"$work/bulkfile" -units "$units" -seed 1 -gzip >"$work/units.json.gz"
printf 'bulk file: %s units, %s MB packed, %s MB unpacked\n' "$units" "$(($(stat -c %s "$work/units.json.gz") / 1000000))" \
  "$(($(gzip -dc "$work/units.json.gz" | wc -c) / 1000000))"

available=$(awk '/^MemAvailable/ { print $2 }' /proc/meminfo) # kB
part=$units packed=$work/units.json.gz
if [ $((units * 8)) -gt "$available" ]; then
  part=$((available / 16))
  packed=$work/part.json.gz
  "$work/bulkfile" -units "$part" -seed 1 -gzip >"$packed"
fi

# measure FILE COMMAND adds to FILE the seconds that the command takes, and the
# most memory, in kB, that one of its programs has.
measure() { /usr/bin/time -a -o "$1" -f '%e %M' bash -o pipefail -c "$2" >/dev/null; }

gzip_alone="gzip -dc '$work/units.json.gz'"
ours="'$program' register load '$work/units.json.gz' --county 34 --json"
with_jq="gzip -dc '$packed' | jq -c '.[] | select(.forretningsadresse.kommunenummer | startswith(\"34\"))'"
rest="'$program' version"

measure "$work/rest" "$rest"
for _ in 1 2 3; do # in turns, so that what else the machine does falls on both
  measure "$work/gzip" "$gzip_alone"
  measure "$work/ours" "$ours"
done
measure "$work/jq" "$with_jq"

middle() { sort -n "$1" | awk '{ t[NR] = $1; if ($2 > m) m = $2 } END { print t[int((NR + 1) / 2)], m }'; }
read -r gzip_time _ < <(middle "$work/gzip")
read -r our_time our_memory < <(middle "$work/ours")
read -r jq_time _ < <(middle "$work/jq")
read -r _ rest_memory < <(middle "$work/rest")
jq_time=$(awk -v t="$jq_time" -v n="$units" -v p="$part" 'BEGIN { printf "%.3f", t * n / p }')

printf 'kompetansepilot %s s, gzip -dc %s s, gzip -dc | jq %s s (measured with %s units)\n' "$our_time" "$gzip_time" "$jq_time" "$part"
awk -v a="$jq_time" -v b="$our_time" 'BEGIN { printf "ratio bulk register faster than gzip with jq: %.1f (goal 5)\n", a / b }'
awk -v a="$our_time" -v b="$gzip_time" 'BEGIN { printf "ratio bulk register to gzip alone: %.2f (goal at most 3)\n", a / b }'
awk -v a="$our_memory" -v b="$rest_memory" 'BEGIN { printf "bulk register memory: %.0f MB more than at rest (goal under 100)\n", (a - b) / 1024 }'

"$program" register load "$work/units.json.gz" --all --json >/dev/null
COMPANIES_STORE=$work/home/companies.db go test -tags sqlite_fts5 -run '^$' -bench '^BenchmarkFind$' -benchtime 3x ./app/companies |
  awk '{ print } / ratio-find-p95/ { for (i = 2; i <= NF; i++) if ($i == "ratio-find-p95") printf "ratio register find p95 to sqlite3 shell: %.2f (goal below 1.5)\n", $(i - 1) }'
