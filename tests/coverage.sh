#!/bin/sh
# Which lines the library's own tests run: a line for each room, the least covered first. Only our code
# is built anew for it.
set -eu
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-target}
rust=$(rustc --print sysroot)/lib/rustlib/$(rustc -vV | sed -n 's/host: //p')/bin
version=$(rustc -vV | sed -n 's/LLVM version: \([0-9]*\).*/\1/p')
for folder in "${LLVM:-}" "$rust" "/usr/lib/llvm-$version/bin"; do
  [ -x "$folder/llvm-profdata" ] && [ -x "$folder/llvm-cov" ] && break
  folder=
done
if [ -z "$folder" ]; then
  echo "coverage: no llvm-cov: 'rustup component add llvm-tools', or apt-get install llvm-$version" >&2
  exit 1
fi
rm -rf "$target/coverage"
mkdir -p "$target/coverage"
out=$(cd "$target/coverage" && pwd)
export RUSTC_WORKSPACE_WRAPPER="$PWD/tests/instrumented.sh"
# Of the build's own script, too.
export LLVM_PROFILE_FILE="$out/build-%p.profraw"
program=$("${CARGO:-cargo}" test --lib --no-run 2>&1 | tee /dev/stderr |
  sed -n 's/.*(\(.*\/barpop-[0-9a-f]*\))$/\1/p')
LLVM_PROFILE_FILE="$out/tests-%p.profraw" "$program" --quiet >"$out/tests.log" || {
  cat "$out/tests.log" >&2
  exit 1
}
"$folder/llvm-profdata" merge --sparse "$out"/tests-*.profraw -o "$out/all.profdata"
"$folder/llvm-cov" export --summary-only --instr-profile "$out/all.profdata" "$program" \
  --ignore-filename-regex='(/registry/|/rustc/|/rustlib/|tests\.rs$)' >"$out/summary.json"
python3 - "$out" <<'EOF'
import collections, json, os, sys

out = sys.argv[1]
here = os.getcwd() + "/src/"
rooms, files = collections.defaultdict(lambda: [0, 0]), []
for file in json.load(open(out + "/summary.json"))["data"][0]["files"]:
    if not file["filename"].startswith(here):
        continue
    name, lines = file["filename"][len(here):], file["summary"]["lines"]
    # A large room by its parts.
    parts = name.removesuffix(".rs").split("/")
    room = "/".join(parts[:2] if parts[0] in ("sms", "gnss", "net", "ds4", "shutter") else parts[:1])
    rooms[room][0] += lines["covered"]
    rooms[room][1] += lines["count"]
    files.append((lines["percent"], lines["count"], name))

with open(out + "/files.txt", "w") as table:
    for percent, count, name in sorted(files):
        print(f"{percent:5.1f} % of {count:5} {name}", file=table)
share = lambda room: 100 * rooms[room][0] / max(rooms[room][1], 1)
for room in sorted(rooms, key=share):
    print(f"| `{room}` | {rooms[room][1]} | {share(room):.0f} % |")
EOF
