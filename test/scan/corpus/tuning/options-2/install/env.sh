export INSTALL_K3S_EXEC="server --cluster-init --token m7bLz4bvOSZsBjbv1UuXMRIODZBleZQXvk9 --tls-san k3s.example.net"
export INSTALL_K3S_VERSION=v1.34.1+k3s1
