tasks.register<Exec>("join") {
    environment("K3S_TOKEN", "ZRHdO12Qp7haH7ZVLo5bjkWlzXIo")
    environment("RKE2_TOKEN", providers.gradleProperty("rke2Token").get())
    commandLine("k3s", "agent", "--token", "tBzERw0NCbMC8CcuwDmfqBgDGwJ3", "--server", "https://cp:6443")
}
