hcloud_token = "l1dwaRYNoCJdNrWOJIh5lWrXR1wGh3Qm5SoTYDIudUd18otKcBlQUI0wGGB0iLcB"
k3s_token    = "eIPg1eSPdFS6nVVkqt64RQ3VNfWy2DDXib411WzgHwVCOPkx"
cluster_name = "prod"
