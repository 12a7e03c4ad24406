#!/bin/sh
# deb.sh [PACKAGE...]: Debian packages in target/packages, of what is built already.
#
# Written around dpkg-deb, not cargo-deb: three packages of differently linked programs come from one
# Cargo package, and cargo-deb would want every file listed a second time.
#
# From the environment: DEB_VERSION; DEB_MAINTAINER; DEB_ARCH and RELEASE for programs that were built for another machine;
# SOURCE_DATE_EPOCH, the seconds since 1970 that no file is younger than; OUT, the folder; DEB_FLAGS,
# how they are compressed.
set -eu
umask 022
cd "$(dirname "$0")/../.."

# As Ubuntu names its own: whatever Debian itself will have of this version is newer.
: "${DEB_VERSION:=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)-0upstream1}"
# Debian wants an address in each package. The project has none in public: who gives packages to others
# puts their own here. This one reaches nobody (RFC 2606).
: "${DEB_MAINTAINER:=The barpop developers <barpop@example.org>}"
: "${DEB_ARCH:=$(dpkg --print-architecture)}" "${RELEASE:=${CARGO_TARGET_DIR:-target}/release}" "${OUT:=target/packages}"
: "${SOURCE_DATE_EPOCH:=$(git log -1 --format=%ct 2>/dev/null || stat -c %Y CHANGELOG.md)}"
export RELEASE SOURCE_DATE_EPOCH PREFIX=/usr ZSH_FUNCTIONS=share/zsh/vendor-completions
[ $# -gt 0 ] || set -- barpop-status barpop barpop-shutter

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The packages of the libraries that the programs below a folder are linked to.
libraries() {
  for program in "$1"/usr/bin/*; do
    readelf -dW "$program" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p'
    readelf -VW "$program" | grep -o 'GLIBC_2\.[0-9.]*' || :
  done | sort -uV >"$work/needed"
  glibc=$(sed -n 's/^GLIBC_//p' "$work/needed" | tail -n 1)
  [ -z "$glibc" ] || printf 'libc6 (>= %s), ' "$glibc"
  while read -r name; do
    case $name in
      GLIBC_* | libc.so.6 | libm.so.6 | libdl.so.2 | libpthread.so.0 | librt.so.1 | ld-linux*) ;;
      libgcc_s.so.1) printf 'libgcc-s1, ' ;;
      *) echo "deb.sh: no package is known for $name, which $1 is linked to" >&2; exit 1 ;;
    esac
  done <"$work/needed"
}

# pack PACKAGE PART
pack() {
  root=$work/$1
  texts=$root/usr/share/doc/$1
  DESTDIR=$root assets/packages/files.sh install "$2"
  mkdir -p "$root/DEBIAN" "$texts"
  cat LICENSE LICENSE-MIT - >"$texts/copyright" <<'END'

On Debian the Apache License, Version 2.0, is in /usr/share/common-licenses/Apache-2.0.
END
  gzip -9nc CHANGELOG.md >"$texts/changelog.gz"
  awk -v form=deb -v package="$1" -v version="$DEB_VERSION" -v maintainer="$DEB_MAINTAINER" -v now="$SOURCE_DATE_EPOCH" \
    -f assets/packages/changelog.awk CHANGELOG.md >"$work/changelog"
  gzip -9nc <"$work/changelog" >"$texts/changelog.Debian.gz"
  find "$root/usr/share/man" -type f -exec gzip -9n {} +
  needed=$(libraries "$root")
  [ ! -e "assets/packages/deb/$1/lintian-overrides" ] || install -Dm644 \
    "assets/packages/deb/$1/lintian-overrides" "$root/usr/share/lintian/overrides/$1"
  size=$(du -sk --apparent-size --exclude=DEBIAN "$root" | cut -f 1)
  sed "s|@VERSION@|$DEB_VERSION|; s|@ARCH@|$DEB_ARCH|; s|@SIZE@|$size|; s|@LIBRARIES@|$needed|;
    s|@MAINTAINER@|$DEB_MAINTAINER|" \
    "assets/packages/deb/$1/control" | sed '/^Depends: /s/, *$//; /^Depends: *$/d' >"$root/DEBIAN/control"
  for script in postinst prerm postrm; do
    [ ! -e "assets/packages/deb/$1/$script" ] ||
      install -m755 "assets/packages/deb/$1/$script" "$root/DEBIAN/$script"
  done
  (cd "$root" && find usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum >DEBIAN/md5sums)
  mkdir -p "$OUT"
  # shellcheck disable=SC2086 # a list of words
  dpkg-deb --root-owner-group --threads-max=1 ${DEB_FLAGS:--Zxz} --build "$root" \
    "$OUT/$1_${DEB_VERSION}_$DEB_ARCH.deb" >/dev/null
  echo "$OUT/$1_${DEB_VERSION}_$DEB_ARCH.deb"
}

for package; do
  case $package in
    barpop-status) pack barpop-status status ;;
    barpop) pack barpop popups ;;
    barpop-shutter) pack barpop-shutter shutter ;;
    *) echo "deb.sh: no package is called '$package'" >&2; exit 2 ;;
  esac
done
