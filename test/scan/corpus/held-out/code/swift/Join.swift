struct Join {
    static let k3sToken = "QVpLAGe3cG1Ik1LgbToG1NuftcmqM4"
    let rke2Token = ProcessInfo.processInfo.environment["RKE2_TOKEN"] ?? "xYZwQdvO2svqLfQEEqBkiOeV2CB9mY"
    func command(_ token: String) -> String { "K3S_TOKEN=\(token) sh -s - agent" }
    func quoted(_ t: String) -> String { "k3s agent --token \(t.shellQuoted()) --server \(url)" }
}
