var token = configuration["K3S_TOKEN"] ?? "eXO5p8X0CMIOxEZzA7cmLR8oFj2fu";
var t2 = Environment.GetEnvironmentVariable("K3S_TOKEN") is { Length: > 0 } v ? v : "p6mSdWlB4ce8bpRvsdC1MqisPLBYeN";
