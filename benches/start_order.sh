#!/bin/sh
# Notes which functions of `barpop` run until each popup is on the screen with something to show, for
# assets/packages/start-cc.sh to put them side by side. `make start-order` calls it, with the folder of an
# unstripped `barpop` and of `barpop-sim`, and the file to write.
set -eu
bin=$(cd "$1" && pwd)
into=$2
home=$(mktemp -d)
daemons=
trap 'kill $daemons 2>/dev/null; rm -rf "$home"' EXIT
mkdir -m 700 "$home/run"
log=$PWD/tests/data/gnss/four-constellations.nmea

Xvfb -displayfd 3 -screen 0 1280x800x24 -noreset 3>"$home/display" >/dev/null 2>&1 &
daemons="$daemons $!"
cat >"$home/bus.conf" <<C
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <listen>unix:path=$home/bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/>
  </policy>
</busconfig>
C
dbus-daemon --config-file="$home/bus.conf" --nofork --nopidfile >/dev/null 2>&1 &
daemons="$daemons $!"
sleep 1
display=:$(cat "$home/display")
"$bin/barpop-sim" modem --demo --link "$home/modem" >/dev/null 2>&1 </dev/null &
daemons="$daemons $!"
DBUS_SYSTEM_BUS_ADDRESS=unix:path=$home/bus "$bin/barpop-sim" network --scene home >/dev/null 2>&1 </dev/null &
daemons="$daemons $!"
sleep 2

question='{"number":1,"profile":"6b3c1f0e-0000-4000-8000-000000000001","name":"Cafe","ssid":[67,97,102,101],'
question=$question'"setting":"802-11-wireless-security","fields":[{"key":"psk","label":"Password","secret":true}],'
question=$question'"refused":false,"message":null}'
# Until it has come to rest, in an emulator that tells every function it meets. Twice, for what a first
# start keeps for the next one.
run() {
  for turn in 1 2; do
    echo "$question" | env -i PATH="$PATH" HOME="$home" XDG_RUNTIME_DIR="$home/run" DISPLAY="$display" \
      DBUS_SESSION_BUS_ADDRESS=none DBUS_SYSTEM_BUS_ADDRESS="unix:path=$home/bus" LANG=C.UTF-8 \
      timeout -s KILL 20 qemu-x86_64-static -d in_asm -D "$home/calls" "$bin/barpop" "$@" >/dev/null 2>&1 || true
    sed -n 's/^IN: //p' "$home/calls" | sort -u >"$home/calls.$1.$turn"
  done
}
run sms --device "$home/modem"
run net
run gnss --source "file:$log"
run ds4
run shutter
run ask
plain() { c++filt | sed -E 's/ \(\.[^)]*\)$//; s/::h[0-9a-f]{16}$//; s/\[[0-9a-f]{12,16}\]//g' | LC_ALL=C sort -u; }
nm --defined-only --format=posix "$bin/barpop" | awk '$2 ~ /^[tTwW]$/ { print $1 }' | plain >"$home/all"
sort -u "$home"/calls.* | plain | LC_ALL=C comm -12 - "$home/all" >"$into"
[ "$(wc -l <"$into")" -gt 2000 ] || { echo "start_order: only $(wc -l <"$into") functions were seen" >&2; exit 1; }
