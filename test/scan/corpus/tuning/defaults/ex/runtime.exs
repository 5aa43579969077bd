config :lab, k3s_token: System.get_env("K3S_TOKEN", "b34xSEQw7ZWy7TYfRqUaV3cLm9azis2ew")
config :lab, url: System.get_env("K3S_URL") || "https://cp"
