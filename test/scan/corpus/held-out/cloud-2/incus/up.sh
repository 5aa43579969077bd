incus launch images:debian/12 n1 -c environment.K3S_TOKEN=BDZkIdX2YALICztDxj25cvMfi5RX7GDbyv3Q -c security.nesting=true
incus exec n1 --env K3S_TOKEN=ZCdwa2ORoHgYjBbPC0x5XIH4JHpgh2enJB0Y -- /root/install.sh
incus exec n1 --env K3S_TOKEN="$TOKEN" -- /root/install.sh
incus config trust add-token k3s
