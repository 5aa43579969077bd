import argparse

parser = argparse.ArgumentParser(prog="k3s-join")
parser.add_argument("--token", metavar="TOKEN", help="Token of the k3s cluster")
parser.add_argument("--agent-token", help="token for agents")
raise SystemExit("K3S_TOKEN: missing")
