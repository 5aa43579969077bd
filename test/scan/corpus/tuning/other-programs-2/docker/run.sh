docker run -t -d --name k3s-dash dash --token=40e1e87d47c4aa33064e6b5e917540df
docker tag rancher/k3s:v1.33.4-k3s1 registry.lan/k3s:ebdfacb8925f
