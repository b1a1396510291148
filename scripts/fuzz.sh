#!/usr/bin/env bash
# Runs every fuzz test of the program for a while, one after another, for Go
# fuzzes one at a time.
#
#   scripts/fuzz.sh TAGS TIME
set -euo pipefail
cd "$(dirname "$0")/.."

tags=$1 time=$2 count=0
while IFS=: read -r file name; do
  count=$((count + 1))
  printf '== %s in %s\n' "$name" "$(dirname "$file")"
  go test -tags "$tags" -run '^$' -fuzz "^$name\$" -fuzztime "$time" -fuzzminimizetime 5x "./$(dirname "$file")"
done < <(git grep -o -E '^func Fuzz[A-Za-z0-9_]*' -- '*_test.go' | sed 's/func //')
printf '%s fuzz tests run.\n' "$count"
