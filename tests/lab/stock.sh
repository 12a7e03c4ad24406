#!/bin/sh
# Fetches one of Debian's own kernels unless it stands in the cache, and prints the folder that it
# is in as the only line on stdout: `vmlinuz`, `initrd`, and `modules` for the guest's
# /lib/modules. Everything else goes to stderr. Nothing is installed.
# stock.sh [--cached] [6.1|6.12]: with --cached apt is not asked for the version, and the kernel
# that was used last will do.
set -eu

cached=
if [ "${1:-}" = --cached ]; then
  cached=yes
  shift
fi
series=${1:-6.1}

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/barpop/lab

say() { printf 'stock kernel: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

# What this script makes of a package is part of the key.
recipe=$(sha256sum <"$here/stock.sh" | cut -c1-12)
newest() {
  # shellcheck disable=SC2012 # names of our own
  ls -td "$cache/stock-$series."*-"$recipe" 2>/dev/null | head -1
}
if [ -n "$cached" ] && [ -n "$(newest)" ]; then
  newest
  exit
fi
# `6.1.0-57` on Debian 12, `6.12.117+deb12` from Debian 13: not those for clouds or real time.
pattern="^linux-image-$(echo "$series" | sed 's/\./\\./g')\\.[0-9+debpo-]+-amd64\$"
package=$(apt-cache search --names-only "$pattern" 2>/dev/null | cut -d' ' -f1 | sort -V | tail -1)
if [ -z "$package" ] && [ -n "$(newest)" ]; then
  say "apt knows no Linux $series now; taking the one that was fetched before"
  newest
  exit
fi
[ -n "$package" ] || die "apt knows no package 'linux-image-$series…-amd64' (Debian 12 has it): run 'apt-get update', or add Debian 12 to your apt sources"
version=$(apt-cache policy "$package" | sed -n 's/^ *Candidate: *//p')
folder=$cache/stock-$version-$recipe
if [ -d "$folder" ]; then
  touch "$folder"
  echo "$folder"
  exit
fi

mkdir -p "$cache"
exec 9>"$cache/stock-lock"
if ! flock -n 9; then
  say "another one is being fetched, waiting for it"
  flock 9
fi
if [ -d "$folder" ]; then
  echo "$folder"
  exit
fi

rm -rf "$cache"/stock-work.*
work=$(mktemp -d "$cache/stock-work.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP
say "fetching $package $version (100 MB), once"
cd "$work"
apt-get -o APT::Sandbox::User=root download -qq "$package" >&2 || die "apt could not fetch '$package'"
mkdir root made
# Most of it is for devices that no guest has.
dpkg-deb --fsys-tarfile "$package"_*.deb | tar -x -C root \
  --exclude='*/drivers/gpu/*' --exclude='*/drivers/media/*' --exclude='*/drivers/scsi/*' \
  --exclude='*/drivers/infiniband/*' --exclude='*/drivers/iio/*' --exclude='*/sound/*' \
  --exclude='*/drivers/net/ethernet/*' --exclude='./usr/*' --exclude='*/System.map*'
rm -f "$package"_*.deb
release=${package#linux-image-}
PATH=$PATH:/usr/sbin:/sbin
depmod -b root "$release"

# The small root that finds the real one: what loads the modules for it, and those.
mkdir -p first/bin first/lib first/proc first/sys first/dev first/root
cp "$(command -v busybox)" first/bin/busybox
for name in sh mount insmod switch_root; do ln -s busybox "first/bin/$name"; done
for module in virtio_pci virtio_rng 9pnet_virtio 9p overlay configfs; do
  # One that is built in has no file.
  modprobe -d root -S "$release" --show-depends "$module" 2>/dev/null | sed -n 's/^insmod \([^ ]*\).*/\1/p'
done | awk '!seen[$0]++' | while read -r file; do
  name=${file##*/}
  case $name in
    *.xz) xz -dc "$file" >"first/lib/${name%.xz}" ;;
    *) cp "$file" "first/lib/$name" ;;
  esac
  echo "${name%.xz}" >>first/modules
done
cat >first/init <<'INIT'
#!/bin/sh
# Mounts the host's root, and goes on with the lab's own first program, LAB_INIT, there.
export PATH=/bin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
while read -r module; do insmod "/lib/$module"; done </modules
mount -t 9p -o trans=virtio,version=9p2000.L,msize=512000,cache=loose,ro host /root
mount -t devtmpfs devtmpfs /root/dev
exec switch_root /root "$LAB_INIT"
INIT
chmod +x first/init
(cd first && find . | cpio --quiet -o -H newc) | gzip -1 >made/initrd
mv root/boot/vmlinuz-* made/vmlinuz
mv root/lib/modules made/modules
mv made "$folder"
say "it stands in $folder"
echo "$folder"
