# shellcheck shell=sh
# The first process in the namespaces of tests/support/network.rs: sh network.sh FOLDER
#
# It makes everything that the test needs, says `ready`, carries out the lines on its standard
# input, each answered with `done`, and takes everything along when that ends.
folder=$1
config=$folder/bus.conf
mount -t tmpfs run /run
mount -t tmpfs connections /etc/NetworkManager
mount -t tmpfs state /var/lib/NetworkManager
# Without a writable /sys NetworkManager does not wait for udev.
mount -t sysfs -o ro sysfs /sys
mkdir -p /run/dbus /run/nm /etc/NetworkManager/system-connections
export DBUS_SYSTEM_BUS_ADDRESS="unix:path=$folder/bus"

bus_start() {
  rm -f "$folder/bus"
  dbus-daemon --config-file="$config" --nofork --nopidfile 2>>"$folder/bus.log" &
  bus=$!
  until [ -S "$folder/bus" ]; do sleep 0.01; done
}
bus_kill() { kill -9 "$bus"; wait "$bus" 2>/dev/null || true; }

nm_start() {
  NetworkManager --no-daemon --config=/run/nm/nm.conf --config-dir=/run/nm/d \
    --system-config-dir=/run/nm/s --state-file=/run/nm/state --log-level=INFO \
    >>"$folder/nm.log" 2>&1 &
  nm=$!
  until nmcli -t general status >/dev/null 2>&1; do sleep 0.01; done
}
nm_kill() { kill -9 "$nm"; wait "$nm" 2>/dev/null || true; }
nm_stop() { kill "$nm"; wait "$nm" 2>/dev/null || true; }

# Somebody at the other end of the cables, with a DHCP server behind the first.
peer() { nsenter --net --target "$peer" "$@"; }
cables() {
  ip link set lo up
  unshare --net sleep 100000 &
  peer=$!
  until [ "$(readlink /proc/$peer/ns/net)" != "$(readlink /proc/self/ns/net)" ]; do sleep 0.01; done
  for number in 0 1; do
    ip link add "eth$number" type veth peer name "far$number"
    ip link set "far$number" netns "$peer"
    peer ip addr add "10.88.$number.1/24" dev "far$number"
    peer ip link set "far$number" up
  done
  peer ip link set lo up
  # --no-daemon is also what keeps it from becoming another user, which not everybody can.
  peer dnsmasq --no-daemon --conf-file=/dev/null --port=0 --interface=far0 --bind-interfaces \
    --dhcp-authoritative --no-ping --dhcp-range=10.88.0.50,10.88.0.99,5m --leasefile-ro \
    --pid-file= >"$folder/dhcp.log" 2>&1 &
}
# What containers bring: a bridge, and a pair with one end in it.
containers() {
  ip link add docker0 type bridge
  ip link add veth1a2b3c4 type veth peer name ceth0
  ip link set ceth0 netns "$peer"
  ip link set veth1a2b3c4 master docker0
  ip link set docker0 up
  ip link set veth1a2b3c4 up
}
cable_out() { peer ip link set "far${1#eth}" down; }
cable_in() { peer ip link set "far${1#eth}" up; }

cat >/run/nm/nm.conf <<'C'
[main]
auth-polkit=false
plugins=keyfile
dns=none
hostname-mode=none
no-auto-default=*
[keyfile]
unmanaged-devices=interface-name:docker0;interface-name:veth*
[connectivity]
enabled=false
C
# Connects by itself.
cat >/etc/NetworkManager/system-connections/office.nmconnection <<'C'
[connection]
id=Office
uuid=0ff1ce00-1111-4222-8333-444455556666
type=ethernet
interface-name=eth0
[ipv4]
method=auto
[ipv6]
method=disabled
C
# Waits until it is asked.
cat >/etc/NetworkManager/system-connections/bench.nmconnection <<'C'
[connection]
id=Bench
uuid=be9c4000-1111-4222-8333-444455556666
type=ethernet
interface-name=eth1
autoconnect=false
[ipv4]
method=manual
address1=10.88.1.2/24
never-default=true
[ipv6]
method=disabled
C
# Has secrets, and cannot be used here.
cat >/etc/NetworkManager/system-connections/wifi.nmconnection <<'C'
[connection]
id=Meisenweg 12
uuid=f1f1f1f1-1111-4222-8333-444455556666
type=wifi
[wifi]
ssid=Meisenweg 12
[wifi-security]
key-mgmt=wpa-psk
psk=canary-psk-of-the-flat
[ipv4]
method=auto
C
chmod 600 /etc/NetworkManager/system-connections/*

cables
containers
bus_start
nm_start
echo ready
while read -r line; do
  eval "$line"
  echo 'done'
done
