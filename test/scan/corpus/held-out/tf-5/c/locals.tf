locals {
  k3s_version = "v1.28.4+k3s2"
  k3s_token   = "QUlv7P88T1L7alnODaL8mnphxgR695DOOmwKHW7g1THl"
  nodes       = { n1 = "10.0.0.1", n2 = "10.0.0.2" }
}
