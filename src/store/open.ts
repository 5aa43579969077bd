// Which store a cluster's tokens are in, and how each kind is opened. Nothing else imports a kind.
import type { Environment } from '../environment.js'
import { createFileStore } from './file/file-store.js'
import { gitHistory } from './file/git-history.js'
import { openAuthorityFiles } from './file/authority-files.js'
import type { AuthorityTexts, GitHistory, TokenStore } from './store.js'

// What Git has of a file store's documents, and who else can write there, are questions of a check, and not of every start.
export { readCommitted } from './file/git-documents.js'
export type { CommittedDocument } from './file/git-documents.js'
export { findExposures } from './file/folder.js'

/** What has to be known to open a store of each kind. */
interface StoreSettings {
  /** A file for each cluster in a folder. */
  readonly file: {
    /** Absolute. */
    readonly folder: string
    /** Users whose files are believed, besides our own and root's. */
    readonly trustedOwners: readonly number[]
    /** Milliseconds to wait for the lock of another process; the store's own measure if undefined. */
    readonly patience?: number | undefined
  }
}

type StoreKind = keyof StoreSettings

/** The kind of a store with its settings. */
export type StoreSpec<Kind extends StoreKind = StoreKind> = {
  readonly [One in Kind]: { readonly kind: One } & StoreSettings[One]
}[Kind]

/**
 * The file store is loaded with every start, because nearly all projects use it. Any other kind is a chunk of its own in the
 * build, which its store loads when it is first asked.
 */
const OPENERS: { readonly [Kind in StoreKind]: (spec: StoreSpec<Kind>) => TokenStore } = {
  file: ({ folder, ...options }) => createFileStore(folder, options),
}

/** The store of a spec; nothing is read or connected before the first question. */
export function openStore<Kind extends StoreKind>(spec: StoreSpec<Kind>): TokenStore {
  return OPENERS[spec.kind](spec)
}

/** What Git knows of the store of a spec; nothing is asked before the first question. */
export function openHistory({ folder }: StoreSpec<'file'>, environment: Environment): GitHistory {
  return gitHistory(folder, environment)
}

/** The CAs that are kept beside the documents of a spec; nothing is read before the first question. */
export function openAuthorities({ folder, trustedOwners }: StoreSpec<'file'>): AuthorityTexts {
  return openAuthorityFiles(folder, trustedOwners)
}
