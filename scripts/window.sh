# shellcheck shell=bash
# To be sourced by the scripts that look at the real window.

# wait_for_window PID prints the id of the program's window. Fails when the
# process ends first, or when a minute has gone.
wait_for_window() {
  local window
  for _ in $(seq 240); do
    # xdotool ends with an error while there is no such window.
    window=$(xdotool search --onlyvisible --name Kompetansepilot 2>/dev/null | head -n 1) || true
    if [ -n "$window" ]; then
      printf '%s\n' "$window"
      return 0
    fi
    kill -0 "$1" 2>/dev/null || return 1
    sleep 0.25
  done
  return 1
}

# wait_for_stillness waits until two pictures of the screen in a row are the
# same: pages load in the background after the window has come. A blinking
# cursor may keep the screen moving, so it gives up waiting after a while.
wait_for_stillness() {
  local before after=
  for _ in $(seq 30); do
    before=$after
    after=$(import -window root rgb:- | sha256sum)
    [ "$before" != "$after" ] || return 0
    sleep 0.4
  done
}

# picture FILE takes a picture of the screen, and fails when it shows nothing.
picture() {
  local colours
  import -window root "$1"
  colours=$(identify -format %k "$1")
  [ "$colours" -gt 50 ]
}
