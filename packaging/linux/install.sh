#!/usr/bin/env bash
# Installs the built program for this user, or for all with PREFIX=/usr/local:
# the program, its menu entry, its icon, and .kpilot files as its own.
#
#   packaging/linux/install.sh [uninstall]
set -euo pipefail
cd "$(dirname "$0")/../.."

prefix=${PREFIX:-$HOME/.local}
id=no.kompetansepilot.desktop
program=$prefix/bin/kompetansepilot
entry=$prefix/share/applications/$id.desktop
mime=$prefix/share/mime/packages/$id.xml
icons=$prefix/share/icons/hicolor

# Tells the desktop of what changed, where it has the tools for it.
refresh() {
  ! command -v update-mime-database >/dev/null || update-mime-database "$prefix/share/mime"
  ! command -v update-desktop-database >/dev/null || update-desktop-database "$prefix/share/applications"
}

if [ "${1:-}" = uninstall ]; then
  rm -f "$program" "$entry" "$mime" "$icons"/*/apps/"$id".png "$icons"/*/apps/"$id".svg
  refresh
  echo 'Removed. Workspaces and backups are left as they are.'
  exit
fi

[ -x build/kompetansepilot ] || { echo 'Build it first: make build' >&2; exit 1; }
install -D -m 755 build/kompetansepilot "$program"
install -D -m 644 packaging/linux/$id.desktop "$entry"
install -D -m 644 packaging/linux/$id.xml "$mime"
for size in 16 32 48 256; do
  install -D -m 644 assets/icons/icon-$size.png "$icons/${size}x$size/apps/$id.png"
done
install -D -m 644 assets/icons/icon.png "$icons/512x512/apps/$id.png"
install -D -m 644 assets/icons/icon.svg "$icons/scalable/apps/$id.svg"
refresh
echo "Installed: $program"
