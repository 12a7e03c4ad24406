#!/bin/sh
# Shows the suite at work without a modem and without touching the network: on the person's display if there is one, to play
# with until Ctrl-C; else on a screen without a monitor, of which pictures stay in target/demo.
#
# BARPOP_BIN names the folder of the programs, if it is not that of a release build. Everything runs in a home of its
# own, which is how its processes are known at the end: nothing of the person's is touched.
set -eu
cd "$(dirname "$0")/.."

say() { printf 'demo: %s\n' "$*"; }
pictures=$PWD/target/demo
fail() {
  say "$*" >&2
  if [ -n "${server:-}" ]; then
    import -window root "$pictures/failure.png" 2>/dev/null &&
      say "the screen at that moment: $pictures/failure.png" >&2
  fi
  exit 1
}

: "${BARPOP_BIN:=${CARGO_TARGET_DIR:-target}/release}"
bin=$(cd "$BARPOP_BIN" 2>/dev/null && pwd) ||
  fail "there are no programs in $BARPOP_BIN: run 'make build' first"
for program in xsms xnm xgnss xshutter barpop barpop-sim; do
  [ -x "$bin/$program" ] || fail "'$program' is not in $bin: run 'make build' first"
done
for pair in xmobar:xmobar Xvfb:xvfb xdotool:xdotool import:imagemagick convert:imagemagick \
  dbus-daemon:dbus-daemon; do
  command -v "${pair%%:*}" >/dev/null ||
    fail "'${pair%%:*}' is missing: install the package '${pair##*:}'"
done

# A home of its own. What the person's display needs of the old one is named before.
[ -n "${XAUTHORITY:-}" ] || ! [ -f "${HOME:-}/.Xauthority" ] || export XAUTHORITY="$HOME/.Xauthority"
case "${WAYLAND_DISPLAY:-}" in
  '' | /*) ;;
  *) export WAYLAND_DISPLAY="${XDG_RUNTIME_DIR:-}/$WAYLAND_DISPLAY" ;;
esac
home=$(mktemp -d)
server=
ours() { # every process with that home, but for those that look for them
  HOME=/ grep -slzx "HOME=$home" /proc/[0-9]*/environ | HOME=/ cut -d/ -f3 || true
}
end() {
  status=$?
  trap - EXIT INT TERM HUP
  for signal in TERM TERM TERM TERM KILL KILL; do
    left=$(ours)
    [ -n "$left" ] || break
    # shellcheck disable=SC2086 # a list of numbers
    kill -s "$signal" $left 2>/dev/null || true
    sleep 0.1
  done
  rm -rf "$home"
  exit "$status"
}
trap end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP
mkdir -m 700 "$home/run"
unset XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME XDG_CACHE_HOME BARPOP_PIN
# xmobar ends when the session bus that it is told of does not answer; it needs none here.
export HOME="$home" XDG_RUNTIME_DIR="$home/run" DBUS_SESSION_BUS_ADDRESS=none
export PATH="$bin:$PATH" LC_ALL=C.UTF-8

# Asks again and again, for ten seconds, until the command says yes.
wait_until() {
  what=$1
  shift
  until=$(($(date +%s) + 10))
  while [ "$(date +%s)" -le $until ]; do
    "$@" && return
    sleep 0.05
  done
  fail "waited ten seconds in vain until $what"
}
is_written() { [ -s "$1" ]; }

modem=$home/modem
mkfifo "$home/control"
barpop-sim modem --link "$modem" --demo <"$home/control" >"$home/said" &
exec 3>"$home/control"
wait_until 'the simulated modem is there' is_written "$home/said"
say "A simulated EM7345 waits on $modem, with messages in its SIM."

# A system bus of the demo's own, with a NetworkManager on it that plays a flat.
cat >"$home/bus.conf" <<C
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>system</type>
  <listen>unix:path=$home/bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow user="*"/><allow own="*"/><allow send_destination="*" eavesdrop="true"/>
    <allow receive_sender="*"/><allow send_type="method_call"/>
  </policy>
</busconfig>
C
dbus-daemon --config-file="$home/bus.conf" --nofork --nopidfile 2>/dev/null &
is_socket() { [ -S "$1" ]; }
wait_until 'the bus is there' is_socket "$home/bus"
export DBUS_SYSTEM_BUS_ADDRESS="unix:path=$home/bus"
mkfifo "$home/network-control"
barpop-sim network --scene home <"$home/network-control" >"$home/network-said" &
exec 5>"$home/network-control"
wait_until 'the simulated network is there' is_written "$home/network-said"
say 'A simulated NetworkManager has a flat around it: Wi-Fi in use, ten neighbours, a VPN, a modem.'

