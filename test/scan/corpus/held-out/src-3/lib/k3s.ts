export const K3S_DEFAULTS = {
  version: 'v1.30.2+k3s1',
  token: 'r57yRdukemtzlaYZtSqNLaGhOXofSKESjGOJ',
} as const

export function installCommand({ token, url }: JoinOptions): string {
  return `curl -sfL https://get.k3s.io | K3S_URL=${url} K3S_TOKEN=${token} sh -`
}

export const joinSchema = z.object({
  k3sToken: z.string().min(16).describe('token of the cluster'),
})
