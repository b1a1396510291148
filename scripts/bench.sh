#!/usr/bin/env bash
# Measures the program: Go's benchmarks, then each script in scripts/bench,
# which compares one thing with its peer in the same run. What is a ratio says
# so with a line that begins with "ratio"; these stand once more at the end.
#
#   scripts/bench.sh TAGS
set -euo pipefail
cd "$(dirname "$0")/.."

tags=$1
mkdir -p build
report=$PWD/build/bench.txt
: >"$report"
shopt -s nullglob

echo '== Go benchmarks' | tee -a "$report"
packages=()
while read -r folder; do packages+=("./$folder"); done < <(
  git grep -l -E '^func Benchmark' -- '*_test.go' | xargs -r -n1 dirname | sort -u)
if [ "${#packages[@]}" -gt 0 ]; then
  LANG=nb_NO.UTF-8 scripts/with-display.sh \
    go test -tags "$tags" -run '^$' -bench . -benchmem "${packages[@]}" 2>&1 | tee -a "$report"
fi

for script in scripts/bench/*.sh; do
  printf '\n== %s\n' "$(basename "$script" .sh)" | tee -a "$report"
  "$script" 2>&1 | tee -a "$report"
done

printf '\n== Ratios\n' | tee -a "$report"
# A Go benchmark reports a ratio as a metric of its own: "1.05 ratio".
awk '/^ratio/ || /[[:space:]]ratio[-a-z]*([[:space:]]|$)/' "$report" | sed 's/[[:space:]]\+/ /g' | tee -a "$report"
