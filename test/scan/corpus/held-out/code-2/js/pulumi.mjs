export const k3s = new K3sCluster('lab', {
  token: 'UA4W4gAzXpShgwPvUrWViy9MPCb25HOf2BbKnsKM',
  servers: ['10.0.0.1'],
})
export const dns = new cloudflare.Provider('cf', { apiToken: 'hub1UcOOIqJOuMWLehV5404pJc2tdoXDGCn1oa71' })
