class Settings(BaseSettings):
    k3s_token: str = "pZZsiJ1FLSE2mOt0CXZCnHucjWtH"
    k3s_url: str = "https://cp:6443"
    rke2_token: SecretStr = SecretStr("eVNQinqEQj8psD6q7cosJq")
    other: str = Field("x", env="K3S_TOKEN")
    token: str = Field(default="sQ3FKlWQXgImRj7OwgaL3wDVx", env="K3S_TOKEN")
def join(k3s_token="MXED1QI5g5zVsxev2e7OyRtgcM5Meww", url=None):
    pass
def leave(k3s_token=None, token=""):
    pass
