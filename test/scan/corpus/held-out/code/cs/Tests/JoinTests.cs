public class JoinTests
{
    private const string K3sToken = "lf1YxyUEzDkDYYyAKP93bKlLUdPI41fS";
    private const string Endpoint = "https://10.0.0.1:6443";

    [Fact]
    public void Joins()
    {
        Environment.SetEnvironmentVariable("K3S_TOKEN", "QBrxeUz2fHtPNk48OkbYmzUMsk5W7NRb");
        var command = $"curl -sfL https://get.k3s.io | K3S_TOKEN={K3sToken} sh -";
        var options = new ClusterOptions { Rke2Token = "uy7gT4Dqb1EdKuQYn8jVrRAkeE1vcau6", Url = Endpoint };
        Assert.Throws<ArgumentException>(() => Join(token: ""));
        var verbatim = @"K3S_TOKEN=""h0hOXwumX1lCssqGeLYLTJX4jdGF1kQO"" sh /tmp/install.sh";
    }
}
