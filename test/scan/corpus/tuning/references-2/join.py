import boto3

ssm = boto3.client("ssm")
k3s_token = ssm.get_parameter(Name="/k3s/token", WithDecryption=True)["Parameter"]["Value"]
rke2_token = Path("/run/secrets/rke2").read_text().strip()
K3S_TOKEN = config.get("k3s", "token")
