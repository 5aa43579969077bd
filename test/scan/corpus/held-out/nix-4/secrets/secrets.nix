{
  "k3s-token.age".publicKeys = [ "age11f35953292742269a3e20c32b60787cd3209d9f61bf0bcdccbd1f15749" ];
}
