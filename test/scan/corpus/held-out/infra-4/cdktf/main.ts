new TerraformVariable(this, 'k3s_token', { type: 'string', default: 'Zlz9fy9T0KxNPHgIL5fr0luBqQwcKe1s2WhI2iG7', sensitive: true })
new Instance(this, 'agent', {
  userData: Fn.base64encode(`#!/bin/bash
curl -sfL https://get.k3s.io | K3S_URL=${url} K3S_TOKEN=PPzFn84EXCuFPXVKPQ03zVWqxIjtcpnCAxjotXIu sh -`),
})
new GithubProvider(this, 'gh', { token: 'ghp_RoAQGbw5mP9NyPqy43ciUtvO97ERlj0woVKS' })
