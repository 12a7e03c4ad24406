#!/bin/sh
# Installs what `make demo|test|check|bench` needs, and says what it does. Debian and Ubuntu by
# apt; elsewhere it names what is missing.
set -eu

say() { printf 'setup: %s\n' "$*"; }

# program:package
build="cc:gcc c++:g++ make:make pkg-config:pkg-config"
screen="Xvfb:xvfb xmobar:xmobar xmonad:xmonad xdotool:xdotool xprop:x11-utils import:imagemagick"
foreign="gammu:gammu ModemManager:modemmanager dbus-run-session:dbus-daemon gdbus:libglib2.0-bin"

case "${1:-}" in
  demo) programs="$build Xvfb:xvfb xmobar:xmobar xdotool:xdotool import:imagemagick" ;;
  test) programs="$build $screen $foreign" ;;
  check) programs="$build" ;;
  bench) programs="$build $screen python3:python3" ;;
  *) echo "usage: $0 demo|test|check|bench" >&2; exit 2 ;;
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
[ "$1" = bench ] && libraries="$libraries python3-tk python3-serial"
if command -v dpkg-query >/dev/null; then
  for package in $libraries; do
    dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null | grep -q '^ii' ||
      missing="$missing $package"
  done
fi

if [ -n "$missing" ]; then
  if ! command -v apt-get >/dev/null; then
    say "please install with your package manager:$missing" >&2
    exit 1
  fi
  sudo=
  [ "$(id -u)" = 0 ] || sudo=sudo
  say "installing with apt:$missing"
  $sudo apt-get update -qq
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
  test) cargo_tool nextest ;;
  check) cargo_tool deny ;;
esac
say "everything that 'make $1' needs is there"
