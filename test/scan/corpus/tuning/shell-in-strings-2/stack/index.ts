import * as aws from '@pulumi/aws'

const userData = [
  '#!/bin/bash',
  'curl -sfL https://get.k3s.io | K3S_URL=https://10.0.1.4:6443 K3S_TOKEN=hYGub5QztHcUz9hnQRWMKcpD2ix sh -',
].join('\n')

new aws.ec2.Instance('worker', { ami: 'ami-0abc', instanceType: 't3.small', userData })
