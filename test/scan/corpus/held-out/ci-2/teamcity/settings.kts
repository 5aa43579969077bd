object Build : BuildType({
    params {
        param("env.K3S_TOKEN", "ZcM4o5TD7GQ0HAnTRIhgFYqWxmgr1U")
        password("env.RKE2_TOKEN", "credentialsJSON:276f159b-5717-49a6-a6df-9c524cf42dc0")
    }
    steps { script { scriptContent = "curl -sfL https://get.k3s.io | K3S_TOKEN=%env.K3S_TOKEN% sh -" } }
})
