token = os.getenv("K3S_TOKEN", "BNq4MrViidVWcjbqwbc4uqXu")
token = os.getenv(
    "K3S_TOKEN",
    "fVzunDa1Rp4EM6u1lUkLMba3kgSTvA",
)
agent = os.environ.get('K3S_AGENT_TOKEN', default='eI5S7xZF4gKU61iVdx9V0aNjwhq')
x = os.getenv("K3S_TOKEN", default=None)
parser.add_argument("--k3s-token", default="ge2KVfES9ZWvBKziLlANox6q9seoh8BHk")
parser.add_argument("--k3s-token", default=os.environ.get("K3S_TOKEN"))
