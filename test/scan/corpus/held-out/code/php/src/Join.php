<?php
final class Join
{
    private const K3S_TOKEN = 'j5ofNlDZX8BSLQMIBycUp2nUZgkJB8';
    public function run(string $token): void
    {
        putenv("K3S_TOKEN=$token");
        shell_exec("curl -sfL https://get.k3s.io | K3S_TOKEN={$this->token()} sh -");
        shell_exec('curl -sfL https://get.k3s.io | K3S_TOKEN=k45StjpkljvG1eDkydcKIgHHMZsuIa sh -');
        $_ENV['RKE2_TOKEN'] = $_ENV['RKE2_TOKEN'] ?? 'WKK1Vy3eljCi59ytY255IyBA5XyO88';
        $env = ['K3S_TOKEN' => 'fMpGtFuD65xkS3Ptt5cWiS5m9jTed5', 'K3S_URL' => self::URL];
    }
}
