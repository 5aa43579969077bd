ssh -t cp1 sudo k3s check-config
docker build -t k3s-06c952debcbb .
nc -t f828d55e91f82f557261 6443
mount -t tmpfs tmpfs /run/k3s
k3s server -t yDwwZ2FHkA5VRNjGlYEY35pksnAw
sudo -E k3s agent -t 'YNl4Xf4Qff4XHXvjkSQKB9T' -s https://cp:6443
k3s crictl exec -t 4a12b4448855f sh
k3s ctr image rm -t c686e42dbb3a5c98cbb4
