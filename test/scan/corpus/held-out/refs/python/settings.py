K3S_TOKEN_PATH = "/var/lib/rancher/k3s/server/node-token"
K3S_TOKEN = os.environ["K3S_TOKEN"]
K3S_TOKEN_ENV = "K3S_TOKEN"
k3s_token = read_secret("k3s/token")
k3s_token: str | None = None
rke2_token = keyring.get_password("rke2", "token")
parser.add_argument("--k3s-token", default=os.getenv("K3S_TOKEN"), help="join token")
parser.add_argument("--k3s-token", default="PvvRsHaNLixeOxxbQvcwYA1Ok6Dlpk", help="join token")
logger.info("K3S_TOKEN=%s", mask(token))
