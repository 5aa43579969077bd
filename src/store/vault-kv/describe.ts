// What `store show` tells of a server.
import type { KvSpec } from '../../store-spec.js'
import type { Client } from './client.js'
import type { Life, Mount } from './mount.js'
import type { Session } from './session.js'
import { readableError } from './words.js'

interface Place {
  readonly session: Session
  readonly client: Client
  readonly mount: Mount
}

type Fact = readonly [name: string, value: string]

/** @param path that of a document, for the question what we may do there */
export async function describeServer(
  spec: KvSpec,
  place: Place,
  path: string,
): Promise<readonly Fact[]> {
  const { session, client, mount } = place
  const begun = performance.now()
  const { body: state } = await client.ask({
    method: 'GET',
    path: 'sys/seal-status',
    isRepeatable: true,
  })
  const latency = performance.now() - begun
  const [self, rights, config] = await Promise.all([
    session.ask({ method: 'GET', path: 'auth/token/lookup-self', isRepeatable: true }),
    session.ask({
      method: 'POST',
      path: 'sys/capabilities-self',
      body: () => ({ paths: [path] }),
      isRepeatable: true,
    }),
    mount.readConfig().catch(readableError),
  ])
  const may = (rights.body['data'] ?? {}) as Readonly<Record<string, unknown>>
  return [
    ['server', `${text(state['version'])}, ${text(state['storage_type'])} storage, not sealed`],
    ['latency', `${latency.toFixed(1)} ms`],
    ...describeSelf(self.body['data'], session.auth),
    ['may there', list(may[path] ?? may['capabilities'])],
    ['mount', `${spec.mount}, KV version 2`],
    ...('message' in config
      ? ([['mount settings', config.message]] satisfies Fact[])
      : describeLife(config)),
  ]
}

function describeSelf(data: unknown, auth: string): Fact[] {
  const who = (data ?? {}) as { display_name?: unknown; policies?: unknown; ttl?: unknown }
  return [
    ['logged in as', `${text(who.display_name)} (${auth})`],
    ['policies', list(who.policies)],
    ['token lives', who.ttl === 0 ? 'for ever' : `${text(who.ttl)} s`],
  ]
}

function describeLife({ max_versions: most, delete_version_after: life }: Life): Fact[] {
  return [
    ['versions kept', most === 0 ? '10, as the server has it' : text(most)],
    ['deleted after', life === '0s' ? 'never' : text(life)],
  ]
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : 'unknown'
}

function list(value: unknown): string {
  return Array.isArray(value) ? value.map(text).join(', ') : 'unknown'
}
