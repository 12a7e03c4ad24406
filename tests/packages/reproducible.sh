#!/bin/sh
# reproducible.sh [PROGRAM...]: builds what is committed in two folders, and compares the programs byte by
# byte; the Debian package of the status programs, too, when they are among them.
set -eu
cd "$(dirname "$0")/../.."
programs=${*:-xsms xnm xgnss xds4 xshutter}
source=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH
unset CARGO_TARGET_DIR

for folder in one another/folder; do
  mkdir -p "$work/$folder"
  git archive HEAD | tar -x -C "$work/$folder"
  (
    cd "$work/$folder"
    make --no-print-directory status STATUS="$programs" >&2
    case " $programs " in
      *' xsms xnm xgnss xds4 '*)
        DOCS="$source/target/docs" assets/packages/deb.sh barpop-status >/dev/null ;;
    esac
  )
done
differ=0
cd "$work/one"
# shellcheck disable=SC2086 # a list of words
for file in $(printf 'target/release/%s ' $programs) $(find target/packages -name '*.deb' 2>/dev/null); do
  if cmp -s "$file" "$work/another/folder/$file"; then
    printf 'the same bytes: %s %s\n' "$(sha256sum "$file" | cut -c 1-16)" "${file##*/}"
  else
    printf 'DIFFERENT: %s\n' "${file##*/}"
    differ=1
  fi
  # Of the machine that built it, a program knows nothing.
  case $file in
    *.deb) ;;
    *) if grep -aq -e "$work" -e "$HOME/" "$file"; then
        printf 'holds a path of this machine: %s\n' "${file##*/}"
        differ=1
      fi ;;
  esac
done
exit $differ
