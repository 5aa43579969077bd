// The CA of a cluster, made before its first start. Begin here: this makes one and pins it; open-ca.ts reads it again. It is
// written before it is pinned, so that no pin ever stands for a CA that is lost; what was begun is finished by the next call.
import { makeAuthority } from '../../authority/authority.js'
import { renderAuthority } from '../../authority/text.js'
import { programOf } from '../../cluster/endpoints.js'
import type { ServerHost } from '../../cluster/endpoints.js'
import type { ClusterConfig } from '../../config/config.js'
import { activeTokens } from '../../document/active.js'
import type { ClusterDocument } from '../../document/document.js'
import { replaceCa } from '../../document/transitions.js'
import { ClusterError, ConfigError, StoreError } from '../../errors.js'
import { Secret } from '../../secret.js'
import { changeDocument } from '../bind.js'
import { requireDocument } from '../emit.js'
import type { Lifecycle } from '../lifecycle.js'
import { askServers } from '../minting-questions.js'
import { ruleOf } from '../minting-rules.js'
import { newWriteStamp } from '../seal.js'
import { openCa } from './open-ca.js'
import type { OpenedCa } from './open-ca.js'

export interface MakeOptions {
  /** Whether somebody vouches that the cluster was never started, where nobody can tell. */
  readonly assumeNew: boolean
  /** Servers that another inventory has. */
  readonly servers: readonly ServerHost[]
}

/**
 * Makes the CA of a cluster that has none and was never started, keeps it, and pins it in the document.
 * @throws StoreError `K3SV_STORE_CA` where a CA is known already; ClusterError `K3SV_CLUSTER_ALIVE` and `K3SV_CLUSTER_DOUBT`;
 * ConfigError where nothing would seal its keys; as `changeDocument` and {@link openCa}
 */
export async function makeCa(
  lifecycle: Lifecycle,
  cluster: ClusterConfig,
  options: MakeOptions,
): Promise<OpenedCa> {
  requireSealing(cluster)
  requireNone(lifecycle, cluster, await requireDocument(lifecycle, cluster))
  await requireNew(lifecycle, cluster, options)
  const texts = lifecycle.authoritiesOf(cluster)
  if ((await texts.read(cluster.name)) === null)
    await texts.create(cluster.name, await make(lifecycle, cluster))
  const made = await openCa(lifecycle, cluster)
  const stamp = newWriteStamp(lifecycle)
  await changeDocument(lifecycle, cluster, (document) => {
    requireNone(lifecycle, cluster, document)
    return replaceCa(document, { hash: made.hash, source: 'made' }, stamp)
  })
  return made
}

async function make(lifecycle: Lifecycle, cluster: ClusterConfig): Promise<string> {
  const { now, randomBytes, vault } = lifecycle
  const program = programOf(cluster)
  const date = now()
  const files = makeAuthority({ program, now: date, randomBytes })
  const certificates = files.flatMap((file) =>
    'certificate' in file ? [[file.name, file.certificate] as const] : [],
  )
  const keys = files.flatMap((file) =>
    'key' in file ? [[file.name, file.key.reveal()] as const] : [],
  )
  const secret = new Secret(JSON.stringify(Object.fromEntries(keys)))
  return renderAuthority({
    cluster: cluster.name,
    program,
    created: `${date.toISOString().slice(0, 19)}Z`,
    certificates: Object.fromEntries(certificates),
    keys: await vault.seal(secret, cluster.vaultId),
  })
}

function requireSealing({ encrypt, name, location }: ClusterConfig): void {
  if (encrypt === 'always') return
  throw new ConfigError(
    'K3SV_CONFIG_COMBINATION',
    `the CA of ${name} would lie in the clear, because encrypt is never`,
    { location, hint: 'set encrypt: always and give a vault password' },
  )
}

function requireNone(lifecycle: Lifecycle, cluster: ClusterConfig, { ca }: ClusterDocument): void {
  const [known] = ca
  if (known === undefined) return
  const { name } = cluster
  const isMade = known.source === 'made'
  throw new StoreError(
    'K3SV_STORE_CA',
    `cluster ${name} is known by a CA already, since ${known.learnt.slice(0, 10)}; it was not replaced`,
    {
      location: isMade
        ? { file: lifecycle.authoritiesOf(cluster).placeOf(name) }
        : cluster.location,
      hint: isMade
        ? `\`k3s-vars ca show ${name}\` tells of it`
        : 'a cluster that runs has a CA of its own; K3s changes one with `k3s certificate rotate-ca`',
    },
  )
}

/** K3s looks for these files at its first start alone. */
async function requireNew(
  lifecycle: Lifecycle,
  cluster: ClusterConfig,
  { assumeNew, servers }: MakeOptions,
): Promise<void> {
  const { name, location } = cluster
  const answer = await askServers(cluster, servers)
  const { verdict, stop } = ruleOf(answer)
  const why = stop?.why(answer.detail ?? '') ?? ''
  if (verdict === 'no') {
    throw new ClusterError('K3SV_CLUSTER_ALIVE', `cluster ${name} runs already: ${why}`, {
      location,
      hint: `it has a CA of its own: k3s-vars verify ${name} --pin`,
    })
  }
  const { origin } = activeTokens(await requireDocument(lifecycle, cluster))
  const doubt =
    verdict === 'doubt'
      ? why
      : origin === 'imported'
        ? 'its token comes from one that ran'
        : undefined
  if (doubt === undefined || assumeNew) return
  throw new ClusterError(
    'K3SV_CLUSTER_DOUBT',
    `whether cluster ${name} was started already is not known: ${doubt}`,
    {
      location,
      hint: `if it never was: k3s-vars ca new ${name} --assume-new; else k3s-vars verify ${name} --pin`,
    },
  )
}
