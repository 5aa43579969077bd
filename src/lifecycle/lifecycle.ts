import type { Environment } from '../environment.js'
import type { ClusterConfig } from '../config/config.js'
import type { TokenStore } from '../store/store.js'
import type { Vault } from '../vault/vault.js'

/** What minting, adopting and opening tokens work with; the entry points choose the adapters. */
export interface Lifecycle {
  readonly vault: Vault
  readonly storeOf: (cluster: ClusterConfig) => TokenStore
  /** For `K3S_TOKEN`, which says that a token exists already. */
  readonly environment: Environment
  readonly now: () => Date
  readonly randomBytes: (size: number) => Buffer
}
