#!/bin/sh
# Measures the release build side by side with what people use in its place; see
# benches/side_by_side/main.rs. `make bench` installs what it needs and builds first.
# `benches/run.sh raster` times the rasterizer alone.
set -eu
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-target}
mkdir -p "$target/bench"
cc -O2 -Wall -Wextra -o "$target/bench/measure" benches/measure.c
if [ "${1:-}" = raster ]; then
  "${CARGO:-cargo}" build --quiet --release --features bench --bin barpop-bench-raster
  exec "$target/release/barpop-bench-raster"
fi
# The harness times some of our code in itself (a gamepad's reports, sentences), so it is built like
# the programs.
"${CARGO:-cargo}" build --quiet --release --no-default-features --features bench \
  --bin barpop-bench --bin barpop-bench-sentences --bin barpop-bench-shutter
# People are not root, for whom libX11 keeps no Compose file; see src/popup/compose.rs.
run() { "$target/release/barpop-bench" "$@"; }
if [ "$(id -u)" = 0 ]; then
  nobody() { setpriv --reuid=nobody --regid=nogroup --clear-groups -- "$@"; }
  if nobody test -x "$(realpath "$target/release/barpop-bench")"; then
    chown -R nobody "$target/bench"
    run() { nobody "$target/release/barpop-bench" "$@"; }
  else
    echo "measured as root: nobody else may read this folder" >&2
  fi
fi
run "$@"
