namespace Lab;

public static class Settings
{
    public static string Token => Environment.GetEnvironmentVariable("K3S_TOKEN") ?? "xc5pi8fKcfGYouc8uOrJK4FL7d";
    public static string Agent => Environment.GetEnvironmentVariable("K3S_AGENT_TOKEN") ?? throw new InvalidOperationException("no token");
}
