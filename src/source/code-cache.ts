// V8's compiled form of the bundle, which saves a third of what a start costs beyond Node's own. A clone has it beside the
// bundle, made by the build; for an installed package the first run of each Node.js keeps one in the user's cache folder
// (keep-code.ts). Bytecode is fit for nothing but the very program that made it: of two versions that V8 cannot tell apart
// (Node.js 20.19 and 20.20) one crashes with the code of the other. So a cache ends with what it was made by
// and of, which is compared byte for byte before V8 sees any of it.
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readFileSync,
  readSync,
  statSync,
} from 'node:fs'
import type { Stats } from 'node:fs'
import { Script } from 'node:vm'
import type { Environment } from '../environment.js'

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
const OTHERS_WRITABLE = 0o022
const MOST_BYTES = 4 * 1024 * 1024
const SUM_BYTES = 4
const END_BYTES = SUM_BYTES + 1
/** For stack traces. It goes into the cache, which must not tell where it was built. */
function nameOf(bundle: string): string {
  return `k3s_vars/${bundle.slice(bundle.lastIndexOf('/') + 1)}`
}

export interface UsedCache {
  readonly file: string
  /** Whether the run that made it opened a token; others have not compiled what most runs need. */
  readonly opens: boolean
}

/** What code is made by and of; stands behind it in a file. */
interface Origin {
  /** One line about the program that runs. */
  readonly program: Buffer
  readonly bundle: Buffer
}

/** A bundle that was compiled, and what a cache of it needs. */
export interface CompiledBundle {
  readonly script: Script
  readonly origin: Origin
  /** The cache that was used; undefined: all was compiled anew. */
  readonly cache: UsedCache | undefined
  /** The file in the user's cache folder; undefined: there is no such folder, or it is not to be used. */
  readonly ownFile: string | undefined
}

/** The file that holds the cache of a bundle beside it. */
export function cacheBeside(bundle: string): string {
  return `${bundle}.cache`
}

/** The bundle compiled, from a cache if there is one that can be used. */
export function compileBundle(bundle: string, environment: Environment): CompiledBundle {
  const bytes = readFileSync(bundle)
  const origin = { program: describeProgram(), bundle: bytes }
  const ownFile = ownCacheFile(environment, bundle, bytes.length)
  const found = readBeside(bundle, origin) ?? readOwn(ownFile, origin)
  const cachedData = found?.data
  // So that stack traces count columns as the source map does.
  const columnOffset = -WRAPPER.length
  const options = { filename: nameOf(bundle), columnOffset, ...(cachedData && { cachedData }) }
  const script = new Script(`${WRAPPER}${bytes.toString()}\n})`, options)
  const cache = script.cachedDataRejected === false ? found : undefined
  return { script, origin, cache, ownFile }
}

/** What a file holds: V8's data of a run that opened a token or not, where it comes from, and a sum. */
export function sealCache(
  { script, origin }: Pick<CompiledBundle, 'script' | 'origin'>,
  opens: boolean,
): Buffer {
  const data = script.createCachedData()
  const end = Buffer.alloc(END_BYTES)
  end.writeInt32LE(sumOf(data))
  end.writeUInt8(opens ? 1 : 0, SUM_BYTES)
  return Buffer.concat([data, origin.program, origin.bundle, end])
}

/** Loads the bundle and answers what it exports. */
export function load<T extends object>(bundle: string, script: Script, require: NodeJS.Require): T {
  const module = { exports: {} }
  const define = script.runInThisContext() as Compiled
  define(module.exports, require, module, bundle, bundle.slice(0, bundle.lastIndexOf('/')))
  return module.exports as T
}

/** What a bundle requires that is one itself, and so large that its users wait for V8 to compile it: half of what loading it takes. */
const PARTS: readonly string[] = ['./store-etcd.cjs']

export interface PartsOptions {
  /** Where the bundles are. */
  readonly folder: string
  readonly environment: Environment
  /** Gets what was compiled, for whoever keeps it. */
  readonly parts: CompiledBundle[]
}

/** As `require` in a bundle, which has {@link PARTS} compiled as {@link compileBundle} does. */
export function requireParts(
  require: NodeJS.Require,
  { folder, environment, parts }: PartsOptions,
): NodeJS.Require {
  const loaded = new Map<string, object>()
  const pass: (id: string) => unknown = require
  const through = (id: string): unknown => {
    if (!PARTS.includes(id)) return pass(id)
    const known = loaded.get(id)
    if (known !== undefined) return known
    const bundle = `${folder}${id.slice(1)}`
    const compiled = compileBundle(bundle, environment)
    parts.push(compiled)
    const made = load(bundle, compiled.script, require)
    loaded.set(id, made)
    return made
  }
  return Object.assign(through, require)
}

