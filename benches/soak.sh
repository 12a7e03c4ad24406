#!/bin/sh
# The shutter's engine for ten minutes (or so many seconds: soak.sh 3600): drift, jitter, memory and
# descriptors. Its last line is an error when one of them is not as it must be.
set -eu
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-target}
"${CARGO:-cargo}" build --quiet --release --no-default-features --features bench \
  --bin barpop-bench-shutter
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$target/release/barpop-bench-shutter" soak "${1:-600}" "$folder"
