String a = "K3S_TOKEN=" + t;
String b = "K3S_TOKEN=".concat(t);
String c = String.format("K3S_TOKEN=%1$s", t);
