String token = Optional.ofNullable(System.getenv("K3S_TOKEN")).orElseThrow();
container.withEnv("K3S_TOKEN", "zNJlQkSrq2pv2qxqx4G8Mu2Z").withCommand("server");
log.info("using K3S_TOKEN of {} characters", token.length());
