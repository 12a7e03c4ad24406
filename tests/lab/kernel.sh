#!/bin/sh
# Builds the lab's kernel (User-Mode Linux, from Debian's own source package) unless it stands in
# the cache, and prints its path as the only line on stdout. Everything else goes to stderr.
# kernel.sh [--cached] [6.1|6.12]: 6.1 is Debian 12's own and has all scenarios; some run on 6.12
# as well, whose drivers are others.
# The cache's key is the source's version and kernel.config: a change of either builds anew. With
# --cached apt is not asked for the version, and the kernel that was used last will do.
set -eu

cached=
if [ "${1:-}" = --cached ]; then
  cached=yes
  shift
fi
series=${1:-6.1}

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/barpop/lab
source=linux-source-$series
# How many files a build compiles, for the progress; only a wrong percentage when it is outdated.
case $series in
  6.1) files=1226 ;;
  *) files=1293 ;;
esac

say() { printf 'lab kernel: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

config=$(sha256sum <"$here/kernel.config" | cut -c1-12)
newest() {
  # shellcheck disable=SC2012 # names of our own
  ls -t "$cache/linux-$series."*-"$config" 2>/dev/null | head -1
}
if [ -n "$cached" ] && [ -n "$(newest)" ]; then
  newest
  exit
fi
version=$(apt-cache policy "$source" 2>/dev/null | sed -n 's/^ *Candidate: *\([^(]*\)$/\1/p')
if [ -z "$version" ] && [ -n "$(newest)" ]; then
  say "apt knows no '$source' now; taking the kernel that was built before"
  newest
  exit
fi
[ -n "$version" ] || die "apt knows no package '$source' (Debian 12 has it): run 'apt-get update', or add Debian 12 to your apt sources"
kernel=$cache/linux-$version-$config
if [ -x "$kernel" ]; then
  touch "$kernel"
  echo "$kernel"
  exit
fi

mkdir -p "$cache"
# One build at a time; who waited finds the kernel built. The lock goes with the process.
exec 9>"$cache/lock"
if ! flock -n 9; then
  say "another build is under way, waiting for it"
  flock 9
fi
if [ -x "$kernel" ]; then
  echo "$kernel"
  exit
fi

# Only the finished kernel gets its name, so a build that was killed leaves nothing that counts;
# what it did leave is swept away by the next one.
rm -rf "$cache"/build.*
work=$(mktemp -d "$cache/build.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP
began=$(date +%s)
cores=$(nproc)
say "building for the first time from $source $version: about $((12 / cores + 1)) minutes on $cores cores, then kept in $cache"

cd "$work"
say "fetching the source (130 MB)"
apt-get -o APT::Sandbox::User=root download -qq "$source" >&2 || die "apt could not fetch '$source'"
dpkg-deb --fsys-tarfile "$source"_*.deb | tar -xO --wildcards "./usr/src/$source.tar.*" >source.tar.xz
rm -f "$source"_*.deb
say "unpacking it"
mkdir source
# The greater part of Linux is for machines and devices that this kernel does not know.
tar -xJf source.tar.xz -C source --strip-components=1 \
  --exclude="$source/Documentation/*/*" --exclude="$source/sound/*.[ch]" \
  --exclude="$source/drivers/gpu/*.[ch]" --exclude="$source/drivers/net/ethernet/*.[ch]" \
  --exclude="$source/drivers/media/*.[ch]" --exclude="$source/tools/testing/*" \
  --exclude="$source/arch/[!ux]*/*.[chS]" --exclude="$source/arch/[!ux]*/*.dts*"
rm -f source.tar.xz

# Whoever kills this script (also by kill -9) shall not leave a compiler running.
mkdir build
make -C source ARCH=um O="$work/build" defconfig >build.log 2>&1 || { tail -30 build.log >&2; die "defconfig failed"; }
source/scripts/kconfig/merge_config.sh -m -O build build/.config "$here/kernel.config" >>build.log 2>&1
make -C build ARCH=um olddefconfig >>build.log 2>&1 || { tail -30 build.log >&2; die "the configuration failed"; }
# A driver that fell out (renamed, or a dependency is missing) would be found much later, in a guest.
lost=$(grep '=y$' "$here/kernel.config" | grep -vxFf build/.config || true)
[ -z "$lost" ] || die "not in this kernel's configuration: $(echo "$lost" | paste -sd ' ')"

: >compile.log
setpriv --pdeathsig TERM nice make -C build ARCH=um -j"$cores" linux >compile.log 2>&1 &
make=$!
trap 'kill "$make" 2>/dev/null; wait "$make" 2>/dev/null; rm -rf "$work"' EXIT
said=$began
while kill -0 "$make" 2>/dev/null; do
  sleep 1
  now=$(date +%s)
  [ $((now - said)) -ge 15 ] || continue
  said=$now
  done=$(grep -c '^  CC ' compile.log || true)
  say "$((done * 100 / files)) % compiled, $((now - began)) s"
done
wait "$make" || { tail -40 compile.log >&2; die "the build failed"; }
trap 'rm -rf "$work"' EXIT

strip build/linux
mv build/linux "$kernel"
say "built in $(($(date +%s) - began)) s ($(grep -c '^  CC ' compile.log) files): $kernel"
echo "$kernel"
