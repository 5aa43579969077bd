// What has to hold of a generation before anybody gets its tokens. All of it is told from what is opened anyway, so it costs no
// key derivation; only the codes of a token that can be guessed are sealed themselves.
import type { ClusterConfig } from '../config/config.js'
import type { Generation } from '../document/active.js'
import { allGenerations } from '../document/active.js'
import { codesOf, hasCodes } from '../document/binding.js'
import type { Codes } from '../document/binding.js'
import type { ClusterDocument, StoredTokens } from '../document/document.js'
import { StoreError } from '../errors.js'
import type { Location } from '../errors.js'
import type { Secret } from '../secret.js'
import { nameDocument } from '../store-spec.js'
import { TOKEN_KINDS } from '../token-pair.js'
import type { TokenPair } from '../token-pair.js'
import { keyName } from '../token/fingerprint.js'

/** A generation of a cluster's document. */
export interface Stored {
  readonly cluster: ClusterConfig
  readonly document: ClusterDocument
  readonly generation: Generation
}

/** A generation with what was opened of it. */
export interface Opened extends Stored {
  /** The agent token is absent where nobody asked for it. */
  readonly secrets: TokenPair<Secret>
  /** Undefined where the generation is not bound, or its binding holds no codes. */
  readonly codes: Codes | undefined
}

/** What is wrong with a generation as it stands, unopened: the worst first; empty for one that is sound. */
export function findStoredFaults(stored: Stored): readonly StoreError[] {
  return [...findForms(stored), ...findCopies(stored), ...findMissingBinding(stored)]
}

/** What is wrong with an opened generation: as {@link findStoredFaults}, and whether its parts belong together. */
export function findFaults(opened: Opened): readonly StoreError[] {
  return [...findStoredFaults(opened), ...findMixtures(opened)]
}

/** Where a cluster's document stands. */
export function documentOf({ store, name }: ClusterConfig): Location {
  return { file: nameDocument(store, name) }
}

/** Where a key of a cluster's document stands. */
export function placeOf(cluster: ClusterConfig, key: string): Location {
  return { ...documentOf(cluster), key }
}

/** Anybody who can write the document can put a token of his own there, and bind it. */
function findForms({ cluster, generation: { key, tokens } }: Stored): StoreError[] {
  if (cluster.encrypt === 'never') return []
  return TOKEN_KINDS.filter((kind) => tokens[kind]?.form === 'plain').map(
    (kind) =>
      new StoreError(
        'K3SV_STORE_UNSEALED',
        `the ${kind} token of cluster ${cluster.name} lies in the clear, although encrypt is always`,
        {
          location: placeOf(cluster, `${key}.${kind}`),
          hint: `compare it with Git's last version; if it is the right one, seal it: k3s-vars token bind ${cluster.name} --accept`,
        },
      ),
  )
}

/** One text in two places can be told without opening it. */
function findCopies({ cluster, document, generation: { key, tokens } }: Stored): StoreError[] {
  const all = allGenerations(document).flatMap((one) => textsIn(one.tokens))
  return TOKEN_KINDS.flatMap((kind) => {
    const own = tokens[kind]
    if (own?.form !== 'sealed') return []
    if (all.filter((text) => text === own.text).length === 1) return []
    const text = `the ${kind} token of cluster ${cluster.name} stands in its document twice`
    return [mixed(cluster, `${key}.${kind}`, text)]
  })
}

/** The sealed texts of a generation. */
function textsIn({ server, agent, binding }: StoredTokens): readonly string[] {
  return [server, agent, binding].flatMap((one) => (one?.form === 'sealed' ? [one.text] : []))
}

/** Whoever writes a generation binds it; only documents from before had neither origin nor binding. */
function findMissingBinding({ cluster, document, generation }: Stored): StoreError[] {
  const { key, standing, tokens } = generation
  if (tokens.binding !== undefined || standing === 'former') return []
  const isExpected =
    tokens.origin !== undefined ||
    allGenerations(document).some((other) => other.tokens.binding !== undefined)
  if (!isExpected) return []
  const text = `the binding of the ${key} tokens of cluster ${cluster.name} was taken away`
  return [mixed(cluster, `${key}.binding`, text)]
}

function findMixtures(opened: Opened): StoreError[] {
  const { cluster, generation, secrets } = opened
  const { key, tokens } = generation
  const faults: StoreError[] = []
  if (secrets.agent?.equals(secrets.server)) {
    const text = `the agent token of cluster ${cluster.name} is its server token, which agents must not have`
    faults.push(mixed(cluster, `${key}.agent`, text))
  }
  // Right codes are over the fingerprint, too.
  if (isBound(opened)) return faults
  if (tokens.fingerprint !== null && keyName(secrets.server) !== tokens.fingerprint) {
    const text = `the server token of cluster ${cluster.name} has another fingerprint than its document says`
    faults.push(mixed(cluster, `${key}.fingerprint`, text))
  }
  if (faults.length === 0 && tokens.binding !== undefined) {
    const text = `the document of cluster ${cluster.name} is not as it was written: it was edited, or holds parts of another one`
    faults.push(mixed(cluster, `${key}.binding`, text))
  }
  return faults
}

function isBound({ document, generation, secrets, codes }: Opened): boolean {
  if (codes === undefined) return false
  const hasAgent = generation.tokens.agent !== undefined
  return (
    (codes.agent !== undefined) === hasAgent &&
    hasCodes(codes, codesOf(document, generation, secrets))
  )
}

function mixed(cluster: ClusterConfig, key: string, message: string): StoreError {
  return new StoreError('K3SV_STORE_BINDING', message, {
    location: placeOf(cluster, key),
    hint: `restore the document from Git or a backup; if it was changed on purpose: k3s-vars token bind ${cluster.name} --accept`,
  })
}
