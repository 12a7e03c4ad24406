#!/bin/sh
# Links a released program; rustc calls it in the place of cc (see the Makefile).
#
# - Addresses that the loader has to adjust are told in a few KiB instead of hundreds, where glibc
#   can read that (2.36).
# - `barpop`'s functions that run before a popup is on the screen are put side by side, so that the
#   others of its eleven megabytes need not come into memory: `start-order.txt` has their names,
#   `make start-order` makes it anew. Only lld can; a name that is not there any more does nothing.
set -eu
cc=${CC:-cc}
here=$(dirname "$0")

glibc=$(getconf GNU_LIBC_VERSION 2>/dev/null | cut -d' ' -f2)
oldest=$(printf '%s\n2.36\n' "${glibc:-0}" | sort -V | head -n 1)
[ "$oldest" != 2.36 ] || set -- "$@" -Wl,-z,pack-relative-relocs

case " $* " in
  *fuse-ld=lld*|*gcc-ld*) ;;
  *) exec "$cc" "$@" ;;
esac
output=
previous=
for argument in "$@"; do
  [ "$previous" != -o ] || output=$argument
  previous=$argument
done
case ${output##*/} in
  barpop-sim*|barpop-docs*|barpop-bench*) exec "$cc" "$@" ;;
  barpop*) ;;
  *) exec "$cc" "$@" ;;
esac

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for argument in "$@"; do
  case $argument in -*) ;; *.o|*.rlib) echo "$argument" ;; esac
done >"$folder/objects"
# Symbols have hashes of the compiler and of its flags in them; what is behind them has not.
xargs -d '\n' nm --defined-only --format=posix --no-demangle <"$folder/objects" 2>/dev/null |
  awk '$2 ~ /^[tTwW]$/ { print $1 }' | sort -u >"$folder/symbols"
c++filt <"$folder/symbols" >"$folder/names"
paste "$folder/symbols" "$folder/names" | awk -F '\t' '
  function plain(name) {
    sub(/ \(\.[^)]*\)$/, "", name); sub(/::h[0-9a-f]+$/, "", name)
    gsub(/\[[0-9a-f]+\]/, "", name)
    return name
  }
  NR == FNR { place[$0] = NR; next }
  { at = place[plain($2)]; if (at) print at "\t" $1 }
' "$here/start-order.txt" - | sort -n | cut -f 2 >"$folder/order"
"$cc" "$@" -Wl,--symbol-ordering-file="$folder/order" -Wl,--no-warn-symbol-ordering
