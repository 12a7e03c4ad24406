#!/bin/sh
# Installs what `make demo|test|gallery|lab|lab-stock|check|bench|mutants|coverage|start-order|packages|cross|semver` needs, and says what it does.
# Debian and Ubuntu by apt; elsewhere it names what is missing.
set -eu

say() { printf 'setup: %s\n' "$*"; }

# program:package
build="cc:gcc c++:g++ make:make pkg-config:pkg-config"
screen="Xvfb:xvfb dunst:dunst strace:strace xmobar:xmobar xmonad:xmonad xdotool:xdotool \
  xprop:x11-utils import:imagemagick setxkbmap:x11-xkb-utils xclip:xclip uim-xim:uim-xim \
  fcitx5:fcitx5 wl-paste:wl-clipboard wl-copy:wl-clipboard"
# Other bars and window managers, each with what shows it and types into it.
bars="i3:i3-wm i3bar:i3-wm polybar:polybar tmux:tmux sway:sway swaybar:sway waybar:waybar grim:grim \
  unshare:util-linux"
pads="umockdev-run:umockdev"
gallery="fc-match:fontconfig"
browser="chromium:chromium chromedriver:chromium-driver"
broker="mosquitto:mosquitto mosquitto_sub:mosquitto-clients openssl:openssl python3:python3 \
  avahi-daemon:avahi-daemon avahi-browse:avahi-utils"
gnss="gpsd:gpsd gpsfake:gpsd-clients gpspipe:gpsd-clients gpsbabel:gpsbabel"
foreign="gammu:gammu ModemManager:modemmanager dbus-run-session:dbus-daemon gdbus:libglib2.0-bin"
network="NetworkManager:network-manager nmcli:network-manager mmcli:modemmanager \
  dnsmasq:dnsmasq-base busctl:systemd ip:iproute2 unshare:util-linux nsenter:util-linux"
# An Arduino in simavr, cameras over USB, and what judges units.
camera="avr-gcc:gcc-avr gphoto2:gphoto2 systemd-analyze:systemd"
# To build the lab's kernel (tests/lab/kernel.sh), and what runs in its guests.
kernel="flex:flex bison:bison bc:bc xz:xz-utils flock:util-linux dpkg-deb:dpkg"
guest="setpriv:util-linux udevadm:udev dbus-daemon:dbus ip:iproute2 iw:iw hostapd:hostapd \
  wpa_supplicant:wpasupplicant NetworkManager:network-manager nmcli:network-manager \
  dnsmasq:dnsmasq-base nft:nftables ping:iputils-ping openssl:openssl gpioset:gpiod \
  ModemManager:modemmanager mmcli:modemmanager pppd:ppp gpsd:gpsd gpsdctl:gpsd \
  /usr/lib/polkit-1/polkitd:polkitd \
  Xvfb:xvfb xmonad:xmonad xdotool:xdotool import:imagemagick"
lab="$kernel $guest"
# Debian's own kernels (tests/lab/stock.sh) and a machine for them.
stock="qemu-system-x86_64:qemu-system-x86 busybox:busybox-static cpio:cpio modprobe:kmod xz:xz-utils \
  flock:util-linux dpkg-deb:dpkg"

# What reads packages, launchers and their metadata.
packages="rpmbuild:rpm nix-instantiate:nix-bin desktop-file-validate:desktop-file-utils \
  appstreamcli:appstream dpkg-deb:dpkg dpkg-parsechangelog:dpkg-dev readelf:binutils \
  makepkg:makepkg pacman:pacman-package-manager fakeroot:fakeroot bsdtar:libarchive-tools"

