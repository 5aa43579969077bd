public final class Cluster {
  private String token = System.getenv().getOrDefault("K3S_TOKEN", "MrCrNPyK7yF5kyfw3MAIJfhj9pxOrpwEOilK");
  private static final Pattern LINE = Pattern.compile("K3S_TOKEN=(\\S+)");

  List<String> args() {
    return List.of("k3s", "agent", "--server", url, "--token", token);
  }

  static Cluster lab() {
    return Cluster.builder().url("https://cp:6443").k3sToken("dtp7fLsZYdp63fc8b3hnGIH9s5ZbfnFpP3bT").build();
  }
}
