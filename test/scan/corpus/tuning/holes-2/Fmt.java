class Fmt {
    String a(String t) { return String.format("K3S_TOKEN=%s", t); }
    String b(String t) { return "K3S_TOKEN=\"" + t + "\""; }
    String c(String t) { return MessageFormat.format("RKE2_TOKEN={0}", t); }
}
