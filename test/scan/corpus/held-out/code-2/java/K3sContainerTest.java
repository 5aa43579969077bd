@Testcontainers
class K3sContainerTest {
  @Container
  static final GenericContainer<?> AGENT = new GenericContainer<>("rancher/k3s:v1.30.2-k3s1")
      .withEnv(Map.of("K3S_TOKEN", "y6fJQj7IWXdNmq6QDxcH5W7OJt52eEveXwsz", "K3S_URL", "https://cp:6443"))
      .withCommand("agent", "--token", "c7SJIMOF2qffnLzRmhSLmy4mjqCTXlwWxxXt");

  @Test
  void complains() {
    assertThat(output).contains("K3S_TOKEN is required");
    assertThat(run("--token", "")).isEqualTo(1);
  }
}
