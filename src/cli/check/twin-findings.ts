// Clusters with one token: whoever has a node of one joins the other, and a document may be a copy.
import type { ClusterConfig } from '../../config/config.js'
import { activeGeneration } from '../../document/active.js'
import type { ClusterDocument } from '../../document/document.js'
import { placeOf } from '../../lifecycle/integrity.js'
import type { TokenKind } from '../../role/profile.js'
import type { Secret } from '../../secret.js'
import { TOKEN_KINDS } from '../../token-pair.js'
import { keyName } from '../../token/fingerprint.js'
import type { CheckFinding } from './finding.js'

export interface Member {
  readonly cluster: ClusterConfig
  readonly document: ClusterDocument
  /** As far as they could be opened. */
  readonly tokens: Readonly<Partial<Record<TokenKind, Secret>>>
}

interface Named {
  readonly cluster: ClusterConfig
  readonly kind: TokenKind
  readonly key: string
}

/** One finding for each token that another cluster has, too: by what opens, or else by the fingerprint. */
export function checkTwins(members: readonly Member[]): CheckFinding[] {
  const first = new Map<string, Named>()
  return members.flatMap((member) =>
    namesOf(member).flatMap(({ name, ...own }): CheckFinding[] => {
      const other = first.get(name)
      if (other === undefined) first.set(name, own)
      return other === undefined || other.cluster === own.cluster ? [] : [twin(own, other)]
    }),
  )
}

function namesOf({ cluster, document, tokens }: Member): readonly (Named & { name: string })[] {
  const { key, tokens: stored } = activeGeneration(document)
  return TOKEN_KINDS.flatMap((kind) => {
    const secret = tokens[kind]
    const shown = kind === 'server' ? stored.fingerprint : null
    const name = secret ? keyName(secret) : shown
    return name === null ? [] : [{ name, cluster, kind, key: `${key}.${kind}` }]
  })
}

function twin({ cluster, kind, key }: Named, other: Named): CheckFinding {
  return {
    rule: 'shared-token',
    severity: 'error',
    cluster: cluster.name,
    message: `its ${kind} token is also the ${other.kind} token of cluster ${other.cluster.name}: whoever has a node of one can join the other`,
    place: placeOf(cluster, key),
    hint: 'a document may have been copied: restore the right one from Git; if both clusters run with it, rotate one of them',
  }
}
