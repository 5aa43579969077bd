// Has a person compare the CA of a cluster, once; off a terminal the right hash has to be given. Never silent, never by chance.
import { chooseCluster } from '../../config/choose.js'
import type { ClusterConfig, Config } from '../../config/config.js'
import { programOf } from '../../cluster/endpoints.js'
import type { KnownCa } from '../../document/document.js'
import { ClusterError, UsageError } from '../../errors.js'
import { requireDocument } from '../../lifecycle/emit.js'
import type { Lifecycle } from '../../lifecycle/lifecycle.js'
import { fetchClaims, keepCa } from '../../lifecycle/pin.js'
import type { ClaimedByServers } from '../../lifecycle/pin.js'
import { nameStore } from '../../store-spec.js'
import { CA_HASH_PATTERN } from '../../token/grammar.js'
import type { Call } from '../command.js'
import { openLifecycle } from '../context.js'
import { askOpenly } from '../prompt.js'

/**
 * Pins the CA of each cluster that the call names.
 * @throws UsageError where nobody can be asked and no hash is given; ClusterError `K3SV_CLUSTER_PIN` where the person, or the hash
 * that is given, says that it is another; and as `fetchClaims`. Then nothing is written for that cluster.
 * @returns what was kept where, a line each
 */
export async function pinClusters(call: Call, config: Config): Promise<readonly string[]> {
  const names = call.input.list('clusters')
  const given = readGiven(call, names)
  const lifecycle = openLifecycle(call, config)
  const lines: string[] = []
  for (const name of names.length === 0 ? [undefined] : new Set(names)) {
    const cluster = chooseCluster(config, name)
    lines.push(await pinOne(call, lifecycle, { cluster, given }))
  }
  return lines
}

/** @throws UsageError */
function readGiven({ input }: Call, names: readonly string[]): string | undefined {
  const given = input.text('ca-hash')
  if (given === undefined) return undefined
  if (!input.has('pin')) {
    throw new UsageError('K3SV_USAGE', '--ca-hash says which CA to keep, and --pin is missing', {
      hint: 'add --pin, or leave it out',
    })
  }
  if (!CA_HASH_PATTERN.test(given)) {
    throw new UsageError('K3SV_USAGE', 'a CA hash is 64 hex digits in lower case', {
      hint: 'take what stands between K10 and :: in server/token on a server',
    })
  }
  if (new Set(names).size > 1) {
    throw new UsageError('K3SV_USAGE', 'one --ca-hash is for one cluster', {
      hint: 'pin the clusters one by one',
    })
  }
  return given
}

interface Pinning {
  readonly cluster: ClusterConfig
  readonly given: string | undefined
}

async function pinOne(
  call: Call,
  lifecycle: Lifecycle,
  { cluster, given }: Pinning,
): Promise<string> {
  const { ca } = await requireDocument(lifecycle, cluster)
  const claimed = await fetchClaims(lifecycle, cluster)
  const [known, ...others] = ca
  if (known?.hash === claimed.hash && others.length === 0 && (given ?? known.hash) === known.hash)
    return `${cluster.name}: the CA was kept already`
  const answer = given ?? ask(call, cluster, { claimed, ca })
  if (answer !== claimed.hash) throw notTheSame(cluster, claimed, answer)
  await keepCa(lifecycle, cluster, { hash: claimed.hash, source: 'person' })
  return `${cluster.name}: kept the CA ${claimed.hash} in ${nameStore(cluster.store)}`
}

/** The hash that the person says is right. */
function ask(
  { io }: Call,
  cluster: ClusterConfig,
  { claimed, ca }: { readonly claimed: ClaimedByServers; readonly ca: readonly KnownCa[] },
): string | undefined {
  const { hash, urls } = claimed
  const question = [
    `${cluster.name}: ${urls.join(', ')} give${urls.length === 1 ? 's' : ''} out a CA with the hash`,
    `  ${hash}`,
    ...ca.map((known) => `and until now it is ${known.hash}, since ${known.learnt.slice(0, 10)}`),
    'On a server itself, as root, this prints the right one:',
    `  cut -c4-67 /var/lib/rancher/${programOf(cluster)}/server/token`,
    'Are they the same? Type yes, or paste what it printed: ',
  ]
  const said = askOpenly(io, question, {
    what: 'whether the CA is right',
    hint: 'compare it first, and give the right hash with --pin --ca-hash HASH',
  }).trim()
  if (said === 'yes') return hash
  return CA_HASH_PATTERN.test(said) ? said : undefined
}

function notTheSame(
  { name, location }: ClusterConfig,
  { hash, urls }: ClaimedByServers,
  right: string | undefined,
): ClusterError {
  const message =
    right === undefined
      ? `nobody said that the CA of ${name} is right, so it was not kept`
      : `not the same: ${urls[0]} gives out ${hash}, and the right one is ${right}; nothing was kept`
  return new ClusterError('K3SV_CLUSTER_PIN', message, {
    location,
    hint:
      right === undefined
        ? 'compare it on a server of the cluster, then answer yes'
        : 'something else than the cluster answers at this address, or the hash is of another cluster',
  })
}
