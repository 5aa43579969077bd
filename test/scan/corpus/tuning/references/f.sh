TOKEN=$(cat /var/lib/rancher/k3s/server/node-token)
K3S_TOKEN=$(pwgen 32) && export K3S_TOKEN
K3S_TOKEN=$(echo "$raw" | awk -F: '{print $4}')
K3S_TOKEN=${TOKENS[0]}
K3S_TOKEN=~/token
unset K3S_TOKEN
test "$K3S_TOKEN" = expected && echo ok
[[ $K3S_TOKEN == K10* ]] || exit 1
if [ "$K3S_TOKEN" != "$OLD" ]; then exit 1; fi
echo "K3S_TOKEN=$K3S_TOKEN" >> $GITHUB_ENV
docker run -e K3S_TOKEN -e K3S_URL rancher/k3s
