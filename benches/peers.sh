#!/bin/sh
# Takes pictures of docs/peers.md anew: peers and popups on a screen without a monitor, on the same
# simulated devices, peer left and popup right. `benches/peers.sh sms` takes these only; there are
# net (with the question), sms and gnss. Besides what `make demo` wants it needs, of Debian 12,
# gnome-control-center network-manager-gnome trayer chatty modem-manager-gui modemmanager gpsd-clients.
# BARPOP_BIN names the folder of the programs (target/release).
set -eu
cd "$(dirname "$0")/.."
bin=$(cd "${BARPOP_BIN:-target/release}" && pwd)
out=$PWD/assets/gallery/peers
log=$PWD/tests/data/gnss/four-constellations.nmea
export LC_ALL=C.UTF-8 PATH="$bin:/usr/bin:/bin:/usr/sbin:/sbin"
for program in barpop barpop-sim gnome-control-center nm-applet trayer chatty modem-manager-gui ModemManager \
  mmcli gdbus gpsfake xgps Xvfb xdotool import convert dbus-daemon; do
  command -v "$program" >/dev/null || { echo "peers: '$program' is missing" >&2; exit 1; }
done

# A home of its own, by which its processes are known at the end.
home=$(mktemp -d)
end() {
  trap - EXIT
  for signal in TERM KILL; do
    # shellcheck disable=SC2046 # a list of numbers
    kill -s $signal $(HOME=/ grep -slzx "HOME=$home" /proc/[0-9]*/environ | cut -d/ -f3) 2>/dev/null || true
    sleep 0.5
  done
  rm -rf "$home"
}
trap end EXIT
trap 'exit 1' INT TERM HUP
cd "$home"
export HOME="$home" XDG_RUNTIME_DIR="$home" NO_AT_BRIDGE=1 GSETTINGS_BACKEND=memory XDG_CURRENT_DESKTOP=GNOME
unset WAYLAND_DISPLAY XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME XDG_CACHE_HOME
exec 3>&2 2>said
# Nothing says when a peer has drawn itself; PEERS_SLOWER=3 waits three times as long.
wait_for() { sleep $(($1 * ${PEERS_SLOWER:-1})); }

Xvfb -displayfd 4 -screen 0 1500x1000x24 -noreset -nolisten tcp -wr 4>display & wait_for 2
DISPLAY=:$(cat display)
export DISPLAY
click() { xdotool mousemove "$1" "$2" click 1 mousemove 1499 500; }
keys() { xdotool key --delay 300 "$@"; }

# A bus for everything, on which is nothing of the machine's.
bus() {
  cat >"$1.conf" <<C
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path=$home/$1</listen><auth>EXTERNAL</auth>
<policy context="default"><allow user="*"/><allow own="*"/>
<allow send_destination="*" eavesdrop="true"/><allow receive_sender="*"/></policy></busconfig>
C
  dbus-daemon --config-file="$1.conf" --nofork --nopidfile & wait_for 1
  export DBUS_SYSTEM_BUS_ADDRESS="unix:path=$home/$1" DBUS_SESSION_BUS_ADDRESS="unix:path=$home/$1"
}
# What is on the screen. Satellites come and go in what gpsd tells: the fullest of some pictures.
take() {
  for try in 1 2 3 4 5 6; do
    import -window root -trim +repage "try$try.png"
    sleep 0.2
  done
  mv "$(find . -name 'try*.png' -printf '%s %p\n' | sort -n | tail -n 1 | cut -d' ' -f2)" "$1"
}
popup() {
  barpop "$@" --at center <question & wait_for 6
  xdotool windowfocus "$(xdotool search --onlyvisible --class '^barpop$')" || echo "no popup of '$*'" >&3
  case $1 in
    gnss) click 1049 336 ;; # takes away that the log's date is long past
    sms) click 490 425 ;; # the conversation that the peers show, too
  esac
  wait_for 1
  take ours.png
  kill $!
}
beside() {
  name=$1
  shift
  convert "$@" ours.png -bordercolor white -border 8 -background white -gravity north +append +dither \
    -colors "${colours:-256}" -strip -define png:compression-level=9 -define png:compression-filter=0 \
    "$out/$name.png"
}

net() {
  bus network
  mkfifo control
  barpop-sim network --scene home <control >&2 &
  exec 5>control
  echo 'steady on' >&5
  wait_for 2
  popup net
  gnome-control-center wifi & wait_for 8
  take settings.png
  kill $!
  beside net settings.png
  trayer --edge top --align right --widthtype request --height 24 & tray=$!
  wait_for 1
  nm-applet & wait_for 4
  click 1488 12
  wait_for 1
  keys Down Down Down Right
  take menu.png
  beside net-menu menu.png
  keys Down Down Down Return
  wait_for 3
  import -window "$(xdotool search --onlyvisible --name 'Authentication Required')" dialog.png
  kill $! $tray
  cat >question <<Q
{"number":1,"profile":"6b3c1f0e-0000-4000-8000-000000000001","name":"FRITZ!Box 7590 KX","ssid":[70,82,
73,84,90,33,66,111,120,32,55,53,57,48,32,75,88],"setting":"802-11-wireless-security","refused":false,
"message":null,"fields":[{"key":"psk","label":"Password","secret":true}]}
Q
  popup ask >&2
  beside ask dialog.png
}

# Each takes the messages out of its modem, and so gets one of its own with the same messages.
modem_manager() {
  bus "$1"
  barpop-sim modem --demo --abstract-socket "abstract:barpop-$$-$1:x" >&2 &
  ModemManager --test-session --no-auto-scan --test-enable --test-no-udev --test-no-suspend-resume --test-no-qrtr &
  wait_for 3
  gdbus call --session --dest=org.freedesktop.ModemManager1 --object-path=/org/freedesktop/ModemManager1 \
    --method=org.freedesktop.ModemManager1.Test.SetProfile barpop generic "['abstract:barpop-$$-$1:x']" >&2
  wait_for 6
  mmcli --modem=any --enable >&2
  wait_for 4
}
sms() {
  modem_manager sms
  popup sms --device mm
  modem_manager sms-chatty
  chatty & wait_for 8
  take list.png
  click 150 130
  wait_for 2
  take thread.png
  kill $!
  beside sms list.png thread.png
  modem_manager sms-manager
  modem-manager-gui & wait_for 6
  click 664 649 # no services are to be enabled
  click 750 696
  wait_for 6
  click 507 249
  wait_for 3
  click 460 434
  wait_for 2
  take manager.png
  kill $!
  beside sms-manager manager.png
}

gnss() {
  gpsfake -q -c 0.04 -P 29470 "$log" & wait_for 2
  xgps 127.0.0.1:29470 & wait_for 9
  take xgps.png
  kill $!
  popup gnss --source gpsd://127.0.0.1:29470
  colours=64 beside gnss xgps.png
}

: >question
mkdir -p "$out"
xdotool mousemove 1499 500
[ $# -gt 0 ] || set -- net sms gnss
for which; do "$which"; done
