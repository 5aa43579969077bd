import type { ClusterConfig } from '../config/config.js'
import type { TokenStore } from '../store/store.js'
import type { Vault } from '../vault/vault.js'

/** What minting, adopting and opening tokens work with; the entry points choose the adapters. */
export interface Custody {
  readonly vault: Vault
  readonly storeOf: (cluster: ClusterConfig) => TokenStore
  readonly now: () => Date
  readonly randomBytes: (size: number) => Buffer
}
