// A TLS proxy on the controller of a world, with a certificate of nobody's.
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { World } from './world.js'
import { CONTROLLER } from './world.js'

export type ProxyMode = 'pass' | 'own-ca' | 'slow' | 'cut'

/** What arrived at the proxy. */
export interface Arrival {
  readonly path: string
  readonly hasPassword: boolean
}

export interface Proxy {
  readonly url: string
  readonly arrivals: readonly Arrival[]
  readonly stop: () => Promise<void>
}

const FOLDER = '/run/w/proxy'
const SCRIPT = join(import.meta.dirname, 'proxy-process.cjs')

/** @param target the address of a server of K3s */
export async function startProxy(world: World, target: string, mode: ProxyMode): Promise<Proxy> {
  const port = 7443
  const made = world.run('sh', [
    '-c',
    `mkdir -p ${FOLDER} && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=nobody \
      -addext subjectAltName=IP:${CONTROLLER} -keyout ${FOLDER}/key.pem -out ${FOLDER}/cert.pem`,
  ])
  if (made.status !== 0) throw new Error(made.stderr)
  const args = [SCRIPT, String(port), `${target}:6443`, FOLDER, mode]
  const child = world.start(process.execPath, args)
  const arrivals: Arrival[] = []
  await new Promise<void>((resolve, reject) => {
    child.once('exit', () => reject(new Error('the proxy has ended')))
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const arrival = JSON.parse(line) as Arrival
      if (arrival.path === 'ready') resolve()
      else arrivals.push(arrival)
    })
  })
  return {
    url: `https://${CONTROLLER}:${port}`,
    arrivals,
    stop: async () => {
      const ended = once(child, 'exit')
      child.stdin!.end()
      await ended
    },
  }
}
