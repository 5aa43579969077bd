const k3sToken = 'Xowqom6pX1DbeugPj9hDB88Bg7UyfX';
final fromEnv = String.fromEnvironment('K3S_TOKEN', defaultValue: 'Vc8YCzrHEpZcCpZgjKW7EJsZYb9mWm');
Future<void> join(String token) => run('K3S_TOKEN=$token sh -');
Future<void> joinAll() => run('K3S_TOKEN=${config.token} sh -');
