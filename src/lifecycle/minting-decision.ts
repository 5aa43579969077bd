// What follows from the answers to the questions of minting-rules.ts. Pure.
import type { ClusterConfig } from '../config/config.js'
import type { Origin } from '../document/document.js'
import { ClusterError, StoreError } from '../errors.js'
import type { CodeOf, K3sVarsError } from '../errors.js'
import { nameStore } from '../store-spec.js'
import { ruleOf } from './minting-rules.js'
import type { Answer, Stop, Way } from './minting-rules.js'

export type MintedOrigin = Exclude<Origin, 'imported'>

/** What follows from all answers. `assumed-new`: somebody vouches for what the answers leave in doubt. */
export type Decision =
  | { readonly kind: 'mint'; readonly origin: MintedOrigin }
  | { readonly kind: 'stop'; readonly because: Answer }

/** @param assumeNew whether somebody says that the cluster is new where that is in doubt */
export function decide(
  answers: readonly Answer[],
  { assumeNew }: { readonly assumeNew: boolean },
): Decision {
  const refusal = answers.find((answer) => ruleOf(answer).verdict === 'no')
  const doubt = answers.find((answer) => ruleOf(answer).verdict === 'doubt')
  const because = refusal ?? (assumeNew ? undefined : doubt)
  if (because !== undefined) return { kind: 'stop', because }
  return { kind: 'mint', origin: doubt === undefined ? 'minted' : 'assumed-new' }
}

/** Who comes from first use is shown everything before being asked; who was shown it can vouch for the rest. */
const COMMANDS: Readonly<Record<Way, string>> = {
  'first-use': 'k3s-vars token new CLUSTER',
  'on-demand': 'k3s-vars token new CLUSTER --assume-new',
}

/** The error of an answer that stops. */
export function stopped(cluster: ClusterConfig, answer: Answer, way: Way): K3sVarsError {
  const { detail = '' } = answer
  const { code, why, hint } = ruleOf(answer).stop!
  const { name, location } = cluster
  const message =
    code === 'K3SV_STORE_OCCUPIED'
      ? `cluster ${name} ${why(detail)}`
      : `cluster ${name} has no token in ${nameStore(cluster.store)}, and ${why(detail)}`
  const details = {
    location,
    hint: hint({
      ...{ name, detail },
      make: COMMANDS[way].replace('CLUSTER', name),
      assume: COMMANDS['on-demand'].replace('CLUSTER', name),
    }),
  }
  return isOfCluster(code)
    ? new ClusterError(code, message, details)
    : new StoreError(code, message, details)
}

function isOfCluster(code: Stop['code']): code is CodeOf<'cluster'> {
  return code.startsWith('K3SV_CLUSTER_')
}
