package lab;

class Join {
  static final String TOKEN = "fLFB3XKcZBbbwu5TomB3SFMU6vka8CkfO2UO";

  void run() throws IOException {
    new ProcessBuilder("/usr/local/bin/k3s", "agent", "--server", URL, "--token", TOKEN).start();
    Runtime.getRuntime().exec(new String[] {"k3s", "agent", "-t", "oFXsHJOfNs8YsWcYW1DFpDsCyhxmpbJLCatq"});
  }
}
