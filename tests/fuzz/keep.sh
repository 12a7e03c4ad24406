#!/bin/sh
# Writes the fewest inputs that reach everything that fuzz targets have reached so far into
# tests/fuzz/corpus, a line each in hexadecimal: keep.sh TARGET…
set -eu
host=$(rustc -vV | sed -n 's/host: //p')
fewest=target/fuzz-corpus/fewest
for target; do
  rm -rf "$fewest"
  mkdir -p "$fewest"
  "target/fuzz/$host/debug/fuzz-$target" -set_cover_merge=1 "$fewest" "target/fuzz-corpus/$target" 2>/dev/null
  # shellcheck disable=SC2016 # perl's variables
  find "$fewest" -type f | sort | xargs perl -0777 -ne 'print unpack("H*", $_), "\n"' >"tests/fuzz/corpus/$target.hex"
  printf '%s: %s inputs\n' "$target" "$(wc -l <"tests/fuzz/corpus/$target.hex")"
done
rm -rf "$fewest"
