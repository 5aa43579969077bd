// Where documents are kept, one for each cluster. Begin here: this is the port that every kind of store implements, and the
// contract among the tests is its proof. update.ts has the loops that turn it into "make sure that there is one" and "change
// it", with the answers that get lost on the way; open.ts is the table of kinds, and each kind has a folder of its own.
import type { ClusterDocument } from '../document/document.js'

/** A document with the opaque version that {@link TokenStore.replace} compares. */
export interface Versioned {
  readonly version: string
  readonly document: ClusterDocument
}

/** The outcome of a write: ours is in the store now, or somebody else's was there first and here it is. */
export type WriteOutcome =
  | { readonly won: true; readonly version: string }
  | { readonly won: false; readonly version: string; readonly document: ClusterDocument }

/**
 * The port that every store implements. All methods throw `StoreError`; any error means that nothing may be minted.
 */
export interface TokenStore {
  /** The cluster's document, or null **only** if the store positively knows that there never was one. */
  get(cluster: string): Promise<Versioned | null>

  /**
   * Says which clusters will be asked for, once each: a store that lies elsewhere then asks for them at once. Absent where that
   * saves nothing.
   */
  prefetch?(clusters: readonly string[]): Promise<void>

  /** Writes the cluster's first document. Of many that call at once exactly one wins. */
  createIfAbsent(document: ClusterDocument): Promise<WriteOutcome>

  /** Compare and swap: writes only if the store still holds `version`. */
  replace(version: string, document: ClusterDocument): Promise<WriteOutcome>
}

/**
 * What Git knows of a document that the store does not hold. `outside`: no repository has its place. `ignored`: one that does not
 * take it. `never`: neither a ref, a reflog (the stash is one), nor the index ever had it. `had`: one has or had it. `incomplete`:
 * a shallow or partial clone. `silent`: there is a repository, but Git is missing, does not trust it, or failed. `folder`: the store
 * lies elsewhere, and the usual folder has or had one. `elsewhere`: it has, and had, none.
 */
export type GitAnswer =
  'folder' | 'elsewhere' | 'outside' | 'ignored' | 'never' | 'had' | 'incomplete' | 'silent'

/** What Git knows of each cluster's document. */
export type GitHistory = (cluster: string) => GitAnswer

/**
 * Where the CAs are kept that were made here, beside the documents: a text for each cluster, which the caller makes and reads.
 * All methods throw `StoreError`.
 */
export interface AuthorityTexts {
  /** The file, or another store's name of the place, for messages. */
  placeOf(cluster: string): string

  /** The text, or null where there is none. */
  read(cluster: string): Promise<string | null>

  /** Writes a cluster's text; false where there is one already, which stays as it is. */
  create(cluster: string, text: string): Promise<boolean>

  /** Writes another text in place of this very one; false where it is not there any more, which stays as it is. */
  replace(cluster: string, former: string, text: string): Promise<boolean>
}
