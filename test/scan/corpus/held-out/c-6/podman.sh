podman run -d --name k3s --privileged -e K3S_TOKEN=BmjzfACLsizatPJPn7enUZhj -p 6443:6443 rancher/k3s server
podman secret create k3s-token ./token
podman run --secret k3s-token,type=env,target=K3S_TOKEN rancher/k3s agent
