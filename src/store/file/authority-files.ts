// The CA of a cluster beside its token document, in `<folder>/<cluster>.ca.yml`: no cluster has a dot in its name. Its text is
// somebody else's matter; here it appears whole or not at all, and is replaced by one who knows the former text alone.
import { renameSync } from 'node:fs'
import type { Stats } from 'node:fs'
import { join } from 'node:path'
import { nameNew, writeThrough } from '../../files/atomic-write.js'
import type { Target } from '../../files/atomic-write.js'
import { readGuarded } from '../../files/guarded-read.js'
import { DEFAULT_PATIENCE_MS, withLock } from '../../files/lock.js'
import type { AuthorityTexts } from '../store.js'
import { writeIn } from './folder.js'
import { readFault, writeFault } from './store-error.js'

const MOST_BYTES = 1024 * 1024

export function openAuthorityFiles(
  folder: string,
  trustedOwners: readonly number[],
): AuthorityTexts {
  const rules = { from: 'file', links: 'refuse', most: MOST_BYTES, trustedOwners } as const
  const placeOf = (cluster: string): string => join(folder, `${cluster}.ca.yml`)
  return {
    placeOf,
    read: (cluster) =>
      new Promise((resolve) => {
        const file = placeOf(cluster)
        try {
          resolve(readGuarded(file, rules)?.bytes.toString('utf8') ?? null)
        } catch (error) {
          throw readFault(error, file)
        }
      }),
    create: (cluster, text) =>
      writeIn(folder, trustedOwners, () => {
        const file = placeOf(cluster)
        const target = { file, stem: join(folder, `.${cluster}.ca`) }
        try {
          const content = { bytes: Buffer.from(text), access: 'own' } as const
          const isNew = writeThrough(target, content, (from) => nameNew(from, file, 'reserve'))
          return Promise.resolve(isNew)
        } catch (error) {
          throw writeFault(error, file)
        }
      }),
    replace: (cluster, former, text) =>
      writeIn(folder, trustedOwners, async () => {
        const file = placeOf(cluster)
        const target = { file, stem: join(folder, `.${cluster}.ca`) }
        try {
          return await withLock({ stem: target.stem, patience: DEFAULT_PATIENCE_MS }, () => {
            const found = readGuarded(file, rules)
            return found?.bytes.toString('utf8') === former && exchange(target, found.stats, text)
          })
        } catch (error) {
          throw writeFault(error, file)
        }
      }),
  }
}

function exchange(target: Target, former: Stats, text: string): true {
  const content = { bytes: Buffer.from(text), access: 'own', former } as const
  writeThrough(target, content, (from) => renameSync(from, target.file))
  return true
}
