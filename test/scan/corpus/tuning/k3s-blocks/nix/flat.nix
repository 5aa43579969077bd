{
  services = {
    k3s = { enable = true; token = "CLCLtXb1WCYfSNMeygMhvnTkzu6"; };
    vault.token = "e9b145701db05c80a91449d121ed4539";
  };
}
