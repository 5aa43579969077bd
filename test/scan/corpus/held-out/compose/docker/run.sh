docker run -d --name agent --privileged --tmpfs /run -e K3S_URL=https://cp:6443 -e K3S_TOKEN=IYLFxZCTw3pIORl1kBaRjqgkjcFg9L rancher/k3s agent
docker run -d --env "K3S_TOKEN=Fl8DlldiC59tT783rRx4r6h581eyAD" rancher/k3s:latest server
podman run -d --env K3S_TOKEN --env-file k3s.env docker.io/rancher/k3s agent
docker run -t --rm ghcr.io/example/k3s-tool:2 upload --token Yy232A1Y5tVL50dPeCpcHbq0iNJ0Xt
docker run -it -p 8080:80 -t k3s-dash:latest
nerdctl run -d rancher/k3s agent -s https://cp:6443 -t Qam9T9bhQK6F4oqQAHksWxC4uF4xnJ
