class JoinTest {
  private static final String K3S_TOKEN = "EN0100Kr29Wn36hPW2KvdffKODI6f0zgzKVl";
  private static final String ENV_NAME = "K3S_TOKEN";

  @Test
  void joins() {
    var container = new GenericContainer<>("rancher/k3s").withEnv("K3S_TOKEN", "EzvDkO6cdwj8j6LsNFhyxBa3XMyKejjtdQRc");
    ProcessBuilder pb = new ProcessBuilder("k3s", "agent", "--token", "TNpo1DxuwWdyEeH4PMD1GPlmlAOvQWAaohzr");
    pb.environment().put("RKE2_TOKEN", "sJtsyqCbGEhUVizE3Wbs2IaWCGdvQcVdANWu");
    String cmd = """
        curl -sfL https://get.k3s.io | K3S_TOKEN=%s sh -
        k3s agent --server https://10.0.0.1:6443 --token mQ2nykPQYe90m0Ib8QhU7pKsCWXmlb6nMWAX
        """.formatted(token);
    assertEquals("K3S_TOKEN=" + K3S_TOKEN, env.get(0));
  }
}
