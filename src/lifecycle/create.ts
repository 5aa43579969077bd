import { statSync } from 'node:fs'
import type { ClusterConfig, Config } from '../config/config.js'
import type { Environment } from '../environment.js'
import { openAuthorities, openHistory, openStore } from '../store/open.js'
import type { StoreSpec } from '../store/open.js'
import type { GitHistory, TokenStore } from '../store/store.js'
import { createVault } from '../vault/create.js'
import type { Prompt } from '../vault/passwords.js'
import type { Lifecycle } from './lifecycle.js'

export interface LifecycleOptions {
  readonly environment: Environment
  readonly config: Config
  /** Absent: there is no terminal. */
  readonly prompt?: Prompt | undefined
  /** Milliseconds that the lock of another process is waited for; absent: as long as a store waits by itself. */
  readonly patience?: number | undefined
}

/** The lifecycle of a configuration's tokens: the vault that Ansible would use and the stores that the clusters name. */
export function createLifecycle(options: LifecycleOptions): Lifecycle {
  const { environment, config, prompt, patience } = options
  const stores = new Map<string, TokenStore>()
  const histories = new Map<string, GitHistory>()
  return {
    vault: createVault({ environment, prompt }),
    environment,
    storeOf: (cluster) => {
      const known = stores.get(cluster.store)
      if (known) return known
      const store = openStore(specOf(cluster, config, patience))
      stores.set(cluster.store, store)
      return store
    },
    authoritiesOf: (cluster) => openAuthorities(specOf(cluster, config, patience)),
    historyOf: (cluster) => {
      const spec = specOf(cluster, config, patience)
      const history = histories.get(cluster.store) ?? openHistory(spec, environment)
      histories.set(cluster.store, history)
      return history(cluster.name)
    },
    now: () => new Date(),
    randomBytes: (size) => process.getBuiltinModule('node:crypto').randomBytes(size),
  }
}

/** Whoever owns the configuration decides what is handed out, so their documents are believed, too. */
function specOf(
  { store: folder }: ClusterConfig,
  { file }: Config,
  patience: number | undefined,
): StoreSpec {
  return { kind: 'file', folder, trustedOwners: [statSync(file).uid], patience }
}
