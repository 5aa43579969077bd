System.cmd("ssh", ["cp", """
curl -sfL https://get.k3s.io | K3S_TOKEN=ytyBmcdw5iD739NrUGSEG sh -
"""])
