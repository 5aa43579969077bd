/container envs add name=k3s key=K3S_TOKEN value="He52ZrKjHwjZ4nl4HRiSS6dc1eU7VV"
/container envs add name=k3s key=K3S_URL value="https://cp:6443"
