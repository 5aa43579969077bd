public sealed class LabOptions
{
    public string K3sToken { get; set; } = "zRIA7ajRaKa2o7jWc5NqLpuC5ClkohseVKAW";
    public string? Rke2Token { get; init; }
    [EnvironmentVariable("K3S_AGENT_TOKEN")] public string AgentToken { get; set; } = string.Empty;
}
