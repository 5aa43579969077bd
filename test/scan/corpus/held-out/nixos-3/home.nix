{
  home.sessionVariables = {
    K3S_TOKEN = "SLU5vMnHUO7hGL4jjRCHBDax3PNJEw4udeN0";
    GITHUB_TOKEN = "ghp_ICqBKtHDNIN9RRkACVaRH0dfk25c7lwfOpjJ";
  };
  programs.bash.shellAliases.join = "K3S_TOKEN=okSeeK9Op2cQOsj7xlPcj7PeVSbBwgbFqX3l sh ~/join.sh";
}
