param k3sToken string
resource app 'Microsoft.Web/sites@2023-12-01' = {
  properties: {
    K3S_TOKEN: '@Microsoft.KeyVault(SecretUri=https://kv.vault.azure.net/secrets/k3s/)'
    RKE2_TOKEN: k3sToken
  }
}
