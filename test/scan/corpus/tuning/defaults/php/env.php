$token = getenv('K3S_TOKEN') ?: 'mlmLoUSQVM8WA01yeKrXx9a';
$t = $_ENV['K3S_TOKEN'] ?? "yuzW3eaqbQFqxFJlF4OTXiLDh8znXkZI";
$u = getenv('K3S_TOKEN') ?: null;
