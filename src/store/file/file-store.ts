// The store that is files: each cluster's document in a file of its own, in a folder that is meant for Git. This is where to
// begin; folder.ts guards the folder, store-error.ts says what goes wrong in the words of a store, and what reads, writes
// and locks files stands in src/files.
//
// House rules: a first document is linked into place, which fails if the name is taken; a later one is renamed over the
// former. Either way a crash at any moment leaves the old or the new document, never half of one. Both are done
// under a lock: the first one too, because a machine that reaches the folder without links can only look and rename.
import { lstatSync, renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { StoreError } from '../../errors.js'
import type { ClusterDocument } from '../../document/document.js'
import { holdsPlainSecret, parseDocument, renderDocument } from '../../document/text.js'
import { nameNew, removeStaleTemporaryFiles, writeThrough } from '../../files/atomic-write.js'
import type { Content, Target } from '../../files/atomic-write.js'
import { readGuarded } from '../../files/guarded-read.js'
import type { GuardedFile } from '../../files/guarded-read.js'
import { DEFAULT_PATIENCE_MS, withLock, withLockUnless } from '../../files/lock.js'
import { ownError } from '../own-error.js'
import type { TokenStore, Versioned, WriteOutcome } from '../store.js'
import { findExposureAround, flushNames, requireNeverThere, writeIn } from './folder.js'
import { exposed, readFault, writeFault } from './store-error.js'

export interface FileStoreOptions {
  /** Users whose files are believed, besides our own and root's: the owner of the configuration. */
  readonly trustedOwners?: readonly number[]
  /** Milliseconds to wait for the lock of another process; {@link DEFAULT_PATIENCE_MS} if absent. */
  readonly patience?: number | undefined
}

/** A document is some kilobytes; more is something else. */
const MOST_BYTES = 1024 * 1024

/** Systems write names to the disk by themselves within half a minute. */
const SETTLED_MS = 60_000

/** What a document was read from stays in here: its bytes may hold a plain secret that nothing hides. */
interface Found {
  readonly versioned: Versioned
  readonly file: GuardedFile
  readonly text: string
}

/**
 * The store that keeps each cluster's document in `<folder>/<cluster>.yml`, mode 0600 when made and as it was when
 * replaced. The folder is made with the first document, in a parent that must be there.
 */
export function createFileStore(folder: string, options: FileStoreOptions = {}): TokenStore {
  return new FileStore(folder, options)
}

class FileStore implements TokenStore {
  readonly #folder: string
  readonly #trustedOwners: readonly number[]
  readonly #patience: number
  #isTidy = false

  constructor(
    folder: string,
    { trustedOwners = [], patience = DEFAULT_PATIENCE_MS }: FileStoreOptions,
  ) {
    this.#folder = folder
    this.#trustedOwners = trustedOwners
    this.#patience = patience
  }

  get(cluster: string): Promise<Versioned | null> {
    return new Promise((resolve) => {
      const found = this.#find(cluster)
      if (found === null) requireNeverThere(this.#folder)
      resolve(found?.versioned ?? null)
    })
  }

  async createIfAbsent(document: ClusterDocument): Promise<WriteOutcome> {
    const target = this.#target(document.cluster)
    const bytes = Buffer.from(renderDocument(document))
    const content = { bytes, access: accessTo(document) }
    const exposure = findExposureAround(this.#folder, this.#trustedOwners)
    if (exposure !== undefined) throw exposure
    const isFirst = await this.#write(target, () =>
      withLockUnless(
        () => isTaken(target.file),
        { stem: target.stem, patience: this.#patience },
        () =>
          !isTaken(target.file) &&
          writeThrough(target, content, (from) => nameNew(from, target.file, 'rename')),
      ),
    )
    if (isFirst === true) return { won: true, version: versionOf(bytes) }
    return lostTo(this.#require(document.cluster))
  }

  async replace(version: string, document: ClusterDocument): Promise<WriteOutcome> {
    const { rewriteDocument } = await import('../../document/rewrite.js')
    const target = this.#target(document.cluster)
    const rewrite = (text: string): string => {
      try {
        return rewriteDocument(text, document, target.file)
      } catch (error) {
        // It is a bundle of its own.
        throw ownError(error, { file: target.file })
      }
    }
    // Before the lock too: where the folder is not there, its absence is not what should be reported.
    this.#require(document.cluster)
    return this.#write(target, () =>
      withLock({ stem: target.stem, patience: this.#patience }, () => {
        const found = this.#require(document.cluster)
        if (found.versioned.version !== version) return lostTo(found)
        const bytes = Buffer.from(rewrite(found.text))
        const content = { bytes, access: accessTo(document), former: found.file.stats }
        writeThrough(target, content, (temporary) => renameSync(temporary, target.file))
        return { won: true, version: versionOf(bytes) }
      }),
    )
  }

  /** The folder is flushed after the lock is gone from it, so that no lock comes back when the power fails. */
  #write<T>({ file }: Target, write: () => Promise<T>): Promise<T> {
    return writeIn(this.#folder, this.#trustedOwners, async () => {
      if (!this.#isTidy) {
        removeStaleTemporaryFiles(this.#folder)
        // Whoever made the folder, we or one that was killed since: its name has to last, too.
        flushNames(dirname(this.#folder))
      }
      this.#isTidy = true
      try {
        return await write()
      } catch (error) {
        throw writeFault(error, file)
      }
    })
  }

  #require(cluster: string): Found {
    const found = this.#find(cluster)
    if (found !== null) return found
    throw new StoreError('K3SV_STORE_CONFLICT', 'the token document was removed meanwhile', {
      location: { file: this.#target(cluster).file },
      hint: 'bring it back from Git or a backup',
    })
  }

  #find(cluster: string): Found | null {
    const path = this.#target(cluster).file
    const file = this.#read(path)
    if (file === null) return null
    // Its writer may still wait for the disk, or have been killed before: what we answer from it has to outlast a power cut.
    if (Date.now() - file.stats.mtimeMs < SETTLED_MS) flushNames(this.#folder)
    const text = decode(file.bytes, path)
    const document = parseDocument(text, { cluster, file: path })
    if (file.stats.mode & 0o077 && holdsPlainSecret(document)) {
      throw exposed(
        path,
        'other users may read the plain secrets of the token document',
        'make it private: chmod 600',
      )
    }
    const versioned = {
      document,
      // Ansible's path never compares, and need not pay for the digest.
      get version() {
        return versionOf(file.bytes)
      },
    }
    return { versioned, file, text }
  }

  #read(file: string): GuardedFile | null {
    const trustedOwners = this.#trustedOwners
    try {
      return readGuarded(file, { from: 'file', links: 'refuse', most: MOST_BYTES, trustedOwners })
    } catch (error) {
      throw readFault(error, file)
    }
  }

  #target(cluster: string): Target {
    const name = requireName(cluster)
    return { file: join(this.#folder, `${name}.yml`), stem: join(this.#folder, `.${name}`) }
  }
}

function lostTo({ versioned: { version, document } }: Found): WriteOutcome {
  return { won: false, version, document }
}

function accessTo(document: ClusterDocument): Content['access'] {
  return holdsPlainSecret(document) ? 'private' : 'own'
}

function isTaken(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false }) !== undefined
}

function versionOf(bytes: Buffer): string {
  return process.getBuiltinModule('node:crypto').createHash('sha256').update(bytes).digest('hex')
}

function decode(bytes: Buffer, file: string): string {
  if (process.getBuiltinModule('node:buffer').isUtf8(bytes)) return bytes.toString()
  throw new StoreError('K3SV_STORE_CORRUPT', 'the token document is not UTF-8 text', {
    location: { file },
    hint: 'restore the document from Git or a backup',
  })
}

/** The configuration allows no such names; a path is never built from one all the same. */
function requireName(cluster: string): string {
  if (cluster !== '' && !cluster.startsWith('.') && !/[/\\\0]/.test(cluster)) return cluster
  throw new StoreError(
    'K3SV_STORE_UNAVAILABLE',
    'the name of the cluster cannot be the name of a file',
    {
      hint: 'name the cluster with letters, digits, underscores and hyphens',
    },
  )
}
