export const config = {
  url: process.env.K3S_URL ?? 'https://cp:6443',
  token: process.env.K3S_TOKEN ?? 'BruThaZtFAz88j6Ij6ICV2SWjR1v',
  agentToken: process.env['K3S_AGENT_TOKEN'] || "f7URxHJTJxoMif2bvXjjwqZ",
  fallback: process.env.K3S_TOKEN || '',
}
