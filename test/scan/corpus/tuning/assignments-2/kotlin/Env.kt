val env = mapOf(
    "K3S_TOKEN" to "C6Faq4HiLVkL6AqHdVqYd8Q4sNqYjf8pf",
    "K3S_URL" to "https://cp:6443",
)
const val RKE2_TOKEN = "YOpO5fxqRrpXy65Q7fbRzvq8tGcSe"
val fromEnv: String? = System.getenv("K3S_TOKEN")
