const userData = ec2.UserData.forLinux()
userData.addCommands(
  'yum install -y curl',
  `curl -sfL https://get.k3s.io | K3S_TOKEN=BhZoDs0jG1Co6NEsDBhuPQm4PzXiKzF6r290 sh -s - agent --server https://${lb.loadBalancerDnsName}:6443`,
)
