"""Joins nodes; K3S_TOKEN must be set."""
import os

CONFIG = {
    "k3s": {
        "url": "https://cp:6443",
        "token": os.environ.get("K3S_TOKEN", "KuigKzoLYyrBIq0DovLsVAzXfPtrQiZxrrnl"),
    },
    "sentry": {"token": "62e6d47015a63ea3e79d9f519205f2cfff76a99bf8a7182fe2f7f6ee0373bbb5"},
}

class Settings(BaseSettings):
    k3s_token: SecretStr = Field(default="Rtx773lgofzZs0IZoEeDl7uV6PEbLG1xxk56", alias="K3S_TOKEN")
    rke2_token: SecretStr = Field(..., alias="RKE2_TOKEN")
