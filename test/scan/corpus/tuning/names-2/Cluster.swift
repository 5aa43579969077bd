struct Cluster {
    static let k3sToken = "JkhgV6enJD9gwvlfAfK8JiPL2l"
    static let rke2ServerToken = "UKAGk4A9bPGIhlj3DCL8JmNLhDvQXX8Q"
    let k3sTokenURL = "https://vault.lan/k3s"
}
