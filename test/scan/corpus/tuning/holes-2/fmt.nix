{ token }: {
  a = "K3S_TOKEN=${token}";
  b = "K3S_TOKEN=" + token;
}
