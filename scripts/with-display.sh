#!/usr/bin/env bash
# Runs a command on an X display of its own, so that test windows neither need
# nor disturb a person's screen. Elsewhere than under Linux it just runs it.
#
#   scripts/with-display.sh COMMAND [ARGUMENT…]
set -euo pipefail

if [ "$(uname -s)" != Linux ]; then exec "$@"; fi
# WAYLAND_DISPLAY would draw windows to the person's own screen all the same.
unset WAYLAND_DISPLAY
exec xvfb-run --auto-servernum --server-args="-screen 0 ${SCREEN:-1280x800x24} -nolisten tcp" "$@"
