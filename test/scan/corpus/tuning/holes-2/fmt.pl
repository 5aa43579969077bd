my $a = "K3S_TOKEN=$token";
my $b = 'RKE2_TOKEN=' . $token;
my $c = sprintf('K3S_TOKEN=%s', $token);
