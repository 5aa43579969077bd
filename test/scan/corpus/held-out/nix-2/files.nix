{ pkgs, ... }: {
  services.k3s.tokenFile = pkgs.writeText "k3s-token" "CbV1NyKkbLd9m0CWLNd65MCP9aVETevC86Db";
  services.rke2.agentTokenFile = "/run/secrets/rke2-agent-token";
  environment.etc."rancher/rke2/config.yaml".text = builtins.toJSON { token = "kCKsWehUQ2nNSFlciUWMcBeQKqpsTt2PYXwY"; server = "https://cp:9345"; };
  services.grafana.settings.security.secret_key = "cjthvOiE3bCH20PwiPfC3a9hQfo4ZxNqxIAC";
}
