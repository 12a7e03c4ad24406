#!/bin/sh
# Runs fuzz targets for so many seconds each: run.sh SECONDS TARGET…
# New inputs are kept in target/fuzz-corpus, so that the next run starts where this one ended.
set -eu
seconds=$1
shift
host=$(rustc -vV | sed -n 's/host: //p')
for target; do
  corpus=target/fuzz-corpus/$target
  mkdir -p "$corpus"
  printf 'fuzz: %s for %s s\n' "$target" "$seconds"
  log=target/fuzz-corpus/$target.log
  if ! "target/fuzz/$host/debug/fuzz-$target" "$corpus" -max_total_time="$seconds" -timeout=5 \
    -rss_limit_mb=1024 -artifact_prefix="target/fuzz-corpus/$target-crash-" >"$log" 2>&1; then
    tail -n 40 "$log"
    exit 1
  fi
  tail -n 1 "$log"
done
