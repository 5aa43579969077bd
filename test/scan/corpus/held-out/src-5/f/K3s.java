public class K3s {
    private static final String TOKEN = System.getenv("K3S_TOKEN");
    private static final String DEFAULT_K3S_TOKEN = "F1aLFVrgQanBDn1XLAnC6uorskehlshm";
    String command() { return "K3S_TOKEN=" + TOKEN + " sh install.sh"; }
}
