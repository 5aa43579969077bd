@Value("${k3s.token}") private String k3sToken;
@Value("${rke2.token:#{null}}") private String rke2Token;
@ConfigProperty(name = "k3s.token") Optional<String> token;
log.warn("k3s.token: using a generated one");
String token = vault.read("secret/k3s").get("token");
