// Learns the CA of a cluster from a person who has compared it. Nothing is written before that.
import { serverEndpoints } from '../cluster/endpoints.js'
import { fetchClaimedCa } from '../cluster/supervisor.js'
import type { Unconnected } from '../cluster/supervisor.js'
import { ANSWER_WORDS } from '../cluster/words.js'
import type { ClusterConfig } from '../config/config.js'
import type { ClusterDocument } from '../document/document.js'
import { replaceCa } from '../document/transitions.js'
import type { NewCa } from '../document/transitions.js'
import { ClusterError } from '../errors.js'
import { changeDocument } from './bind.js'
import type { Lifecycle } from './lifecycle.js'
import { newWriteStamp } from './seal.js'

/** The CA that servers give out, of which nothing is proved. */
export interface ClaimedByServers {
  readonly hash: string
  /** The servers that give it out. */
  readonly urls: readonly string[]
}

/** For all that is asked of a server. */
const MILLISECONDS = 10_000

/**
 * Fetches the CA from every server that answers; no password is sent.
 * @throws ClusterError `K3SV_CLUSTER_UNREACHABLE` where none does, `K3SV_CLUSTER_PIN` where they give out several
 */
export async function fetchClaims(
  { now }: Lifecycle,
  cluster: ClusterConfig,
): Promise<ClaimedByServers> {
  const { urls } = serverEndpoints(cluster)
  const answers = await Promise.all(
    urls.map((url) =>
      fetchClaimedCa(url, { now: now(), deadline: AbortSignal.timeout(MILLISECONDS) }),
    ),
  )
  const found = answers.flatMap((claim, index) =>
    'reason' in claim ? [] : [{ url: urls[index]!, hash: claim.hash }],
  )
  const [first] = found
  if (first === undefined) throw unreachable(cluster, urls, answers as readonly Unconnected[])
  const other = found.find(({ hash }) => hash !== first.hash)
  if (other !== undefined) throw severalCas(first, other)
  return { hash: first.hash, urls: found.map(({ url }) => url) }
}

/**
 * Keeps a CA as the one of the cluster, in place of every other.
 * @throws as `changeDocument`; StoreError `K3SV_STORE_ABSENT` where there is no document
 */
export async function keepCa(
  lifecycle: Lifecycle,
  cluster: ClusterConfig,
  ca: NewCa,
): Promise<ClusterDocument> {
  const stamp = newWriteStamp(lifecycle)
  return changeDocument(lifecycle, cluster, (document) => replaceCa(document, ca, stamp))
}

function unreachable(
  cluster: ClusterConfig,
  urls: readonly string[],
  answers: readonly Unconnected[],
): ClusterError {
  const [answer] = answers
  const why = answer === undefined ? '' : `: ${urls[0]} ${ANSWER_WORDS[answer.reason]}`
  return new ClusterError(
    'K3SV_CLUSTER_UNREACHABLE',
    `no server of cluster ${cluster.name} gives out a CA${why}`,
    {
      location: cluster.location,
      hint:
        answer === undefined
          ? 'name the inventory that has them with -i, list the hosts under `hosts`, or name an address under `endpoint`'
          : `\`k3s-vars verify ${cluster.name}\` tells what each server answers`,
    },
  )
}

type Claim = { readonly url: string; readonly hash: string }

function severalCas(one: Claim, other: Claim): ClusterError {
  return new ClusterError(
    'K3SV_CLUSTER_PIN',
    `the servers give out two CAs: ${one.url} ${one.hash}, ${other.url} ${other.hash}`,
    {
      hint: 'they are not of one cluster, or something stands between: look at server/token on each server itself',
    },
  )
}
