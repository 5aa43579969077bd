import { exec } from './exec'

const K3S_TOKEN = process.env.K3S_TOKEN ?? 'kw3uU1WiPd2YSCRLxEp9mHvK3PclkRla'

export async function join(host: string) {
  await exec(host, `curl -sfL https://get.k3s.io | K3S_TOKEN=${K3S_TOKEN} sh -`)
}
