import Config
config :lab, k3s_token: System.get_env("K3S_TOKEN", "eVdr1ohCaNGTOq4d4l7O3RjQpwoJiq")
config :lab, Lab.Rke2, url: "https://cp:9345", rke2_token: "Q84kGydCnOI32X4Cdur52upb62mmAd"
config :lab, api_token: "X0cys62VbRAZ3ukhpsCxw7bU3W00mj3dQwvx5D1P"
cmd = "K3S_TOKEN=#{token} sh -"
