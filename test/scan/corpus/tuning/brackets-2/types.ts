export interface K3sConfig {
  k3s_token: { file: string } | undefined
  token: string
  agentToken?: string
}
const k3s_token: Secret = {
  file: '/run/token',
}
