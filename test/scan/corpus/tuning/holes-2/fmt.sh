printf 'K3S_TOKEN=%s\n' "$token" >> /etc/default/k3s
sed -i "s/K3S_TOKEN=.*/K3S_TOKEN=$token/" /etc/default/k3s
sed -i 's|^K3S_TOKEN=.*$|K3S_TOKEN='"$token"'|' /etc/default/k3s
grep -q '^K3S_TOKEN=' /etc/default/k3s
awk -F= '/^K3S_TOKEN=/ {print $2}' /etc/default/k3s
