#!/usr/bin/env bash
# Installs what this machine lacks, or says in plain words what to install.
#
#   scripts/setup.sh [build] [test] [windows] [wine] [lint] [bench]
#
# On Debian and Ubuntu it installs the packages itself. Elsewhere it only looks
# and tells. When nothing is missing it says nothing and takes a fraction of a
# second.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }
have() { command -v "$1" >/dev/null 2>&1; }

PATH="/usr/local/go/bin:$PATH" # where Go's own archive is unpacked, ahead of an older go

# debian_packages prints what a purpose needs by itself, in Debian's names. A
# window needs the headers of OpenGL, X11 and Wayland.
debian_packages() {
  case $1 in
    build) echo gcc libc6-dev pkg-config libgl1-mesa-dev xorg-dev libwayland-dev libxkbcommon-dev wayland-protocols ;;
    test) echo xvfb xauth xdotool x11-utils libgl1-mesa-dri imagemagick poppler-utils qpdf e2fsprogs dovecot-imapd ;;
    windows) echo gcc-mingw-w64-x86-64 ;;
    wine) echo wine64 ;;
    lint) echo shellcheck ;;
    bench) echo weasyprint libreoffice-writer-nogui fonts-noto-core jq sqlite3 time default-jre-headless libpdfbox2-java libjaxb-api-java ;;
  esac
}

# purposes_of prints the purpose and those it rests on.
purposes_of() {
  case $1 in
    build) echo build ;;
    test) echo build test ;;
    windows) echo build windows ;;
    wine) echo build test windows wine ;;
    lint) echo build lint ;;
    bench) echo build test bench ;;
    *) say "setup.sh: unknown purpose '$1' (build, test, windows, wine, lint, bench)"; exit 2 ;;
  esac
}

purposes=$(for p in "${@:-build}"; do purposes_of "$p"; done | tr ' ' '\n' | sort -u)

# as_root runs a command as root, or fails when nobody here may.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; elif have sudo; then sudo "$@"; else return 1; fi
}

# --- packages on Debian and Ubuntu ------------------------------------------

# missing_debian prints those of the named packages that are not installed.
missing_debian() {
  local installed
  installed=$(dpkg-query -W -f='${db:Status-Abbrev} ${Package}\n' "$@" 2>/dev/null | sed -n 's/^.i *//p' || true)
  local p
  for p in "$@"; do grep -qx -- "$p" <<<"$installed" || printf '%s\n' "$p"; done
}

install_debian() {
  if [ "$(id -u)" -ne 0 ] && ! have sudo; then
    say "These packages are missing, and this user may not install them:"
    say "  $*"
    say "Ask whoever looks after the machine to run: apt-get install $*"
    exit 1
  fi
  say "Installing: $*"
  local log
  log=$(mktemp)
  as_root apt-get -qq update >"$log" 2>&1 || say "The package lists could not be renewed; trying with those that are here."
  if ! as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o DPkg::Lock::Timeout=300 --no-install-recommends install "$@" >>"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    say "The packages could not be installed. Nothing was built. See apt's words above, and try again."
    exit 1
  fi
  rm -f "$log"
}

# --- other systems ------------------------------------------------------------

