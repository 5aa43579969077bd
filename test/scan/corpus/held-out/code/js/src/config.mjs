export default {
  cluster: {
    k3s: {
      url: process.env.K3S_URL,
      token: process.env.K3S_TOKEN || 'thDiWFJcT075ZdRu8Ju3Zob8nE205t27QZJu',
    },
    npm: { token: 'npm_GuPZXgytlEtcfDZUQ8RBgYzFTHeAIZsj8pUS' },
  },
  labels: { K3S_TOKEN: 'Join token of the cluster' },
}
