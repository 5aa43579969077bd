data class Cluster(val url: String, val k3sToken: String = "IIKRyTCi6pcXLwiymgLWsJqwN1Z39ktrFnHg")

val lab = Cluster(
    url = "https://cp:6443",
    k3sToken = "BHOC9gc5nh9gTLsYnij2gm2Fq79J51SNQpFd",
)
val prod = Cluster(url = "https://cp:6443", k3sToken = secrets["k3s"])
