#!/bin/sh
# What the Debian packages do on a clean Debian 12: they are installed by apt, used, upgraded over stored
# messages and a running plan, removed and purged. `make packages` builds them and calls this.
#
# The clean root is made once, in ~/.cache/barpop/debian-12; each run works in a copy that is thrown away.
set -eu
umask 022
cd "$(dirname "$0")/../.."
[ "$(id -u)" = 0 ] || { echo "clean_root.sh: a root folder needs root; try with sudo" >&2; exit 2; }

debs=${OUT:-target/packages}
seen=target/packages/seen
clean=${XDG_CACHE_HOME:-$HOME/.cache}/barpop/debian-12
work=$(mktemp -d)
root=$work/root
screen=
trap '[ -z "$screen" ] || kill "$screen" 2>/dev/null || :; rm -rf "$work"' EXIT

say() { printf 'clean root: %s\n' "$*"; }
fail() { printf 'clean root: FAILED: %s\n' "$*" >&2; exit 1; }

# within NETWORK COMMAND...: a command in the root, with processes of its own; NETWORK is `here` or
# `none`. What it starts ends with it.
within() {
  net=
  [ "$1" = here ] || net=--net
  shift
  # shellcheck disable=SC2016 # it is the inner shell's
  unshare --mount --pid --fork --kill-child $net sh -euc '
    root=$1
    shift
    mount -t proc proc "$root/proc"
    mount --rbind /dev "$root/dev"
    mount -t tmpfs tmpfs "$root/run"
    ip link set lo up 2>/dev/null || :
    exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
      HOME=/root chroot "$root" "$@"' sh "$root" "$@"
}

# person SCRIPT: as somebody without rights, who has a home.
person() {
  within none setpriv --reuid=1000 --regid=1000 --init-groups \
    env HOME=/home/person USER=person sh -euc "cd; $1"
}

