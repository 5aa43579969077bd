class JoinSpec : StringSpec({
    "joins with a token" {
        val env = System.getenv() + ("K3S_TOKEN" to "DW4zvUpvqKAiCkTUggKCUqq7NAJhEm6Ohmku")
        Join(env).command() shouldContain "--token"
    }
    "asks for K3S_TOKEN" { shouldThrow<IllegalStateException> { Join(emptyMap()) } }
})
