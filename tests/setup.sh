#!/bin/sh
# Installs what `make demo|test|lab|check|bench` needs, and says what it does. Debian and Ubuntu by
# apt; elsewhere it names what is missing.
set -eu

say() { printf 'setup: %s\n' "$*"; }

# program:package
build="cc:gcc c++:g++ make:make pkg-config:pkg-config"
screen="Xvfb:xvfb xmobar:xmobar xmonad:xmonad xdotool:xdotool xprop:x11-utils import:imagemagick"
gnss="gpsd:gpsd gpsfake:gpsd-clients gpspipe:gpsd-clients gpsbabel:gpsbabel"
foreign="gammu:gammu ModemManager:modemmanager dbus-run-session:dbus-daemon gdbus:libglib2.0-bin"
network="NetworkManager:network-manager nmcli:network-manager mmcli:modemmanager \
  dnsmasq:dnsmasq-base busctl:systemd ip:iproute2 unshare:util-linux nsenter:util-linux"
# To build the lab's kernel (tests/lab/kernel.sh), and what runs in its guests.
kernel="flex:flex bison:bison bc:bc xz:xz-utils flock:util-linux dpkg-deb:dpkg"
guest="setpriv:util-linux udevadm:udev dbus-daemon:dbus ip:iproute2 iw:iw hostapd:hostapd \
  wpa_supplicant:wpasupplicant NetworkManager:network-manager nmcli:network-manager \
  dnsmasq:dnsmasq-base nft:nftables ping:iputils-ping openssl:openssl gpioset:gpiod"
lab="$kernel $guest"

case "${1:-}" in
  demo) programs="$build Xvfb:xvfb xmobar:xmobar xdotool:xdotool import:imagemagick \
    dbus-daemon:dbus-daemon" ;;
  test) programs="$build $screen $foreign $gnss $network $lab" ;;
  lab) programs="$build $lab" ;;
  check) programs="$build" ;;
  bench) programs="$build $screen python3:python3 busctl:systemd nmcli:network-manager \
    dbus-daemon:dbus-daemon" ;;
  *) echo "usage: $0 demo|test|lab|check|bench" >&2; exit 2 ;;
esac

missing=
for pair in $programs; do
  # A daemon may live outside of the person's path; imagemagick's `import` needs the real one.
  found=$(PATH="$PATH:/usr/sbin:/sbin" command -v "${pair%%:*}" || true)
  [ -n "$found" ] || missing="$missing ${pair##*:}"
done

# Libraries and fonts are known to the package manager only.
case "$1" in
  demo|test|bench)
    libraries="fonts-dejavu-core fonts-font-awesome libgl1 libgl1-mesa-dri libegl1 \
      libxkbcommon-x11-0 libxcursor1 libxi6 libxrandr2 libx11-xcb1" ;;
  *) libraries= ;;
esac
# The interfaces' own descriptions, with which the simulated network is compared.
[ "$1" = test ] && libraries="$libraries network-manager-dev modemmanager-dev"
[ "$1" = bench ] && libraries="$libraries python3-tk python3-serial"
if command -v dpkg-query >/dev/null; then
  for package in $libraries; do
    dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null | grep -q '^ii' ||
      missing="$missing $package"
  done
fi

sudo=
[ "$(id -u)" = 0 ] || sudo=sudo
if [ -n "$missing" ]; then
  if ! command -v apt-get >/dev/null; then
    say "please install with your package manager:$missing" >&2
    exit 1
  fi
  say "installing with apt:$missing"
  $sudo apt-get update -qq
  # Daemons that the tests start for themselves shall not start on this machine: a new
  # NetworkManager would take its network over.
  if [ -d /run/systemd/system ]; then
    for package in $missing; do
      case $package in
        network-manager) services="NetworkManager NetworkManager-dispatcher" ;;
        wpasupplicant) services=wpa_supplicant ;;
        modemmanager) services=ModemManager ;;
        *) continue ;;
      esac
      say "'$package' is installed for the tests only, masked: 'systemctl unmask $services' if you want it"
      # shellcheck disable=SC2086 # a list of words
      $sudo systemctl --quiet mask $services
    done
  fi
  # shellcheck disable=SC2086 # a list of words
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends $missing \
    >/dev/null
fi

if ! command -v cargo >/dev/null; then
  say "please install Rust 1.95 or newer (https://rustup.rs)" >&2
  exit 1
fi
cargo_tool() {
  cargo "$1" --version >/dev/null 2>&1 && return
  say "installing cargo-$1 with cargo (some minutes)"
  cargo install --quiet --locked "cargo-$1"
}
case "$1" in
  test|lab)
    cargo_tool nextest
    # The kernel's source is fetched by kernel.sh, which is not the one to call sudo.
    apt-cache show linux-source-6.1 >/dev/null 2>&1 || $sudo apt-get update -qq || true ;;
  check) cargo_tool deny ;;
esac
say "everything that 'make $1' needs is there"
