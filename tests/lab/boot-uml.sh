#!/bin/sh
# Runs a User-Mode Linux kernel so that nothing is left of it, however it ends:
# boot-uml.sh MEMORY-FOLDER KERNEL ARGUMENT...
folder=$1/barpop-lab.$$
# What a script that was killed left behind: an empty folder.
for old in "$1"/barpop-lab.*; do
  kill -0 "${old##*.}" 2>/dev/null || rm -rf "$old"
done
mkdir -m 700 "$folder" || exit 1
shift
kernel=
# The kernel makes itself the leader of a session, and its guest's processes are in that group.
sweep() {
  [ -z "$kernel" ] || kill -KILL "-$kernel" "$kernel" 2>/dev/null
  rm -rf "$folder"
}
trap 'sweep; exit 143' TERM INT HUP
# TMPDIR is where the guest's memory is, as a file without a name. If this script is killed, the
# kernel is told, and ends its processes itself.
TMPDIR=$folder setpriv --pdeathsig TERM -- "$@" "uml_dir=$folder/" &
kernel=$!
wait "$kernel"
code=$?
sweep
exit $code
