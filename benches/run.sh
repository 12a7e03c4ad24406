#!/bin/sh
# Measures the release build side by side with what people use in its place; see
# benches/side_by_side/main.rs. `make bench` installs what it needs and builds first.
set -eu
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-target}
mkdir -p "$target/bench"
cc -O2 -Wall -Wextra -o "$target/bench/measure" benches/measure.c
# The harness itself is not timed: a debug build will do, and is there in seconds.
"${CARGO:-cargo}" build --quiet --no-default-features --features bench --bin barpop-bench
exec "$target/debug/barpop-bench" "$@"
