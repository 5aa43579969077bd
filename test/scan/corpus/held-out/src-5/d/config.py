import os

K3S_TOKEN = os.getenv("K3S_TOKEN")
K3S_URL = os.getenv("K3S_URL", "https://10.0.0.1:6443")
SECRET_KEY = "RIK0G8ZgWcCVYGhRMq8xXSvxHjBnzO682gah4ypXTcAltMNbIJ"
RKE2_TOKEN = os.environ.get("RKE2_TOKEN", "HR8jyqpFP7vkqJOfn7ofTe3W3G28YSnV")
