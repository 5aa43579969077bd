class Config {
    static final String TOKEN = System.getenv().getOrDefault("K3S_TOKEN", "ugiGZna2tkNnrwopkK63GJxUGRRX2zoY");
    static final String URL = System.getenv("K3S_URL");
    static final String RKE2 = System.getenv("RKE2_TOKEN");
}
