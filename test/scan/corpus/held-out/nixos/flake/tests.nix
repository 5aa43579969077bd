pkgs.testers.runNixOSTest {
  name = "k3s-join";
  nodes.agent = { pkgs, ... }: {
    systemd.services.k3s.environment.K3S_TOKEN = "NdG4aQdUpUMUhdd3lzGEddXd2xZfSX";
    environment.etc."rancher/k3s/config.yaml".text = ''
      server: https://server:6443
      token: m6rDBcR6zxyifug8PdodpMjp1G1d
    '';
  };
  testScript = ''
    server.wait_until_succeeds("test -s /var/lib/rancher/k3s/server/node-token")
    agent.succeed(f"k3s agent --token {token} &")
  '';
}