/** Whether a file or folder is one that we alone can have made. */
export function isOursAlone({ uid, mode }: Stats): boolean {
  return uid === process.geteuid!() && (mode & OTHERS_WRITABLE) === 0
}

/** Two builds of one version need not be the same. */
function describeProgram(): Buffer {
  const { size, mtimeMs } = statSync(process.execPath)
  const { arch, version, versions } = process
  return Buffer.from(`${version} ${versions.v8} ${arch} ${size} ${mtimeMs}\n`)
}

function ownCacheFile(
  { variables, home }: Environment,
  bundle: string,
  length: number,
): string | undefined {
  // Node's own word for whoever does not want such files.
  if (variables['NODE_DISABLE_COMPILE_CACHE'] === '1') return undefined
  const named = variables['XDG_CACHE_HOME']
  // The specification has relative paths passed over.
  const base = named?.startsWith('/') ? named : home && `${home}/.cache`
  if (!base?.startsWith('/')) return undefined
  const name = bundle.slice(bundle.lastIndexOf('/') + 1, -'.cjs'.length)
  return `${base}/k3s_vars/${name}-${process.version}-${process.arch}-${length}.cache`
}

/** Whoever else can put a file beside the bundle can put another bundle there, too. */
function readBeside(bundle: string, origin: Origin): Found | undefined {
  const folder = bundle.slice(0, bundle.lastIndexOf('/'))
  return readCache(
    cacheBeside(bundle),
    origin,
    () => (statSync(folder).mode & WORLD_WRITABLE) === 0,
  )
}

function readOwn(file: string | undefined, origin: Origin): Found | undefined {
  if (file === undefined) return undefined
  const folder = file.slice(0, file.lastIndexOf('/'))
  return readCache(file, origin, (stats) => {
    const place = lstatSync(folder)
    return isOursAlone(stats) && place.isDirectory() && isOursAlone(place)
  })
}

interface Found extends UsedCache {
  /** V8's. */
  readonly data: Buffer
}

type Trust = (file: Stats) => boolean

/** A cache; undefined where there is none that was made by this program of this bundle, and lies where it can be believed. */
function readCache(file: string, origin: Origin, isTrusted: Trust): Found | undefined {
  let descriptor: number | undefined
  try {
    // Making an error takes longer than this look.
    if (statSync(file, { throwIfNoEntry: false }) === undefined) return undefined
    descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW)
    const stats = fstatSync(descriptor)
    if (!stats.isFile() || stats.size > MOST_BYTES || !isTrusted(stats)) return undefined
    // A clone has that of the Node.js which built it beside the bundle: others need not read it to the end.
    if (!isOfProgram(descriptor, stats.size, origin)) return undefined
    const bytes = readFileSync(descriptor)
    const data = openCache(bytes, origin)
    return data && { file, data, opens: bytes.at(-1) === 1 }
  } catch {
    return undefined
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}

/** Whether what stands in front of the bundle is about this program. */
function isOfProgram(descriptor: number, size: number, { program, bundle }: Origin): boolean {
  const at = size - END_BYTES - bundle.length - program.length
  const found = Buffer.allocUnsafe(program.length)
  return (
    at > 0 &&
    readSync(descriptor, found, 0, found.length, at) === found.length &&
    found.equals(program)
  )
}

/** V8 checks version and length of its data alone, and runs into the ground with blocks that a crash left empty. */
function openCache(bytes: Buffer, { program, bundle }: Origin): Buffer | undefined {
  const bundleAt = bytes.length - END_BYTES - bundle.length
  const programAt = bundleAt - program.length
  if (programAt <= 0) return undefined
  if (!bytes.subarray(programAt, bundleAt).equals(program)) return undefined
  if (!bytes.subarray(bundleAt, -END_BYTES).equals(bundle)) return undefined
  const data = bytes.subarray(0, programAt)
  return sumOf(data) === bytes.readInt32LE(bytes.length - END_BYTES) ? data : undefined
}

/** Over a word of each 512 bytes, which no block of a disk escapes and nobody has to wait for. */
function sumOf(data: Buffer): number {
  // Plain indexing, because nothing is compiled yet and a call for each word would cost half a millisecond.
  const words = new Int32Array(data.buffer, data.byteOffset, data.length >> 2)
  let sum = data.length
  for (let at = 0; at < words.length; at += 128) sum = Math.imul(sum ^ words[at]!, 0x01000193)
  return sum
}
