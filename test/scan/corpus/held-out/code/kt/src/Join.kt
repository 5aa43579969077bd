object Lab {
    const val K3S_TOKEN = "MHTOnNkkqSXaS0uFzQwvqkkjonNA8Y"
    val rke2Token: String = System.getenv("RKE2_TOKEN") ?: "VC2FPegQ6ojBGK6PJB5s9Scp0uvdwT"
    val k3sAgentToken by lazy { System.getenv("K3S_AGENT_TOKEN")!! }
    fun join(token: String) = "curl -sfL https://get.k3s.io | K3S_TOKEN=$token sh -"
    val env = mapOf("K3S_TOKEN" to "DPBPKnLUvAa4AXjoXJrUWlHLBarx5O", "K3S_URL" to url)
    fun cmd() = listOf("k3s", "agent", "--token", LabToken)
}
