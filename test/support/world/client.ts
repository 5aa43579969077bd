// A client on the controller of a world that asks the API of every server all the time.
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { World } from './world.js'
import { addressOf } from './world.js'

/** In milliseconds: the longest time for which each server did not answer, and for which none of them did. */
export interface Absences {
  readonly asked: number
  readonly servers: readonly number[]
  readonly any: number
}

const FOLDER = '/run/w/client'
const SCRIPT = join(import.meta.dirname, 'client-process.cjs')
const FILES = {
  'ca.pem': 'certificate-authority-data',
  'cert.pem': 'client-certificate-data',
  'key.pem': 'client-key-data',
} as const

/** @returns what ends it and tells */
export async function startClient(
  world: World,
  servers: readonly number[],
): Promise<() => Promise<Absences>> {
  const kubeconfig = world.must(servers[0]!, 'cat /etc/rancher/k3s/k3s.yaml')
  for (const [file, key] of Object.entries(FILES)) {
    const found = new RegExp(`${key}: (\\S+)`).exec(kubeconfig)![1]!
    const input = Buffer.from(found, 'base64').toString()
    world.run('sh', ['-c', `umask 077; mkdir -p ${FOLDER}; cat >${FOLDER}/${file}`], { input })
  }
  const addresses = servers.map(addressOf)
  const child = world.start(process.execPath, [SCRIPT, ...addresses], {
    environment: { CLIENT: FOLDER },
  })
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]()
  await lines.next()
  return async () => {
    child.stdin!.end()
    const { value } = (await lines.next()) as { value: string }
    await once(child, 'exit')
    const { asked, away } = JSON.parse(value) as {
      asked: number
      away: Readonly<Record<string, number>>
    }
    return { asked, servers: addresses.map((address) => away[address]!), any: away['any']! }
  }
}
