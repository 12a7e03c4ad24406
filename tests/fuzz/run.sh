#!/bin/sh
# Runs fuzz targets for so many seconds each: run.sh SECONDS TARGET…
# It begins with the inputs of tests/fuzz/corpus (a line each, in hexadecimal). New ones are kept in
# target/fuzz-corpus, so that the next run starts where this one ended; `make fuzz-corpus` keeps for good those
# that reach what no other one does.
# With SEED set the inputs are the same in each run, from the kept corpus alone: what `make test` says
# of a commit must not depend on luck. Searching for more is `make fuzz`.
set -eu
seconds=$1
shift
host=$(rustc -vV | sed -n 's/host: //p')
for target; do
  corpus=target/fuzz-corpus/$target
  if [ -n "${SEED:-}" ]; then
    corpus=target/fuzz-corpus/seeded-$target
    rm -rf "$corpus"
  fi
  mkdir -p "$corpus"
  # shellcheck disable=SC2016 # perl's variables
  CORPUS=$corpus perl -ne 'chomp; open F, ">", sprintf("%s/kept-%04d", $ENV{CORPUS}, $.) or die "$!\n"; print F pack "H*", $_; close F' \
    "tests/fuzz/corpus/$target.hex"
  printf 'fuzz: %s for %s s\n' "$target" "$seconds"
  log=target/fuzz-corpus/$target.log
  if ! "target/fuzz/$host/debug/fuzz-$target" "$corpus" -max_total_time="$seconds" ${SEED:+-seed="$SEED"} -timeout=5 \
    -rss_limit_mb=1024 -artifact_prefix="target/fuzz-corpus/$target-crash-" >"$log" 2>&1; then
    tail -n 40 "$log"
    exit 1
  fi
  tail -n 1 "$log"
done
