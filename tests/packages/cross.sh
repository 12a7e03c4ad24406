#!/bin/sh
# cross.sh [PROGRAM...]: the status programs and xshutter for aarch64 and armv7 (a Raspberry Pi), each
# started in qemu's emulation of a process; then the Debian packages whose
# programs are all built, in target/packages/ARCHITECTURE.
set -eu
cd "$(dirname "$0")/../.."
programs=${*:-xsms xnm xgnss xds4 xshutter}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

say() { printf 'cross: %s\n' "$*"; }
fail() { printf 'cross: FAILED: %s\n' "$*" >&2; exit 1; }

# build TARGET COMPILER EMULATOR ARCHITECTURE
build() {
  rustup target add "$1" 2>"$work/rustup" ||
    fail "rustup has no standard library for $1: $(cat "$work/rustup")"
  linker=CARGO_TARGET_$(echo "$1" | tr a-z- A-Z_)_LINKER
  # Not by assets/packages/start-cc.sh, which links with this machine's compiler and asks for its glibc.
  env CARGO_BUILD_TARGET="$1" "$linker=$2-gcc" \
    make --no-print-directory status STATUS="$programs" LINKED=
  folder=${CARGO_TARGET_DIR:-target}/$1/release
  run() {
    name=$1
    shift
    env HOME="$work/$architecture" TZ=UTC LANG=C.UTF-8 \
      "$emulator" -L "/usr/$compiler" "$folder/$name" "$@"
  }
  emulator=$3 compiler=$2 architecture=$4
  for program in $programs; do
    run "$program" --version | grep -q "^$program [0-9]" || fail "$program --version on $4"
    say "$4: $(run "$program" --version), $(stat -c %s "$folder/$program") bytes"
    case $program in
      xsms)
        mkdir -p "$work/$4/.xsms"
        cat >"$work/$4/.xsms/inbox.json" <<'END'
[{"sms_id": "1", "status": "REC UNREAD", "sender": "+491701234567",
  "date_received": "2014-05-01T10:00:00", "message": "old one", "read": false}]
END
        [ "$(run xsms -d none -u 'unread %d')" = 'unread 1' ] || fail "xsms's line on $4"
        [ "$(run xsms -d none -u 'unread %d')" = 'unread 1' ] || fail "xsms's second line on $4"
        run xsms list | grep -q 'old one' || fail "xsms list on $4" ;;
      xshutter)
        run xshutter plan simulate --interval 10 --count 3 >"$work/plan"
        grep -q 3 "$work/plan" || fail "xshutter plan simulate on $4: $(cat "$work/plan")" ;;
    esac
  done
  case " $programs " in
    *' xsms xnm xgnss xds4 '*) DEB_ARCH=$4 RELEASE=$folder OUT=target/packages/$4 assets/packages/deb.sh barpop-status ;;
  esac
  case " $programs " in
    *' xshutter '*) DEB_ARCH=$4 RELEASE=$folder OUT=target/packages/$4 assets/packages/deb.sh barpop-shutter ;;
  esac
}

build aarch64-unknown-linux-gnu aarch64-linux-gnu qemu-aarch64-static arm64
build armv7-unknown-linux-gnueabihf arm-linux-gnueabihf qemu-arm-static armhf
say "every program starts"
