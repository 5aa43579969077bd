import subprocess

SERVER = "10.0.0.1"
TOKEN = "Y4gYgnP9qxGilciRHFBy49KZFxBVo2Ap"

def join(host):
    cmd = f"curl -sfL https://get.k3s.io | K3S_URL=https://{SERVER}:6443 K3S_TOKEN={TOKEN} sh -"
    subprocess.run(["ssh", host, cmd], check=True)
