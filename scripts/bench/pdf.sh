#!/usr/bin/env bash
# Documents as PDF/A-2a against WeasyPrint, headless LibreOffice and typst (its
# compiler for Node): the sample application by the program itself, and a log of
# 500 pages. Process start included, the median counts. The peers get the same
# headings, paragraphs, lists and tables, but no charts and no map, and only
# typst makes an archive format: the easier job.
# Goals: the application 10 times faster than WeasyPrint and LibreOffice, 2 times
# than typst; the log 30 times faster than WeasyPrint and 4 times than typst, with
# a third of their memory.
set -euo pipefail
cd "$(dirname "$0")/../.."

if [ ! -x /usr/bin/time ]; then
  echo 'GNU time is not installed; left out'
  exit 0
fi
make build >/dev/null
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export KOMPETANSEPILOT_HOME=$work/home KOMPETANSEPILOT_BACKUPS=$work/backups LANG=C.UTF-8

program=$PWD/build/kompetansepilot
workspace=$work/a.kpilot
"$program" demo --workspace "$workspace" >/dev/null
id=$("$program" applications --workspace "$workspace" --json | sed -n 's/.*"id": *"\([^"]*\)".*/\1/p' | head -n 1)
go build -tags sqlite_fts5 -trimpath -ldflags '-s -w' -o "$work/document" ./internal/documentbench
for form in html typst; do
  "$work/document" application "$workspace" "$form" "$work/application.$form"
  "$work/document" log 500 "$form" "$work/log.$form"
done

tools=$PWD/build/typst
if command -v npm >/dev/null; then
  if [ ! -d "$tools/node_modules/@myriaddreamin/typst-ts-node-compiler" ]; then
    mkdir -p "$tools"
    npm install --silent --no-audit --no-fund --no-save --prefix "$tools" @myriaddreamin/typst-ts-node-compiler@0.7.0
  fi
  cat >"$tools/compile.mjs" <<'JS'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { readFileSync, writeFileSync } from 'node:fs';
const [, , source, fonts, target] = process.argv;
const compiler = NodeCompiler.create({ fontArgs: [{ fontPaths: [fonts] }] });
writeFileSync(target, compiler.pdf({ mainFileContent: readFileSync(source, 'utf8') }, { pdfStandard: 'a-2a' }));
JS
fi

# Each makes the document of a name as a file of its own.
ours() {
  if [ "$1" = log ]; then
    "${timed[@]}" "$work/document" log 500 pdf "$work/log.ours.pdf"
  else
    "${timed[@]}" "$program" pdf "$id" --workspace "$workspace" -o "$work/$1.ours.pdf"
  fi
}
weasyprint() { "${timed[@]}" "$(type -P weasyprint)" --quiet "$work/$1.html" "$work/$1.weasyprint.pdf"; }
typst() { "${timed[@]}" node "$tools/compile.mjs" "$work/$1.typst" app/document/fonts "$work/$1.typst.pdf"; }
# A profile of its own, made by the first run, which is not counted.
soffice() {
  "${timed[@]}" "$(type -P soffice)" -env:UserInstallation="file://$work/profile" --headless \
    --convert-to pdf:writer_web_pdf_Export --outdir "$work/office" "$work/$1.html"
  mv "$work/office/$1.pdf" "$work/$1.soffice.pdf"
}

# measure MAKER NAME TIMES prints the median of the seconds, and the most memory in MB.
timed=()
measure() {
  "$1" "$2" >/dev/null 2>&1 # to fill caches
  timed=(/usr/bin/time -a -o "$work/times" -f '%e %M')
  : >"$work/times"
  for _ in $(seq "$3"); do "$1" "$2" >/dev/null 2>&1; done
  sort -n "$work/times" | awk '{ t[NR] = $1; if ($2 > m) m = $2 } END { printf "%.3f %.0f", t[int((NR + 1) / 2)], m / 1024 }'
}

# compare NAME PEER TIMES GOAL
compare() {
  if [ "$2" = typst ] && ! command -v npm >/dev/null || [ "$2" != typst ] && ! type -P "$2" >/dev/null; then
    echo "$2 is not installed; left out"
    return
  fi
  local theirs
  theirs=$(measure "$2" "$1" "$3")
  printf '%-12s %-11s %s MB, %s pages\n' "$1" "$2" "$theirs" "$(pages "$work/$1.$2.pdf")"
  awk -v o="$mine" -v t="$theirs" -v n="$1" -v p="$2" -v g="$4" 'BEGIN {
    split(o, a, " "); split(t, b, " ")
    printf "ratio pdf %s faster than %s: %.1f (goal %s)\n", n, p, b[1] / a[1], g
    if (n == "log") printf "ratio pdf %s memory to %s: %.2f (goal 0.33)\n", n, p, a[2] / b[2] }'
}

pages() { pdfinfo "$1" 2>/dev/null | sed -n 's/^Pages: *//p'; }

for name in application log; do
  mine=$(measure ours "$name" 9)
  printf '%-12s %-11s %s MB, %s pages (seconds, peak memory)\n' "$name" ours "$mine" "$(pages "$work/$name.ours.pdf")"
  if [ "$name" = application ]; then
    compare application weasyprint 5 10
    compare application soffice 5 10
    compare application typst 5 2
  else
    compare log weasyprint 1 30
    compare log typst 3 4
  fi
done
