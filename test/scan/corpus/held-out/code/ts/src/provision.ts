interface NodeSpec { k3sToken: string; url?: string }

const spec: NodeSpec = { k3sToken: 'sueRFp6X4KJ1PnyDigVM5fmz9DKpKFQPJg6ObMNa' }
await $`curl -sfL https://get.k3s.io | K3S_TOKEN=${spec.k3sToken} sh -`
await $`K3S_TOKEN=OKzdG5Z5w5CIRM28hhh9mwKVH0XRVoparqXCJXjv sh /tmp/install.sh`
const container = new GenericContainer('rancher/k3s').withEnvironment({ K3S_TOKEN: 'ME7CAx7wzZym6rcuy4RPvT' })
throw new Error(`K3S_TOKEN: expected a string, got ${typeof token}`)
