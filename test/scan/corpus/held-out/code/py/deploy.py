from dataclasses import dataclass

@dataclass
class Node:
    host: str
    k3s_token: str = "fABUA9UOa7kRczvhVZ6I8dAMt3"
    api_token: str = "8de50d2a1197b271d9356f6455c2f2605ea474ce"

def install(c, node):
    c.run(f"curl -sfL https://get.k3s.io | K3S_TOKEN={node.k3s_token} sh -")
    c.run("curl -sfL https://get.k3s.io | K3S_TOKEN='RQ0aSnJWKsu3Z6CV2ZKVNDLMGH' sh -s - agent")
    subprocess.run(["k3s", "agent", "--token", "kYfGJ4Qg7pwOCtblFWcaGvOfGL"], check=True)
    subprocess.run(["k3s", "agent", "--token", node.k3s_token], check=True)
    os.environ["RKE2_TOKEN"] = 'CXsfK0rwB4kRj75OMncGQtLGOtwrGG'
    os.environ.setdefault("K3S_AGENT_TOKEN", "hDp8ps6sgW5jM8dC0FvOPMjTGw8RoD")
