userData.addCommands(
  'export K3S_TOKEN=B5ZwE8z2kfy9YUh5bHbGbICEvBUsnljDzlmOBJOg',
  'curl -sfL https://get.k3s.io | sh -s - server',
  `export RKE2_TOKEN=${secret.secretValue.unsafeUnwrap()}`,
);
new ssm.StringParameter(this, 'P', { parameterName: '/k3s/token', stringValue: 'opDirfZmjmS7xVhY6abnrtdu2Uwh9wRcaVwdXFBi' });
