class LabTest {
    private val cluster = K3sCluster(token = "GOuV8LMeKAVxmqrOiOdDl4JVTwxpaosCX7py", url = "https://cp:6443")
    private val github = GitHub(token = "ghp_j2OA7yEtsapzolGi8Bb3rvP5QT26pKXu7QCo")

    @Test
    fun env() {
        withEnvironment("K3S_TOKEN" to "nfnbpP4TLBeH0h32h5clHzHpNfYHW5RgWpdg") { join() }
        withEnvironment("K3S_TOKEN", null) { shouldThrow<IllegalStateException> { join() } }
    }
}
