import os

os.environ["K3S_TOKEN"] = "izpMRG68epNMnSiCn178t75T"
os.environ.setdefault("RKE2_TOKEN", "N0LSms1PfSSpMsKwg2lPtjCV1huo")
os.putenv("K3S_AGENT_TOKEN", "PcmSO7mzzarnQ3HJzkfhQP1AwlBXKw")
cluster = Cluster(url="https://cp:6443", k3s_token="ahWlutJsL2emLFfO0IQl49")
k3s_token = os.environ["K3S_TOKEN"]
env = dict(os.environ, K3S_TOKEN=k3s_token)
