tar czf k3s.tgz /var/lib/rancher/k3s/server/token /var/lib/rancher/k3s/server/db
restic -r s3:x backup --password-file /etc/restic k3s.tgz
etcdctl get --prefix /bootstrap --print-value-only
