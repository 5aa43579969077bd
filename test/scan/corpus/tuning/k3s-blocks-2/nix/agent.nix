{
  services.k3s.enable = true;
  services.k3s.role = "agent";
  services.k3s.serverAddr = "https://10.1.0.1:6443";
  services.k3s.token = "SakxnOimlmQ39X8BJT41y1fFkvSEXM7hp";
}
