import { statSync } from 'node:fs'
import type { Config } from '../config/config.js'
import type { Environment } from '../environment.js'
import { openAuthorities, openHistory, openStore } from '../store/open.js'
import type { StoreContext } from '../store/open.js'
import { stoppingAtMoved } from '../store/moved.js'
import { nameDocument } from '../store-spec.js'
import type { GitHistory, TokenStore } from '../store/store.js'
import type { StoreSpec } from '../store-spec.js'
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
  const { environment, prompt } = options
  const stores = new Map<string, TokenStore>()
  const histories = new Map<string, GitHistory>()
  const context = (): StoreContext => contextOf(options)
  return {
    vault: createVault({ environment, prompt }),
    environment,
    storeOf: ({ store }) => {
      const key = keyOf(store)
      const known = stores.get(key)
      if (known) return known
      const opened = stoppingAtMoved(openStore(store, context()), (name) =>
        nameDocument(store, name),
      )
      stores.set(key, opened)
      return opened
    },
    authoritiesOf: ({ store }) => openAuthorities(store, context()),
    historyOf: ({ store, name }) => {
      const key = keyOf(store)
      const history = histories.get(key) ?? openHistory(store, environment)
      histories.set(key, history)
      return history(name)
    },
    now: () => new Date(),
    randomBytes: (size) => process.getBuiltinModule('node:crypto').randomBytes(size),
  }
}

/** What a configuration's stores are opened in. Whoever owns it decides what is handed out, so their documents are believed, too. */
export function contextOf({ environment, config, patience }: LifecycleOptions): StoreContext {
  return { environment, trustedOwners: [statSync(config.file).uid], patience }
}

/** Clusters of one store share a connection. */
function keyOf(store: StoreSpec): string {
  return store.kind === 'file' ? store.folder : JSON.stringify(store)
}
