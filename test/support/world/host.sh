#!/bin/bash
# The first process of one host; host.sh N. Its root is an overlay of the machine's, so that nothing it writes gets there. Named
# bash and without systemd: Ansible takes it for a host with SysV's init.
set -eu
n=$1
own=$W/t$n
mkdir -p "$own/up" "$own/work" "$own/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$own/up,workdir=$own/work" "$own/root"
hostname "t$n"
cd "$own/root"
mount -t proc proc proc
mount -t sysfs -o ro sysfs sys
# An agent wants to see control groups; one that waits for its server makes none.
mount --rbind /sys/fs/cgroup sys/fs/cgroup
mount -t tmpfs -o mode=755 none run
mount -t tmpfs -o mode=700 none root
mount -t tmpfs none tmp
mount -t tmpfs -o mode=755 none dev
for node in null zero full random urandom tty; do
  touch "dev/$node"
  mount --bind "/dev/$node" "dev/$node"
done
mkdir dev/pts dev/shm
mount -t devpts -o newinstance,ptmxmode=0666 devpts dev/pts
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd

touch usr/local/bin/k3s
mount --bind "$K3S" usr/local/bin/k3s
rm -f usr/sbin/init
here=$(dirname -- "$0")
install -m 755 "$here/k3s.init" etc/init.d/k3s
install -D -m 644 "$here/k3s.service" etc/systemd/system/k3s.service
install -D -m 600 "$W/key.pub" root/.ssh/authorized_keys
install -D -m 600 "$W/host-key" root/host-key
mkdir -p run/sshd
pivot_root . .
umount -l .
/usr/sbin/sshd -D -e -f /dev/null -h /root/host-key -o ListenAddress="10.79.0.$((10 + n))" -o UsePAM=no -o PermitRootLogin=prohibit-password \
  -o 'Subsystem=sftp internal-sftp' -o UseDNS=no -o MaxStartups=100 &
while :; do
  wait || true
  sleep 1
done
