import { statSync } from 'node:fs'
import type { Config } from '../config/config.js'
import type { Environment } from '../environment.js'
import { openHistory, openWhole } from '../store/open.js'
import type { StoreContext, WholeStore } from '../store/open.js'
import { stoppingAtMoved } from '../store/moved.js'
import { nameDocument } from '../store-spec.js'
import type { GitHistory } from '../store/store.js'
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
  const stores = new Map<string, InUse>()
  const open = (store: StoreSpec): InUse => {
    const key = keyOf(store)
    const opened = stores.get(key) ?? openInUse(store, options)
    stores.set(key, opened)
    return opened
  }
  return {
    vault: createVault({ environment, prompt }),
    environment,
    storeOf: ({ store }) => open(store).documents,
    warningsOf: ({ store, name }) => open(store).findWarnings(name),
    authoritiesOf: ({ store }) => open(store).authorities,
    historyOf: ({ store, name }) => open(store).history(name),
    now: () => new Date(),
    randomBytes: (size) => process.getBuiltinModule('node:crypto').randomBytes(size),
  }
}

type InUse = WholeStore & { readonly history: GitHistory }

/** A store as everybody sees it who does not move it. */
function openInUse(spec: StoreSpec, options: LifecycleOptions): InUse {
  const whole = openWhole(spec, contextOf(options))
  const documents = stoppingAtMoved(whole.documents, (name) => nameDocument(spec, name))
  return { ...whole, documents, history: openHistory(spec, options.environment) }
}

/** What a configuration's stores are opened in. Whoever owns it decides what is handed out, so their documents are believed, too. */
export function contextOf({ environment, config, patience }: LifecycleOptions): StoreContext {
  return { environment, trustedOwners: [statSync(config.file).uid], patience }
}

/** Clusters of one store share a connection. */
function keyOf(store: StoreSpec): string {
  return store.kind === 'file' ? store.folder : JSON.stringify(store)
}
