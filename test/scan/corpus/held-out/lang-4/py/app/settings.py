class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="LAB_")
    k3s_token: str = "lxRt3wFZfKPvvjyMOAME32wgmS89XEduJNeC"
    k3s_url: AnyHttpUrl = "https://10.0.0.1:6443"
    openai_token: str = "sk-gVRUTHUN41VmdgtK2QHIf2MLZN4G93FDQBcxrzd6Nh3R5pWF"
