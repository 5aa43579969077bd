// V8's compiled form of the bundle saves a tenth of the start. It lies beside the bundle, was made by the build, and is
// believed exactly as far as the bundle itself.
import { readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { Script } from 'node:vm'

/** The bundle as a function of Node's module variables. The cache only fits this very text. */

export type Compiled = (
  ...moduleVariables: [
    exports: object,
    require: NodeJS.Require,
    module: { exports: object },
    filename: string,
    folder: string,
  ]
) => void

const WORLD_WRITABLE = 0o002

/** The file that holds the cache of a bundle. */
export function cacheFile(bundle: string): string {
  return `${bundle}.cache`
}

/** The bundle compiled, from its cache if that can be used: made by this very V8, in a folder that not everybody can write. */
export function compile(bundle: string): Script {
  const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(bundle, 'utf8')}\n})`
  const cachedData = readCache(bundle)
  return new Script(source, { filename: bundle, ...(cachedData && { cachedData }) })
}

/** Loads the bundle and answers what it exports. */
export function load<T extends object>(bundle: string, script: Script, require: NodeJS.Require): T {
  const module = { exports: {} }
  const define = script.runInThisContext() as Compiled
  define(module.exports, require, module, bundle, dirname(bundle))
  return module.exports as T
}

function readCache(bundle: string): Buffer | undefined {
  try {
    const folder = statSync(dirname(bundle))
    const cache = statSync(cacheFile(bundle))
    const isOurs = cache.uid === statSync(bundle).uid && (folder.mode & WORLD_WRITABLE) === 0
    return isOurs ? readFileSync(cacheFile(bundle)) : undefined
  } catch {
    return undefined
  }
}