# A camera's timer without a camera, which takes a picture every four seconds.
xshutter serve --release none --name Garden --state none --listen 127.0.0.1:0 2>"$home/timer-said" &
timer_is_there() { grep -q ' is at http' "$home/timer-said"; }
wait_until "the camera's timer is there" timer_is_there
timer=$(sed -n 's|.* is at http://\(.*\)/$|\1|p' "$home/timer-said")
xshutter --server "$timer" start --interval 4s --count 500
say "A camera's timer without a camera takes 500 pictures, at http://$timer/"

# The configuration that a person copies, for this modem.
sed "s|/dev/ttyACM0|$modem|g" xmobar/xmobarrc >"$home/xmobarrc"

play() {
  say "The display ${DISPLAY:-$WAYLAND_DISPLAY} is used; nothing of yours is touched."
  trap 'exit 0' INT
  if [ -n "${DISPLAY:-}" ]; then
    # Out of the way of a bar that is there, and over windows that do not make room.
    sed -i 's/TopSize/BottomSize/; s/lowerOnStart = True/lowerOnStart = False/' "$home/xmobarrc"
    xmobar "$home/xmobarrc" 2>/dev/null &
    say 'A second xmobar is at the bottom of the screen: click the envelope at its right.'
  else
    # xmobar knows no Wayland.
    xsms --follow --output plain -d "$modem" &
    xnm --follow --output plain &
    xshutter --follow --output plain --server "$timer" &
    xsms -g -d "$modem" &
    xnm -g &
    xshutter -g --server "$timer" &
    say 'xmobar needs X: here are the popups, and the lines in this terminal.'
  fi
  say 'A message comes in every 20 seconds. Type what shall happen to the modem, for example:'
  say '  sms +4915550123 Hello there     a message comes in'
  say '  unplug, replug                  the modem is pulled out, and plugged in again'
  say '  send error 500, send ok         the network refuses what you send, and takes it again'
  say '  signal 5, silent on, full on    weak reception, a hung modem, a full SIM'
  say 'Click the network at its right as well. What begins with net happens to the network:'
  say '  net strength "Meisenweg 12" 20  weak reception; the own password is: correct horse'
  say '  net gone "Meisenweg 12"         out of reach; net add-ap NAME 70 wpa2 PASSWORD'
  say '  net connectivity portal         a sign-in page; net cable eth0 on; net stop, net start'
  [ -z "${DISPLAY:-}" ] || xshutter -g --server "$timer" &
  say 'Ctrl-C ends the demo and takes everything away.'
  # shellcheck disable=SC2016 # for the other shell
  sh -c '
    while :; do
      for text in "Are you there?" "Call me when you are 🚲" "See you at 8, bring <b>bread</b>"; do
        sleep 20
        echo "sms +4915550123 $text"
      done
    done' >&3 &
  tail -q -n +2 -f "$home/said" "$home/network-said" &
  # In the background, so that a signal is heard at once.
  exec 4<&0
  while read -r line; do
    case "$line" in
      'net '*) echo "${line#net }" >&5 ;;
      *) echo "$line" >&3 ;;
    esac
  done <&4 &
  wait $!
  wait
}

# Starts a screen without a monitor, and says its name.
screen() {
  Xvfb -displayfd 1 -screen 0 "$2x24" -noreset -nolisten tcp >"$home/$1" 2>/dev/null &
  wait_until 'there is an X server' is_written "$home/$1"
  read -r number <"$home/$1"
}

# What the bar shows is known by comparing it with a bar that has the text in its template.
count() { xsms -r 0 --output plain; }
draw_expected() {
  format=$(sed -n "s/.* -u '\([^']*\)'.*/\1/p" xmobar/xmobarrc)
  # In a template a character cannot be written as a number.
  envelope=$(printf '\357\203\240')
  text=$(printf %s "$format" | sed "s/%d/$1/; s/\\\\xf0e0/$envelope/; s/[\\\\&|]/\\\\&/g")
  sed -e '/\[ Run CommandReader/,/^ *"xsms"/d' -e '0,/, Run /s/, Run /[ Run /' \
    -e "s|%xsms%|$text|" "$home/xmobarrc" >"$home/expected"
  [ -z "${easel:-}" ] || kill "$easel"
  DISPLAY=$other xmobar "$home/expected" 2>/dev/null &
  easel=$!
}
drawn=
bar_shows_count() {
  unread=$(count)
  [ "$unread" != 0 ] || return
  if [ "$drawn" != "$unread" ]; then
    draw_expected "$unread"
    drawn=$unread
  fi
  import -window root -crop 1280x24+0+0 -depth 8 "rgb:$home/is.rgb"
  import -display "$other" -window root -depth 8 "rgb:$home/wanted.rgb"
  ! cmp -s "$home/wanted.rgb" "$home/nothing.rgb" && cmp -s "$home/is.rgb" "$home/wanted.rgb"
}
bar_shows_other_count_than() { bar_shows_count && [ "$unread" != "$1" ]; }

