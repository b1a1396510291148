#!/usr/bin/env bash
# Renders assets/icons/*.png and icon.ico from the drawings. The results are
# committed; run this only after changing a drawing. Needs rsvg-convert
# (librsvg2-bin) and ImageMagick.
set -euo pipefail
cd "$(dirname "$0")/../assets/icons"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

render() { rsvg-convert -w "$2" -h "$2" "$1" -o "$3"; }

sizes=(16 24 32 48 64 128 256)
for size in "${sizes[@]}"; do
  drawing=icon.svg
  [ "$size" -gt 32 ] || drawing=icon-small.svg
  render "$drawing" "$size" "$work/$size.png"
done
render icon.svg 512 icon.png
for size in 16 32 48 256; do cp "$work/$size.png" "icon-$size.png"; done
images=("${sizes[@]/#/$work/}")
convert "${images[@]/%/.png}" icon.ico
