// Which store a cluster's tokens are in, and how each kind is opened. Nothing else imports a kind.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Environment } from '../environment.js'
import type { StoreError } from '../errors.js'
import { nameDocument, USUAL_FOLDER } from '../store-spec.js'
import type { SharedSpec, StoreSpec } from '../store-spec.js'
import { openAuthorityFiles } from './file/authority-files.js'
import { createFileStore } from './file/file-store.js'
import { findExposures as findInFolder } from './file/folder.js'
import { readCommitted as readInFolder } from './file/git-documents.js'
import type { CommittedDocuments } from './file/git-documents.js'
import { gitHistory } from './file/git-history.js'
import type { PlaceFacts, PlaceWarning, SharedPlace } from './shared-place.js'
import { SharedStore } from './shared-store.js'
import type { AuthorityTexts, GitHistory, TokenStore } from './store.js'

export type { CommittedDocument } from './file/git-documents.js'

/** What a store is opened in. */
export interface StoreContext {
  readonly environment: Environment
  /** Users whose files are believed, besides our own and root's. */
  readonly trustedOwners: readonly number[]
  /** Milliseconds to wait for the lock of another process; the store's own measure if undefined. */
  readonly patience?: number | undefined
}

/**
 * The kinds of shared stores. Each is a bundle of its own (build/bundle.ts), which only its users load: the file store is loaded
 * with every start, because nearly all projects use it.
 */
const KINDS: {
  readonly [Kind in SharedSpec['kind']]: (
    spec: SharedSpec & { readonly kind: Kind },
    environment: Environment,
  ) => Promise<SharedPlace>
} = {
  openbao: async (spec, environment) =>
    (await import('./vault-kv/kind.js')).openPlace(spec, environment),
  vault: async (spec, environment) =>
    (await import('./vault-kv/kind.js')).openPlace(spec, environment),
  etcd: async (spec, environment) => (await import('./etcd/kind.js')).openPlace(spec, environment),
  git: async (spec, environment) => (await import('./git/kind.js')).openPlace(spec, environment),
}

/** The store of a spec; nothing is read, loaded or connected before the first question. */
export function openStore(spec: StoreSpec, context: StoreContext): TokenStore {
  if (spec.kind !== 'file') return openShared(spec, context)
  const { trustedOwners, patience } = context
  return createFileStore(spec.folder, { trustedOwners, patience })
}

/** As {@link openStore}, for a store that lies elsewhere. */
export function openShared(spec: SharedSpec, { environment }: StoreContext): SharedStore {
  const load = KINDS[spec.kind] as (
    spec: SharedSpec,
    environment: Environment,
  ) => Promise<SharedPlace>
  return new SharedStore({
    load: () => load(spec, environment),
    placeOf: (name) => nameDocument(spec, name),
  })
}

/**
 * What Git knows of a folder's documents. A store that lies elsewhere knows by itself what there was; but what lies, or lay, in the
 * usual folder beside the configuration was perhaps not moved yet.
 */
export function openHistory(spec: StoreSpec, environment: Environment): GitHistory {
  if (spec.kind === 'file') return gitHistory(spec.folder, environment)
  const folder = join(spec.base, USUAL_FOLDER)
  const before = gitHistory(folder, environment)
  return (cluster) => {
    const isThere = existsSync(join(folder, `${cluster}.yml`))
    return isThere || before(cluster) === 'had' ? 'folder' : 'elsewhere'
  }
}

/** A store with all that is asked of it besides documents; one connection serves everything. */
export interface WholeStore {
  readonly documents: TokenStore
  /** The CAs that are kept beside the documents. */
  readonly authorities: AuthorityTexts
  /** What `store show` tells: names in words, and values. */
  readonly describe: () => Promise<PlaceFacts['facts']>
  /** What could become of a cluster's document that nobody wants. */
  readonly findWarnings: (cluster: string) => Promise<readonly PlaceWarning[]>
}

/** As {@link openStore}. */
export function openWhole(spec: StoreSpec, context: StoreContext): WholeStore {
  if (spec.kind !== 'file') {
    const store = openShared(spec, context)
    return {
      documents: store,
      authorities: store.authorities(),
      describe: () => store.describe(),
      findWarnings: (cluster) => store.findWarnings(cluster),
    }
  }
  return {
    documents: openStore(spec, context),
    authorities: openAuthorityFiles(spec.folder, context.trustedOwners),
    describe: () => {
      const isExposed = findInFolder(spec.folder, context.trustedOwners).length > 0
      return Promise.resolve([
        ['may others write', isExposed ? 'yes: `k3s-vars check` says how' : 'no'],
      ])
    },
    findWarnings: () => Promise.resolve([]),
  }
}

/** What Git has of a folder's documents; undefined where it cannot tell, or the store is no folder. */
export function readCommitted(
  spec: StoreSpec,
  environment: Environment,
): CommittedDocuments | undefined {
  return spec.kind === 'file' ? readInFolder(spec.folder, environment) : undefined
}

/** What a folder would refuse because of others who can write there. */
export function findExposures(
  spec: StoreSpec,
  trustedOwners: readonly number[],
): readonly StoreError[] {
  return spec.kind === 'file' ? findInFolder(spec.folder, trustedOwners) : []
}
