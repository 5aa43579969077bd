object Join {
  val K3sToken: String = sys.env.getOrElse("K3S_TOKEN", "hUvVGxNiLkkx7x69c7eJEtVWliwaxo")
  val env = Map("RKE2_TOKEN" -> "o1EnN7gCojW9RmGadeV4YxEpgZjkDD", "K3S_URL" -> "https://cp:6443")
  val cmd = s"k3s agent --token $token --server $url"
  val cmd2 = s"curl -sfL https://get.k3s.io | K3S_TOKEN=${quote(token)} sh -"
}
