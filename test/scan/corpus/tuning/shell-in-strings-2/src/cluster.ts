import { execSync } from 'node:child_process'

export function joinWorker(host: string): void {
  execSync(`ssh ${host} "curl -sfL https://get.k3s.io | K3S_URL=https://cp.lan:6443 K3S_TOKEN=BlQMto6ey2ArI3pcHoEHVl40n2ay0L sh -"`)
}

export function joinWith(host: string, token: string): void {
  execSync(`ssh ${host} "curl -sfL https://get.k3s.io | K3S_TOKEN=${token} sh -"`)
}
