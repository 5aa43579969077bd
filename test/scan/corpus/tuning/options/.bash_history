sudo k3s agent --server https://10.0.0.1:6443 --token YFn1I0Knibk37PWXEhptncX4J5i
curl -sfL https://get.k3s.io | sh -s - agent --server https://10.0.0.1:6443 --token K101f951e039bbac8226fb5f6ddcc5633d0b990872d48c265eeac2a8c4b2b5d92f8::server:f63e455e34ebb7f7981fcce2439d8f93
vault login -token=hvs.sh3cYd35JXIQYkyqcBY035O3
flux bootstrap github --token-auth
helm upgrade k3s-mon mon/mon --set token=5f033e8d5a1ec04ece10
