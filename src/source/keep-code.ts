// What a run has compiled, kept for the next runs of the same Node.js: in a folder of the user's own and beside the bundle
// alike nothing but V8's code is kept, which holds no value of any run. See code-cache.ts for how far it is believed.
import { lstatSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { removeStaleTemporaryFiles, targetOf, writeThrough } from '../files/atomic-write.js'
import { isOursAlone, sealCache } from './code-cache.js'
import type { CompiledBundle } from './code-cache.js'

/** Of each bundle, caches of other Node.js versions, and of other versions of this program, that stay. Each has two megabytes at most. */
const MOST_FILES = 4

/**
 * Keeps the code where there is no cache that can be used, or none of a run that opened a token. Never fails, as nothing
 * depends on it but the time of a start.
 * @param opens whether this run opened a token
 * @returns the file; undefined: nothing was to be kept, or it could not be
 */
export function keepCode(compiled: CompiledBundle, opens: boolean): string | undefined {
  const { cache, ownFile } = compiled
  const isBetter = cache === undefined || (opens && !cache.opens)
  if (!isBetter || ownFile === undefined) return undefined
  try {
    const folder = dirname(ownFile)
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const place = lstatSync(folder)
    if (!place.isDirectory() || !isOursAlone(place)) return undefined
    const bytes = sealCache(compiled, opens)
    writeThrough(targetOf(ownFile), { bytes, access: 'own' }, (temporary) => {
      renameSync(temporary, ownFile)
    })
    removeStaleTemporaryFiles(folder)
    removeOldest(folder, basename(ownFile).split(/-(?=v\d)/, 1)[0]!)
    return ownFile
  } catch {
    return undefined
  }
}

/** For whoever asks how a start went. */
export function tellCode({ cache, ownFile }: CompiledBundle, kept: string | undefined): string {
  if (kept !== undefined) return `made ${kept}`
  if (cache !== undefined) return `used ${cache.file}`
  return ownFile === undefined
    ? 'none, and no folder for one'
    : `none, and ${ownFile} cannot be made`
}

function removeOldest(folder: string, bundle: string): void {
  const caches = readdirSync(folder)
    .filter((name) => name.startsWith(`${bundle}-v`) && name.endsWith('.cache'))
    .map((name) => join(folder, name))
    .map((file) => ({ file, made: statSync(file).mtimeMs }))
    .sort((a, b) => b.made - a.made)
  for (const { file } of caches.slice(MOST_FILES)) rmSync(file)
}
