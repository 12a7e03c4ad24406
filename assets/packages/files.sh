#!/bin/sh
# files.sh install|uninstall PART...: the one list of what is installed where, for `make install`
# and for every package. The parts are `status` (the bar's programs), `popups` and `shutter` (the
# camera's timer); each is a package of its own in distributions.
#
# From the environment: PREFIX, DESTDIR; RELEASE and DOCS, where the programs, and the man pages and
# completions, were built; ZSH_FUNCTIONS, the folder of zsh's completions below PREFIX; PICTURES, where
# assets/screenshots is on the web, for software centres. The project has no such place yet, and without
# one their metadata have no pictures.
set -eu
umask 022

: "${PREFIX:=/usr/local}" "${DESTDIR:=}" "${RELEASE:=${CARGO_TARGET_DIR:-target}/release}" "${DOCS:=target/docs}"
: "${ZSH_FUNCTIONS:=share/zsh/site-functions}" "${PICTURES:=}"
pictures=
[ -n "$PICTURES" ] || pictures='/<screenshots>/,/<\/screenshots>/d;'
# systemd looks for a person's own units elsewhere.
case $PREFIX in
  "${HOME:-/nowhere}"/*) user_units=share/systemd/user ;;
  *) user_units=lib/systemd/user ;;
esac
what=$1
shift
cd "$(dirname "$0")/../.."

# put MODE FILE PLACE: in a file that ends with .in, @BIN@ is the programs' folder, and @TOPIC@ and
# @NAME@ are the popup's, here and on the bus.
put() {
  place=$DESTDIR$PREFIX/$3
  if [ "$what" = uninstall ]; then
    rm -f "$place"
  elif [ "${2%.in}" = "$2" ]; then
    install -Dm"$1" "$2" "$place"
  else
    sed "$pictures s|@BIN@|$PREFIX/bin|; s|@PICTURES@|$PICTURES|; s|@TOPIC@|${topic:-}|; s|@NAME@|${name:-}|" "$2" |
      install -Dm"$1" /dev/stdin "$place"
  fi
}

program() {
  put 755 "$RELEASE/$1" "bin/$1"
  put 644 "$DOCS/completions/$1.bash" "share/bash-completion/completions/$1"
  put 644 "$DOCS/completions/_$1" "$ZSH_FUNCTIONS/_$1"
  put 644 "$DOCS/completions/$1.fish" "share/fish/vendor_completions.d/$1.fish"
  put 644 "$DOCS/man/$1.1" "share/man/man1/$1.1"
  if [ "$what" = uninstall ]; then
    # Not by name: the man pages may be gone, or of another version.
    rm -f "$DESTDIR$PREFIX/share/man/man1/$1"-*.1
  else
    for page in "$DOCS/man/$1"-*.1; do
      put 644 "$page" "share/man/man1/${page##*/}"
    done
  fi
}

# all FOLDER PLACE: every file of the folder.
all() {
  for file in "$1"/*; do
    put 644 "$file" "$2/${file##*/}"
  done
}

# A popup in menus.
launcher() {
  put 644 "assets/desktop/barpop-$1.desktop" "share/applications/barpop-$1.desktop"
  put 644 "assets/icons/apps/barpop-$1.svg" "share/icons/hicolor/scalable/apps/barpop-$1.svg"
}

status() {
  for name in xsms xnm xgnss xds4; do program "$name"; done
  put 644 assets/dbus/org.barpop.Sms.service.in share/dbus-1/services/org.barpop.Sms.service
  put 644 assets/dbus/org.barpop.Sms1.xml share/dbus-1/interfaces/org.barpop.Sms1.xml
  put 644 assets/systemd/barpop-sms.service.in "$user_units/barpop-sms.service"
  put 644 assets/udev/70-barpop-ds4.rules lib/udev/rules.d/70-barpop-ds4.rules
  put 644 README.md share/doc/barpop-status/README.md
  put 644 SECURITY.md share/doc/barpop-status/SECURITY.md
  for page in docs/*.md; do
    case ${page##*/} in
      # Of the windows, whose pictures are not installed, and for who changes the programs.
      gallery.md | peers.md | words.md | lab.md) ;;
      *) put 644 "$page" "share/doc/barpop-status/$page" ;;
    esac
  done
}

popups() {
  program barpop
  put 644 assets/systemd/barpop-resident@.service.in "$user_units/barpop-resident@.service"
  for name in Sms Net Gnss Ds4 Shutter; do
    topic=$(echo "$name" | tr '[:upper:]' '[:lower:]')
    put 644 assets/dbus/org.barpop.Popup.service.in \
      "share/dbus-1/services/org.barpop.Popup.$name.service"
  done
  put 644 assets/icons/apps/barpop.svg share/icons/hicolor/scalable/apps/barpop.svg
  for topic in sms net gnss ds4; do launcher "$topic"; done
  put 644 assets/appstream/org.barpop.barpop.metainfo.xml.in \
    share/metainfo/org.barpop.barpop.metainfo.xml
  all xmobar share/doc/barpop/examples
}

shutter() {
  program xshutter
  put 644 assets/systemd/xshutter.service.in lib/systemd/system/xshutter.service
  put 644 assets/systemd/xshutter.sysusers.conf lib/sysusers.d/xshutter.conf
  put 644 assets/udev/70-barpop-shutter.rules lib/udev/rules.d/70-barpop-shutter.rules
  launcher shutter # shown where the popups are, too
  all assets/arduino share/barpop/arduino
  put 644 docs/shutter.md share/doc/barpop-shutter/shutter.md
}

for part; do "$part"; done
[ "$what" = install ] ||
  for folder in share/barpop/arduino share/barpop share/doc/barpop/examples share/doc/barpop \
    share/doc/barpop-status/docs share/doc/barpop-status share/doc/barpop-shutter; do
    rmdir "$DESTDIR$PREFIX/$folder" 2>/dev/null || :
  done
