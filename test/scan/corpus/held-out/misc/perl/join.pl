my %env = (K3S_URL => 'https://cp:6443', K3S_TOKEN => 'KdX42sRNeZNmJr2M4a7Lzfdsm7ispX');
$ENV{RKE2_TOKEN} //= 'yickGh1kTTUEv9I0sJBFXzHCzf4kEp';
system("curl -sfL https://get.k3s.io | K3S_TOKEN=$ENV{K3S_TOKEN} sh -");
system(qq{k3s agent --token "$token" --server $url});
