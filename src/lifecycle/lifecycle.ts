// The life of a cluster's token, which the entry points share. Begin here: a lifecycle is what every step works with. create.ts
// makes one, mint.ts makes tokens (minting-rules.ts: when; minting-questions.ts: who is asked), import.ts takes over those of a
// living cluster after confirm.ts has asked it, seal.ts and open.ts stand between a secret and its stored form, emit.ts hands
// tokens out.
import type { Environment } from '../environment.js'
import type { ClusterConfig } from '../config/config.js'
import type { PlaceWarning } from '../store/shared-place.js'
import type { AuthorityTexts, GitAnswer, TokenStore } from '../store/store.js'
import type { Vault } from '../vault/vault.js'

/** What minting, adopting and opening tokens work with; the entry points choose the adapters. */
export interface Lifecycle {
  readonly vault: Vault
  readonly storeOf: (cluster: ClusterConfig) => TokenStore
  /** What could become of the cluster's document in its store that nobody wants. */
  readonly warningsOf: (cluster: ClusterConfig) => Promise<readonly PlaceWarning[]>
  /** The CAs that were made here. */
  readonly authoritiesOf: (cluster: ClusterConfig) => AuthorityTexts
  /** What Git knows of the cluster's document, asked when that is not in the store. */
  readonly historyOf: (cluster: ClusterConfig) => GitAnswer
  /** For `K3S_TOKEN` and its like, which say that a token exists already, and for `CI`. */
  readonly environment: Environment
  readonly now: () => Date
  readonly randomBytes: (size: number) => Buffer
}