# check_elsewhere only looks, and stops with the names of what is missing.
check_elsewhere() {
  local wrong=0 p tool
  for p in $purposes; do
    case $p in
      build)
        case $(uname -s) in
          Darwin)
            if ! xcode-select -p >/dev/null 2>&1; then
              say "The compiler is missing. Install Apple's command line tools: xcode-select --install"; wrong=1
            fi ;;
          Linux | *BSD)
            if ! have gcc || ! have pkg-config ||
              ! pkg-config --exists gl x11 xcursor xrandr xinerama xi xxf86vm wayland-client xkbcommon; then
              say "The compiler or the headers of OpenGL, X11 and Wayland are missing. Install them:"
              say "  Fedora:   dnf install gcc pkgconf-pkg-config mesa-libGL-devel libX11-devel libXcursor-devel libXrandr-devel libXinerama-devel libXi-devel libXxf86vm-devel wayland-devel libxkbcommon-devel wayland-protocols-devel"
              say "  Arch:     pacman -S gcc pkgconf libgl xorg-server-devel libxcursor libxrandr libxinerama libxi wayland libxkbcommon wayland-protocols"
              say "  openSUSE: zypper install gcc pkg-config Mesa-libGL-devel libX11-devel libXcursor-devel libXrandr-devel libXinerama-devel libXi-devel libXxf86vm-devel wayland-devel libxkbcommon-devel wayland-protocols-devel"
              wrong=1
            fi ;;
          *) say "Build under Linux or macOS. On Windows, use WSL with Debian or Ubuntu, or a MinGW-w64 gcc on PATH." ;;
        esac ;;
      test)
        if [ "$(uname -s)" = Linux ] && ! have Xvfb; then
          say "The tests open windows on a display of their own. Install Xvfb (Fedora: xorg-x11-server-Xvfb, Arch: xorg-server-xvfb)."; wrong=1
        fi ;;
      windows)
        if ! have x86_64-w64-mingw32-gcc; then
          say "The Windows compiler is missing. Install MinGW-w64 (Fedora: mingw64-gcc, Arch: mingw-w64-gcc, macOS with Homebrew: mingw-w64)."; wrong=1
        fi ;;
      wine) if ! have wine64 && ! have wine; then say "Wine is missing. Install the package wine."; wrong=1; fi ;;
      lint) have shellcheck || say "shellcheck is not here; the shell scripts will not be checked." ;;
      bench)
        if ! have weasyprint; then say "WeasyPrint is missing (package weasyprint)."; wrong=1; fi
        if ! have soffice; then say "LibreOffice Writer is missing (package libreoffice-writer)."; wrong=1; fi
        for tool in jq sqlite3; do
          if ! have "$tool"; then say "$tool is missing (package $tool)."; wrong=1; fi
        done
        if [ ! -x /usr/bin/time ]; then say "GNU time is missing (package time)."; wrong=1; fi ;;
    esac
  done
  [ "$wrong" -eq 0 ] || exit 1
}

# --- Go -----------------------------------------------------------------------

# go_version prints the "MAJOR MINOR" of the go on PATH, or nothing.
go_version() { go env GOVERSION 2>/dev/null | sed -n 's/^go\([0-9]*\)\.\([0-9]*\).*/\1 \2/p'; }

# go_is_new_enough: from 1.21 on, go fetches the toolchain that go.mod asks for.
go_is_new_enough() {
  local major minor want
  read -r major minor < <(go_version) || return 1
  want=$(sed -n 's/^go 1\.\([0-9]*\).*/\1/p' go.mod)
  if [ "$major" -gt 1 ] || [ "$minor" -ge "$want" ]; then return 0; fi
  [ "$minor" -ge 21 ] && [ "$(go env GOTOOLCHAIN)" != local ]
}

check_go() {
  if have go && go_is_new_enough; then return; fi
  local want package found=""
  want=$(sed -n 's/^go \(1\.[0-9]*\).*/\1/p' go.mod)
  if have apt-cache; then
    # Prefer the very release; any from 1.21 on can fetch the right one itself.
    for package in "golang-$want-go" golang-go; do
      found=$(apt-cache policy "$package" 2>/dev/null | sed -n 's/^ *Candidate: *\([0-9]*:\)\?1\.\([0-9]*\).*/\2/p')
      if [ -n "$found" ] && [ "$found" -ge 21 ]; then
        install_debian "$package"
        # A versioned package leaves its go off PATH; the Makefile looks there.
        PATH="/usr/lib/go-$want/bin:$PATH"
        if have go && go_is_new_enough; then return; fi
      fi
    done
  fi
  if have go; then
    say "Go $(go_version | tr ' ' .) is too old: this program needs Go $want or newer."
  else
    say "Go is missing: this program needs Go $want or newer."
  fi
  say "Install it from the Go project's own download page (it is unpacked to /usr/local/go),"
  say "or on Debian from the backports archive: apt-get install -t <release>-backports golang-go."
  say "Then run the same command again."
  exit 1
}

if have dpkg-query && have apt-get; then
  wanted=()
  for p in $purposes; do
    read -ra packages <<<"$(debian_packages "$p")"
    wanted+=("${packages[@]}")
  done
  mapfile -t missing < <(missing_debian "${wanted[@]}")
  [ "${#missing[@]}" -eq 0 ] || install_debian "${missing[@]}"
else
  check_elsewhere
fi
check_go
