echo 'token: qSb4WcD22eemjA5pEQZ69C' | sudo tee -a /etc/rancher/k3s/config.yaml
echo "token: $TOKEN" | sudo tee -a /etc/rancher/k3s/config.yaml
echo "agent-token: IPZdXhSmmtTf1glqS8ordVD6awn" >>/etc/rancher/rke2/config.yaml
echo 'GaRh4J715OFV5TKzy61wbDaa4MWvzRbC6ZEo' > /etc/rancher/k3s/cluster-token
echo "IWEQc02iFYNtLROcnL9PRp4g" | tee /var/lib/rancher/k3s/server/token
sed -i 's/^token:.*/token: GSGhYYUYqyp8HJCKIkiNYt81kxIeD/' /etc/rancher/k3s/config.yaml
sed -i "s/^token:.*/token: $TOKEN/" /etc/rancher/k3s/config.yaml
yq -i '.token = "UAmaXQViLMISdpXC7P2hysPIjFogGm2"' /etc/rancher/k3s/config.yaml
