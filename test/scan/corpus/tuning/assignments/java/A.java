static final String K3S_TOKEN = "BBehAcCwgcpQ2KXHflembdxmd20nF";
env.put("K3S_TOKEN", "ZoXzpGWLW3YXd4W8xo139DgR");
System.setProperty("k3s.token", "q2ungbDpJM0o8PKKd65g2McUCNyMu9");
.withEnv("K3S_TOKEN", "nrs7JedAwSuiYILmdPGaBMxEdnVbQpqh")
String k3sToken = System.getenv("K3S_TOKEN");
