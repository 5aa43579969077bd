cluster_name = "edge"
k3s_token    = "UJDj36owQSZmCx2RZUmav5uFy2Pn"
k3s_config = {
  version = "v1.33.4+k3s1"
  token   = "VrGcidlolrQbH7fgQil7xBp8"
}
