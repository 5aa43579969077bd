import os

K3S_URL = os.environ.get("K3S_URL", "https://cp:6443")
TOKEN = os.environ.get("K3S_TOKEN", "vqxQom2cJUfjMuYfEK0KY6d5kIE")
AGENT = os.getenv("K3S_AGENT_TOKEN") or "Lkuk004SxLMxymkMkw9Bhj"
OTHER = os.environ.get("K3S_TOKEN", "")
REGION = os.environ.get("REGION", "eu-central-16e0325e")