# satisfied NETWORK: what the packages depend on, installed.
satisfied() {
  needed=$(for package in "$debs"/*.deb; do
    dpkg-deb -f "$package" Depends | sed 's/barpop-status ([^)]*), //'
  done | sed '/^$/d' | paste -sd ,)
  within "$1" apt-get satisfy -y -qq --no-install-recommends "$needed" >"$work/apt" 2>&1
}

if [ ! -d "$clean" ]; then
  say "making a clean Debian in $clean"
  root=$clean.new
  rm -rf "$root"
  mkdir -p "${clean%/*}"
  mmdebstrap --quiet --variant=minbase \
    --include=bash-completion,dbus-bin,dbus-daemon,fish,man-db,zsh bookworm "$root"
  within here apt-get update -qq
  satisfied here || fail "apt does not find what they depend on: $(cat "$work/apt")"
  mv "$root" "$clean"
fi
root=$work/root
cp -a "$clean" "$root"
mkdir -p "$root/packages/old" "$root/packages/new" "$seen"
cp "$debs"/*.deb "$root/packages/new"
# A build of before: what matters is the number.
DEB_VERSION=0.0.1 DEB_FLAGS='-Zgzip -z1' OUT=$root/packages/old assets/packages/deb.sh >/dev/null
if ! satisfied none; then
  say "installing what they depend on"
  cp -L /etc/resolv.conf "$root/etc/resolv.conf"
  within here apt-get update -qq
  satisfied here || fail "apt does not find what they depend on: $(cat "$work/apt")"
fi
within none useradd --create-home --uid 1000 --shell /bin/bash person

# Everything that is there, but for a person's home, and what dpkg, apt and caches write at any time.
# The group gpio stays, as groups do on Debian: a file may belong to it.
everything() {
  (cd "$root" && find . -xdev \( -path ./proc -o -path ./dev -o -path ./run -o -path ./tmp \
    -o -path ./packages -o -path ./home/person -o -path ./var/cache -o -path ./var/log \
    -o -path ./var/lib/apt -o -path ./var/lib/dpkg -o -path ./var/lib/dbus \
    -o -path './etc/*-' -o -path ./etc/.pwd.lock -o -path ./etc/group -o -path ./etc/gshadow \
    \) -prune -o -printf '%p %y %m %U:%G %l\n' | LC_ALL=C sort)
  (cd "$root" && find etc -type f ! -name '*-' ! -name group ! -name gshadow ! -name ld.so.cache \
    -exec md5sum {} + | LC_ALL=C sort)
  find "$root/var/lib/dpkg/info" -name '*barpop*' -printf '%f\n' | LC_ALL=C sort
}
everything >"$work/before"

install_from() {
  within none sh -euc "apt-get install -y -qq --no-install-recommends /packages/$1/*.deb" \
    >"$work/apt" 2>&1 || { cat "$work/apt" >&2; fail "apt does not install the packages"; }
}

version=$(dpkg-deb -f "$(ls "$root"/packages/new/barpop-status_*.deb)" Version)
# shellcheck disable=SC2016 # dpkg-query's own
versions() { within none dpkg-query -W -f '${Package} ${Version}, ' 'barpop*'; }
install_from old
say "installed: $(versions)"

# The programs, as somebody who has neither bus nor modem.
for program in xsms xnm xgnss xds4 xshutter barpop; do
  person "$program --version" | grep -q "^$program [0-9]" || fail "$program --version"
  person "man -P cat $program" | grep -q "NAME" || fail "man $program"
  person "bash -c '. /usr/share/bash-completion/bash_completion; _completion_loader $program;
    complete -p $program'" | grep -q "$program" || fail "bash does not complete $program"
  person "zsh -fc 'autoload -Uz compinit; compinit -uD; print -r -- \$_comps[$program]'" |
    grep -qx "_$program" || fail "zsh does not complete $program"
  said=$(person "fish -c 'complete -C \"$program --h\"' 2>&1")
  case $said in
    *complete:* | *error*) fail "fish does not read the completions of $program: $said" ;;
    *--help*) ;;
    *) fail "fish does not complete $program" ;;
  esac
done
person 'man -P cat xsms-send' | grep -q NAME || fail "man xsms-send"
person 'barpop --help' | grep -q 'Usage: barpop' || fail "barpop --help"
said=$(person 'xnm; xgnss; xds4; xsms' || fail "a program's line ends with an error")
say "their lines here: $(echo "$said" | paste -sd '|')"
ldd "$root/usr/bin/xsms" 2>&1 | grep -q 'not a dynamic\|statically' || fail "xsms is not static"

within none systemd-analyze verify /usr/lib/systemd/system/xshutter.service ||
  fail "systemd does not like xshutter.service"

# D-Bus starts the modem's owner from the service file.
person "dbus-run-session -- dbus-send --session --print-reply --dest=org.barpop.Sms \
  /org/barpop/Sms org.freedesktop.DBus.Properties.GetAll string:org.barpop.Sms1" |
  grep -q 'string "' || fail "D-Bus does not start xsms daemon"

# A store with messages, a plan that goes on, a service that is enabled, a configuration.
mkdir "$root/home/person/.xsms"
cat >"$root/home/person/.xsms/inbox.json" <<'END'
[{"sms_id": "1", "status": "REC UNREAD", "sender": "+491701234567",
  "date_received": "2014-05-01T10:00:00", "message": "old one", "read": false},
 {"sms_id": "2", "status": "REC READ", "sender": "12345",
  "date_received": "2014-05-02T10:00:00", "message": "seen", "read": true}]
END
chown -R 1000:1000 "$root/home/person/.xsms"
messages=$(person 'xsms list --json')
[ "$(echo "$messages" | grep -c 'old one\|seen')" -ge 2 ] || fail "no messages: $messages"
mkdir -p "$root/etc/barpop"
printf '[shutter.serve]\nrelease = "none"\n' >"$root/etc/barpop/config.toml"
within none systemctl enable xshutter.service >/dev/null 2>&1
# served SCRIPT: with the service, as its unit starts it.
served() {
  within none sh -euc "
    export XDG_CONFIG_HOME=/etc XDG_STATE_HOME=/var/lib
    xshutter serve 2>/run/serve.log & service=\$!
    tries=0
    until xshutter status >/dev/null 2>&1; do
      tries=\$((tries + 1))
      [ \$tries -lt 100 ] && kill -0 \$service || { cat /run/serve.log >&2; exit 1; }
      sleep 0.1
    done
    $1
    kill \$service; wait \$service || :"
}
served 'xshutter start --interval 3600 --count 10 >/dev/null; xshutter status --json' >"$work/plan"
grep -q 3600 "$work/plan" || fail "no plan: $(cat "$work/plan")"
find "$root/var/lib/barpop" -type f | grep -q . || fail "no plan is kept in /var/lib/barpop"

# And a store that a version with the first schema left.
first=$root/home/person/first/.local/share/barpop/messages.sqlite3
mkdir -p "${first%/*}"
cat src/sms/store/schema.sql tests/data/store/first.sql | sqlite3 -bail "$first" >/dev/null
chown -R 1000:1000 "$root/home/person/first"

install_from new
say "upgraded: $(versions)"
person 'xsms --version' | grep -q "^xsms " || fail "xsms after the upgrade"
case $(versions) in *"barpop-status $version,"*) ;; *) fail "the version" ;; esac
[ "$(person 'xsms list --json')" = "$messages" ] || fail "the upgrade changed the messages"
said=$(person 'HOME=~/first xsms list')
[ "$(echo "$said" | grep -c 'Köln\|Wann\|Um acht')" = 3 ] || fail "of the first schema's messages: $said"
[ "$(sqlite3 "$first" 'PRAGMA user_version')" -gt 1 ] || fail "the store is not brought up to date"
[ "$(within none systemctl is-enabled xshutter.service)" = enabled ] || fail "no longer enabled"
served 'xshutter status --json' | grep -q 3600 || fail "the upgrade lost the plan"

# The popup opens with nothing installed but what the package names.
mkfifo "$work/number"
Xvfb -displayfd 7 -screen 0 1280x800x24 -nolisten tcp -ac 7>"$work/number" 2>/dev/null & screen=$!
read -r number <"$work/number"
within here setpriv --reuid=1000 --regid=1000 --init-groups env HOME=/home/person \
  DISPLAY=":$number" timeout 60 barpop sms 2>"$work/popup" & popup=$!
export DISPLAY=":$number"
timeout 50 xdotool search --sync --onlyvisible --class barpop >/dev/null 2>&1 ||
  fail "no popup: $(cat "$work/popup")"
tries=0
until [ "$(import -window root -format %k info:)" -gt 50 ]; do
  tries=$((tries + 1))
  [ $tries -lt 50 ] || fail "the popup stays empty"
  sleep 0.2
done
import -window root "$seen/popup.png"
xdotool search --onlyvisible --class barpop windowkill >/dev/null 2>&1 || :
wait "$popup" || :
say "the popup opened: $seen/popup.png"
# What it showed under the pointer is read now.
messages=$(person 'xsms list --json')
[ "$(echo "$messages" | grep -c 'old one\|seen')" -ge 2 ] || fail "after the popup: $messages"

# Removed: the programs go, what they kept stays.
within none apt-get remove -y -qq 'barpop*' >/dev/null 2>&1
[ ! -e "$root/usr/bin/xsms" ] || fail "xsms is left"
[ -e "$root/home/person/.local/share/barpop/messages.sqlite3" ] || fail "the messages are gone"
[ -n "$(find "$root/var/lib/barpop" -type f)" ] || fail "removing deleted the plan"
install_from new
[ "$(person 'xsms list --json')" = "$messages" ] || fail "other messages after a new installation"
[ "$(within none systemctl is-enabled xshutter.service)" = enabled ] || fail "it forgot the service"

# Purged: nothing is left but what the person wrote, and their home.
within none apt-get purge -y -qq 'barpop*' >/dev/null 2>&1
[ -e "$root/etc/barpop/config.toml" ] || fail "a configuration that the person wrote is gone"
[ -e "$root/home/person/.local/share/barpop/messages.sqlite3" ] || fail "the messages are gone"
rm -r "$root/etc/barpop"
everything >"$work/after"
diff "$work/before" "$work/after" >"$work/left" ||
  fail "left behind (>) or taken (<): $(cat "$work/left")"
say "removed and purged: nothing is left"
