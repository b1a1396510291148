#!/usr/bin/env bash
# The sample application as a PDF, against WeasyPrint and headless LibreOffice
# making a document of the same words, process start included. The peers get
# the words as plain paragraphs, without tables, chart and map: the easier job.
# Goal: at least 10 times faster than each.
set -euo pipefail
cd "$(dirname "$0")/../.."

make build >/dev/null
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export KOMPETANSEPILOT_HOME=$work/home KOMPETANSEPILOT_BACKUPS=$work/backups LANG=C.UTF-8

program=$PWD/build/kompetansepilot
workspace=$work/a.kpilot
"$program" demo --workspace "$workspace" >/dev/null
id=$("$program" applications --workspace "$workspace" --json | sed -n 's/.*"id": *"\([^"]*\)".*/\1/p' | head -n 1)

ours() { "$program" pdf "$id" --workspace "$workspace" -o "$work/ours.pdf" >/dev/null; }
weasy() { weasyprint --quiet "$work/same.html" "$work/weasy.pdf" >/dev/null 2>&1; }
# A profile of its own, made by the first run, which is not counted.
office() {
  soffice -env:UserInstallation="file://$work/profile" --headless --convert-to pdf:writer_web_pdf_Export \
    --outdir "$work/office" "$work/same.html" >/dev/null 2>&1
}

# median TIMES COMMAND prints the median of the seconds that it takes.
median() {
  local times=$1 from to
  shift
  "$@" # to fill caches
  for _ in $(seq "$times"); do
    from=$(date +%s%N)
    "$@"
    to=$(date +%s%N)
    echo $(((to - from) / 1000))
  done | sort -n | sed -n "$(((times + 1) / 2))p" | awk '{ printf "%.3f", $1 / 1e6 }'
}

ours
{
  echo '<!DOCTYPE html><html lang="nb"><meta charset="utf-8"><title>Søknad</title><style>@page { size: A4; margin: 2cm } body { font: 10pt "Noto Sans" }</style><body>'
  pdftotext -enc UTF-8 "$work/ours.pdf" - | sed 's/&/\&amp;/g; s/</\&lt;/g; s/\f//g; s/^$/<p>/'
  echo '</body></html>'
} >"$work/same.html"

mine=$(median 9 ours)
printf 'kompetansepilot  %s s  %s pages\n' "$mine" "$(pdfinfo "$work/ours.pdf" | sed -n 's/^Pages: *//p')"
for peer in weasy office; do
  theirs=$(median 3 "$peer")
  file=$work/weasy.pdf
  [ "$peer" = weasy ] || file=$work/office/same.pdf
  printf '%-16s %s s  %s pages\n' "$peer" "$theirs" "$(pdfinfo "$file" | sed -n 's/^Pages: *//p')"
  awk -v a="$theirs" -v b="$mine" -v p="$peer" 'BEGIN { printf "ratio pdf faster than %s: %.1f (goal 10)\n", p, a / b }'
done