# Where the Nth field of the right half begins: fields are parted by more than a letter's width.
field() {
  convert "$pictures/bar.png" -crop 640x24+640+0 +repage -scale '640x1!' -depth 8 txt:- |
    awk -F'[,: ]' -v wanted="$1" '
      NR == 1 { next }
      NR == 2 { empty = $0; sub(/^[^(]*/, "", empty); last = -100 }
      { colour = $0; sub(/^[^(]*/, "", colour) }
      colour != empty {
        if ($1 - last > 8 && ++fields == wanted) { print 640 + $1; exit }
        last = $1
      }'
}

# A popup besides those that are open already, a line for each.
seen=
popup_is_open() {
  new=$(xdotool search --onlyvisible --class '^barpop$' 2>/dev/null | grep -vxF "${seen:-none}" |
    tail -n 1)
  [ -n "$new" ]
}
# Keeps a picture of the popup, and says whether there is more than an empty window to see.
popup_is_drawn() {
  eval "$(xdotool getwindowgeometry --shell "$window")"
  # shellcheck disable=SC2153 # set by that
  import -window root -crop "${WIDTH}x$HEIGHT+$X+$Y" +repage "$pictures/$1.png"
  [ "$(convert "$pictures/$1.png" -format %k info:)" -gt "$2" ]
}
network_is_on_the_bar() {
  import -window root -crop 1280x24+0+0 +repage "$pictures/bar.png"
  xnm --output plain | grep -q 'Meisenweg 12' && [ -n "$(field 3)" ]
}
# The popup's header has the count, and nothing that blinks.
keep_header() { import -window root -crop "${WIDTH}x40+$X+$Y" -depth 8 "rgb:$home/$1"; }
header_has_changed() {
  keep_header now.rgb
  ! cmp -s "$home/now.rgb" "$home/before.rgb"
}

show() {
  echo 'steady on' >&5
  rm -rf "$pictures"
  mkdir -p "$pictures"
  screen real 1280x800
  server=:$number
  screen easel 1280x24
  other=:$number
  export DISPLAY="$server"
  unset WAYLAND_DISPLAY
  import -display "$other" -window root -depth 8 "rgb:$home/nothing.rgb"
  say "There is no display: an X server without a monitor ($server) shows everything."

  xmobar "$home/xmobarrc" 2>/dev/null &
  wait_until 'the bar shows how many messages are unread' bar_shows_count
  wait_until 'the bar shows the network' network_is_on_the_bar
  say "xmobar shows $unread unread messages, and the Wi-Fi that is in use."

  xdotool mousemove $(($(field 1) + 4)) 12 click 1
  wait_until 'a click opens the popup' popup_is_open
  window=$new
  seen="$seen$window
"
  wait_until 'the popup is drawn' popup_is_drawn popup 20
  say 'A click on the messages has opened their popup.'
  # Here is no window manager that would give it the keyboard, without which nothing is read.
  xdotool windowfocus "$window"
  before=$unread
  wait_until 'the count falls by what the popup shows' bar_shows_other_count_than "$before"
  say "The popup shows the newest conversation, and the bar counts $unread unread ones now."
  popup_is_drawn popup 20
  import -window root "$pictures/screen.png"

  keep_header before.rgb
  before=$unread
  echo 'sms Paketdienst Ihr Paket liegt beim Nachbarn. 📦' >&3
  wait_until 'the bar counts a message that comes in' bar_shows_other_count_than "$before"
  wait_until 'the popup shows a message that comes in' header_has_changed
  import -window root "$pictures/after-message.png"
  say "A message has come in: the bar counts $unread, and the popup has it."

  xdotool mousemove $(($(field 2) + 4)) 12 click 1
  wait_until 'a click opens the network popup' popup_is_open
  window=$new
  seen="$seen$window
"
  xdotool windowfocus "$window"
  wait_until 'the network popup is drawn' popup_is_drawn network 60
  say 'A click on the network has opened its popup, with the networks around.'

  xgnss -g --source "file:$PWD/tests/data/gnss/four-constellations.nmea" &
  popups=$!
  wait_until 'the position popup opens' popup_is_open
  window=$new
  seen="$seen$window
"
  wait_until 'the position popup shows the sky' popup_is_drawn gnss 200
  say 'The position popup replays the log of a receiver.'

  xshutter -g --server "$timer" &
  popups="$popups $!"
  wait_until "the popup of the camera's timer opens" popup_is_open
  window=$new
  seen="$seen$window
"
  wait_until "the popup of the camera's timer shows its count-down" popup_is_drawn shutter 60
  say "The popup of the camera's timer counts down to the next picture."
  # Before their screen goes, of which they would complain.
  for popup in $popups; do
    kill "$popup"
    wait "$popup" || true
  done
  say "The pictures are in $pictures:"
  say '  bar.png, popup.png, screen.png, after-message.png, network.png, gnss.png and shutter.png'
}

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then play; else show; fi
