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

const WRAPPER = '(function (exports, require, module, __filename, __dirname) {'
const WORLD_WRITABLE = 0o002
const SUM_BYTES = 4
/** For stack traces. It goes into the cache and so into the published package, which must not tell where that was built. */
const NAME = 'k3s_vars/inventory.cjs'

/** The file that holds the cache of a bundle. */
export function cacheFile(bundle: string): string {
  return `${bundle}.cache`
}

/** The bundle compiled, from its cache if that can be used: made by this very V8, in a folder that not everybody can write. */
export function compile(bundle: string): Script {
  const source = `${WRAPPER}${readFileSync(bundle, 'utf8')}\n})`
  const cachedData = readCache(bundle)
  // So that stack traces count columns as the source map does.
  const columnOffset = -WRAPPER.length
  return new Script(source, { filename: NAME, columnOffset, ...(cachedData && { cachedData }) })
}

/** What the cache's file holds of V8's data. */
export function sealCache(data: Buffer): Buffer {
  const sum = Buffer.alloc(SUM_BYTES)
  sum.writeInt32LE(sumOf(data))
  return Buffer.concat([data, sum])
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
    // Whoever else can put a file there can put another bundle there, too.
    const isPublic = (statSync(dirname(bundle)).mode & WORLD_WRITABLE) !== 0
    return isPublic ? undefined : openCache(readFileSync(cacheFile(bundle)))
  } catch {
    return undefined
  }
}

/** V8 checks version and length of its data alone, and runs into the ground with blocks that a crash left empty. */
function openCache(bytes: Buffer): Buffer | undefined {
  const data = bytes.subarray(0, -SUM_BYTES)
  return sumOf(data) === bytes.readInt32LE(data.length) ? data : undefined
}

/** Over a word of each 512 bytes, which no block of a disk escapes and nobody has to wait for. */
function sumOf(data: Buffer): number {
  // Plain indexing, because nothing is compiled yet and a call for each word would cost half a millisecond.
  const words = new Int32Array(data.buffer, data.byteOffset, data.length >> 2)
  let sum = data.length
  for (let at = 0; at < words.length; at += 128) sum = Math.imul(sum ^ words[at]!, 0x01000193)
  return sum
}
