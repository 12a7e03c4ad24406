#!/bin/sh
# The rpms of what is built already: made, read by rpmlint, and put into an empty root by rpm itself, where
# their programs start; removed, they leave nothing. Of Fedora there is no more here: what they depend on and
# their scripts, which are systemd's macros, are not tried.
set -eu
umask 022
cd "$(dirname "$0")/../.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
fail() { printf 'rpm: FAILED: %s\n' "$*" >&2; exit 1; }

rpmbuild -bb --build-in-place --nodeps --define 'built 1' --define "_topdir $work" \
  assets/packages/barpop.spec >"$work/log" 2>&1 || { cat "$work/log" >&2; fail "rpmbuild"; }
find "$work/RPMS" -name '*.rpm' >"$work/packages"
rpmlint --strict -c tests/packages/rpmlint.toml assets/packages/barpop.spec "$work"/RPMS/*/*.rpm ||
  fail "rpmlint has complaints"

in_root() { rpm --root "$root" --dbpath /var/lib/rpm --force-debian "$@"; }
mkdir "$root"
in_root --install --nodeps --noscripts "$work"/RPMS/*/*.rpm
in_root --verify --nodeps --noscripts barpop-status barpop barpop-shutter || fail "rpm finds other files than it installed"
for program in xsms xnm xgnss xds4; do
  chroot "$root" "/usr/bin/$program" --version | grep -q "^$program [0-9]" || fail "$program --version"
done
in_root --query --changelog barpop | grep -q '^- ' || fail "no changelog"
in_root --erase --nodeps --noscripts barpop-status barpop barpop-shutter
left=$(cd "$root" && find . -path ./var/lib/rpm -prune -o ! -type d -print -o -path '*/barpop*' -print)
[ -z "$left" ] || fail "left behind: $left"
printf 'rpm: three packages are made, read, installed and removed\n'
