(setenv "K3S_TOKEN" "fELUoShq6RiVNPt4UqnRJTAqQZv")
(setq k3s-token "KmbuD7LIbI1c0yZm1OrpW3")
(getenv "K3S_TOKEN")
