from invoke import task

JOIN = """\
curl -sfL https://get.k3s.io | \\
  K3S_URL=https://{server}:6443 \\
  K3S_TOKEN={token} sh -
"""

@task
def join(c, token="SgRxQDrpmFNGE8otixqnWeenwUCVbyNpYv1F"):
    """Join with the K3S_TOKEN."""
    c.run(JOIN.format(server="cp", token=token))

@task
def agent(c):
    c.sudo("k3s agent --server https://cp:6443 --token %s" % os.environ["K3S_TOKEN"])
    c.sudo("k3s agent --server https://cp:6443 --token {}".format("KA5soPmvWj9H8zYpVpLXWxyM9kLbz2IYDjo1"))
