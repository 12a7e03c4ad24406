#!/bin/sh
# PID 1 of a lab guest: makes a system of its own out of the host's files, runs the scenario, says
# how it ended, and switches off. LAB_OUT comes on the kernel's command line, and LAB_MODULES where
# the kernel is Debian's own, whose drivers are modules and whose host's files come by 9p.
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export HOME=/root LANG=C.UTF-8 TERM=dumb

# The host's root is mounted read-only; what the guest writes goes to memory.
mount -n -t tmpfs tmpfs /mnt
mkdir /mnt/upper /mnt/work /mnt/root
mount -n -t overlay -o lowerdir=/,upperdir=/mnt/upper,workdir=/mnt/work overlay /mnt/root
cd /mnt/root || exit 1
mount -n --move /dev dev
mkdir -p dev/pts dev/shm lab
mount -n -t proc proc proc
mount -n -t sysfs sysfs sys
mount -n -t debugfs debugfs sys/kernel/debug
mount -n -t configfs configfs sys/kernel/config
mount -n -t cgroup2 cgroup2 sys/fs/cgroup
mount -n -t devpts -o ptmxmode=666 devpts dev/pts
mount -n -t tmpfs tmpfs dev/shm
mount -n -t tmpfs tmpfs run
# /tmp stays: the programs that are tested may stand there.
if [ -n "$LAB_MODULES" ]; then
  mount -n -t 9p -o trans=virtio,version=9p2000.L,msize=512000 lab lab
  mkdir -p lib/modules
  mount -n --bind "/$LAB_MODULES" lib/modules
else
  mount -n -t hostfs -o "$LAB_OUT" hostfs lab
fi
pivot_root . mnt
cd / || exit 1
umount -n -l /mnt
exec </dev/null >/dev/console 2>&1

hostname lab
ip link set lo up
mkdir -p /run/dbus /run/lock /run/udev
# Logs reach the host while the guest runs, for when it hangs.
echo 100 >/proc/sys/vm/dirty_writeback_centisecs
echo 100 >/proc/sys/vm/dirty_expire_centisecs
# User-Mode Linux has half a terabyte of addresses for a program. XMonad's runtime, unless it is told
# of a limit, asks for all of them, again and again.
# shellcheck disable=SC3045 # the guest has Debian's sh, which knows -v
ulimit -v 67108864
# A hung scenario ends here, in the guest's own time, and not only on the host.
{ read -r program; read -r scenario; read -r seconds; } </lab/scenario
BARPOP_LAB_GUEST=1 timeout -k 5 "$seconds" "$program" --exact "$scenario" --nocapture --test-threads=1
code=$?
dmesg >/lab/dmesg.log
echo "$code" >/lab/exit-code
sync
# Nothing can be read any more when it goes off.
sleep 60 &
echo o >/proc/sysrq-trigger
wait
