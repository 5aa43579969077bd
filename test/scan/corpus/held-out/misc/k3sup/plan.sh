k3sup install --host 10.0.0.1 --user pi --k3s-extra-args '--token=ZgIVYXFzFnIXmUnqA69Ujksq4RGrsX --disable traefik'
k3sup join --server-host 10.0.0.1 --host 10.0.0.2 --user pi --node-token-path ./token
k3sup node-token --host 10.0.0.1 --user pi > token
autok3s join --provider native --ip 10.0.0.1 --worker-ips 10.0.0.2 --token QizDWP7x6Vt00f3r21O7kOlFp668HO