case "${1:-}" in
  demo) programs="$build Xvfb:xvfb xmobar:xmobar xdotool:xdotool import:imagemagick \
    dbus-daemon:dbus-daemon" ;;
  test) programs="$build $screen $foreign $gnss $pads $browser $network $camera $lab $broker $bars $packages \
    $gallery" ;;
  gallery) programs="$build $gallery" ;;
  lab) programs="$build $lab" ;;
  lab-stock) programs="$build $guest $stock" ;;
  check) programs="$build shellcheck:shellcheck" ;;
  bench) programs="$build $screen gpsdecode:gpsd-clients python3:python3 busctl:systemd nmcli:network-manager \
    dbus-daemon:dbus-daemon yad:yad nm-connection-editor:network-manager-gnome \
    modem-manager-gui:modem-manager-gui mmcli:modemmanager xgps:gpsd-clients" ;;
  start-order) programs="$build Xvfb:xvfb dbus-daemon:dbus-daemon qemu-x86_64-static:qemu-user-static" ;;
  mutants) programs="$build" ;;
  coverage) programs="$build python3:python3" ;;
  packages) programs="$build mmdebstrap:mmdebstrap dpkg-deb:dpkg readelf:binutils unshare:util-linux \
    ip:iproute2 Xvfb:xvfb xdotool:xdotool import:imagemagick lintian:lintian sqlite3:sqlite3 \
    rpmbuild:rpm rpmlint:rpmlint" ;;
  cross) programs="$build qemu-aarch64-static:qemu-user-static qemu-arm-static:qemu-user-static \
    aarch64-linux-gnu-gcc:gcc-aarch64-linux-gnu arm-linux-gnueabihf-gcc:gcc-arm-linux-gnueabihf" ;;
  semver) programs=$build ;;
  *) echo "usage: $0 demo|test|gallery|lab|lab-stock|check|bench|mutants|coverage|start-order|packages|cross|semver" >&2; exit 2 ;;
esac

missing=
for pair in $programs; do
  # A daemon may live outside of the person's path; imagemagick's `import` needs the real one.
  found=$(PATH="$PATH:/usr/sbin:/sbin" command -v "${pair%%:*}" || true)
  [ -n "$found" ] || missing="$missing ${pair##*:}"
done

# Libraries and fonts are known to the package manager only.
case "$1" in
  demo|test|lab|lab-stock|bench)
    libraries="fonts-dejavu-core fonts-font-awesome libgl1 libgl1-mesa-dri libegl1 \
      libxkbcommon-x11-0 libxcursor1 libxi6 libxrandr2 libx11-xcb1" ;;
  *) libraries= ;;
esac
# What the pictures of docs/gallery.md are drawn with.
case "$1" in test|gallery) libraries="$libraries fonts-dejavu-core fonts-wqy-microhei \
  fonts-noto-color-emoji" ;; esac
# The interfaces' own descriptions, with which the simulated network is compared.
[ "$1" = test ] && libraries="$libraries network-manager-dev modemmanager-dev python3-jinja2"
[ "$1" = test ] && libraries="$libraries avr-libc libsimavr-dev network-manager-openvpn"
# Input methods for X11 and Wayland, and the language that the first is asked for in.
[ "$1" = test ] && libraries="$libraries uim-byeoru locales fcitx5-hangul"
# And what a screen reader has, to look at popups as it does.
[ "$1" = test ] && libraries="$libraries at-spi2-core gir1.2-atspi-2.0 python3-gi"
[ "$1" = bench ] && libraries="$libraries python3-tk python3-serial"
[ "$1" = packages ] && libraries="$libraries debian-archive-keyring"
[ "$1" = cross ] && libraries="$libraries libc6-dev-arm64-cross libc6-dev-armhf-cross"
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
  if [ -n "$sudo" ] && ! command -v sudo >/dev/null; then
    say "there is no sudo to install packages with; please do it as root, and come again:" >&2
    say "  apt-get install --no-install-recommends$missing" >&2
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
        gpsd) services="gpsd gpsd.socket" ;;
        mosquitto) services=mosquitto ;;
        avahi-daemon) services="avahi-daemon avahi-daemon.socket" ;;
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
  lab-stock)
    cargo_tool nextest
    # Its kernels are fetched by stock.sh, which is not the one to call sudo.
    apt-cache search --names-only '^linux-image-6' 2>/dev/null | grep -q . ||
      $sudo apt-get update -qq || true ;;
  gallery) cargo_tool nextest ;;
  test|lab)
    cargo_tool nextest
    # The kernel's source is fetched by kernel.sh, which is not the one to call sudo.
    apt-cache show linux-source-6.1 linux-source-6.12 >/dev/null 2>&1 ||
      $sudo apt-get update -qq || true ;;
  check) cargo_tool deny ;;
  semver) cargo_tool semver-checks ;;
  mutants) cargo_tool mutants ;;
esac
say "everything that 'make $1' needs is there"
