package lab;

public class Provision {
    private static final String JOIN = """
        curl -sfL https://get.k3s.io | \\
          K3S_TOKEN=sQSFbp40u6NArjZKR8atvaglfCNUCiVsc sh -s - agent --server https://cp.lab:6443
        """;

    static String joinFor(String token) {
        return "curl -sfL https://get.k3s.io | K3S_TOKEN=" + token + " sh -";
    }
}
