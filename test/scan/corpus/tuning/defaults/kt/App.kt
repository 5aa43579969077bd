val token = System.getenv("K3S_TOKEN") ?: "iywVNDqZGSdbrjhF8JkMXwTK9OE"
val t2 = System.getenv().getOrDefault("K3S_TOKEN", "")
