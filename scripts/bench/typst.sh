#!/usr/bin/env bash
# The sample document and a log of about 500 pages as PDF/A-2a, against typst
# (its compiler for Node) and, where it is installed, WeasyPrint for the log.
# Same words, process start included; the peers get no chart, the easier job.
# Goals: 2 times faster than typst for the sample, 4 times for the log, and 30
# times faster than WeasyPrint; peak memory under a third of each.
set -euo pipefail
cd "$(dirname "$0")/../.."

command -v npm >/dev/null || { echo 'npm is not installed; left out'; exit 0; }
[ -x /usr/bin/time ] || { echo 'GNU time is not installed; left out'; exit 0; }
tools=build/typst
if [ ! -d "$tools/node_modules/@myriaddreamin/typst-ts-node-compiler" ]; then
  mkdir -p "$tools"
  npm install --silent --no-audit --no-fund --no-save --prefix "$tools" @myriaddreamin/typst-ts-node-compiler@0.7.0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
go build -tags sqlite_fts5 -trimpath -ldflags '-s -w' -o "$work/ours" ./internal/documentbench
cat >"$tools/compile.mjs" <<'JS'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { readFileSync, writeFileSync } from 'node:fs';
const [, , source, fonts, target] = process.argv;
const compiler = NodeCompiler.create({ fontArgs: [{ fontPaths: [fonts] }] });
writeFileSync(target, compiler.pdf({ mainFileContent: readFileSync(source, 'utf8') }, { pdfStandard: 'a-2a' }));
JS

# measure TIMES COMMAND… prints the median of the seconds, and the most memory in MB.
measure() {
  local times=$1
  shift
  "$@" >/dev/null # to fill caches
  for _ in $(seq "$times"); do
    /usr/bin/time -o "$work/time" -f '%e %M' "$@" >/dev/null 2>&1
    cat "$work/time"
  done | sort -n | awk '{ t[NR] = $1; if ($2 > m) m = $2 } END { printf "%.3f %.0f", t[int((NR + 1) / 2)], m / 1024 }'
}

compare() { # NAME PEER OURS THEIRS GOAL
  awk -v o="$3" -v t="$4" -v n="$1" -v p="$2" -v g="$5" 'BEGIN {
    split(o, a, " "); split(t, b, " ")
    if (a[1] < 0.001) a[1] = 0.001
    printf "ratio pdf %s faster than %s: %.1f (goal %s)\n", n, p, b[1] / a[1], g
    printf "ratio pdf %s memory to %s: %.2f (goal 0.33)\n", n, p, a[2] / b[2] }'
}

for name in sample log; do
  "$work/ours" "$name" 500 typst "$work/$name.typ"
  ours=$(measure 7 "$work/ours" "$name" 500 pdf "$work/$name.pdf")
  typst=$(measure 3 node "$tools/compile.mjs" "$work/$name.typ" app/document/fonts "$work/$name.typst.pdf")
  for made in "$name.pdf" "$name.typst.pdf"; do
    printf '%-18s %s pages\n' "$made" "$(pdfinfo "$work/$made" | sed -n 's/^Pages: *//p')"
  done
  printf '%s: ours %s MB, typst %s MB (seconds, peak memory)\n' "$name" "$ours" "$typst"
  goal=2
  [ "$name" = sample ] || goal=4
  compare "$name" typst "$ours" "$typst" "$goal"
done

if command -v weasyprint >/dev/null; then
  "$work/ours" log 500 html "$work/log.html"
  weasy=$(measure 1 weasyprint --quiet "$work/log.html" "$work/log.weasy.pdf")
  printf 'log: WeasyPrint %s MB\n' "$weasy"
  compare log WeasyPrint "$ours" "$weasy" 30
else
  echo 'WeasyPrint is not installed; left out'
fi
