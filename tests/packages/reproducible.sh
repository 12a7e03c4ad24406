#!/bin/sh
# reproducible.sh [PROGRAM...]: builds what is committed in two folders, and compares the programs byte by
# byte; the Debian packages, too, when all programs are among them.
set -eu
cd "$(dirname "$0")/../.."
all='xsms xnm xgnss xds4 xshutter barpop'
programs=${*:-$all}
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
    case " $programs " in
      *' barpop '*) target=programs ;;
      *) target=status ;;
    esac
    make --no-print-directory "$target" STATUS="$(echo " $programs " | sed 's/ barpop / /')" >&2
    [ "$programs" != "$all" ] || DOCS="$source/target/docs" assets/packages/deb.sh >/dev/null
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
