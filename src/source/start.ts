// The first file that Node reads: `start.cjs LAUNCHER ARGUMENT…`. It decides between the two bundles and stays small.
import { processEnvironment } from '../environment.js'
import type { Environment } from '../environment.js'
import type { ShownError } from '../format-error.js'
import type * as source from './main.js'
import { compileBundle, load, requireParts } from './code-cache.js'
import type { CompiledBundle } from './code-cache.js'
import { SUPPORTED_NODE, isSupportedNode } from './node-version.js'
import { prefetchKey } from './prefetch.js'

/** What this folder must not import, since it must not load it. */
interface CommandLine {
  readonly main: (
    environment: Environment,
    code: { readonly compiled: CompiledBundle; readonly parts: readonly CompiledBundle[] },
  ) => Promise<void>
}

declare const require: NodeJS.Require

const [launcher = '', ...args] = process.argv.slice(2)

const environment = processEnvironment()

const parts: CompiledBundle[] = []
const folder = import.meta.dirname
const through =
  environment === null ? require : requireParts(require, { folder, environment, parts })

if (!isSupportedNode(process.versions.node)) {
  refuse({
    code: 'K3SV_FAULT',
    message: `${SUPPORTED_NODE} is needed, and this is ${process.versions.node}`,
    hint: 'install a newer Node.js, or name one in K3S_VARS_NODE',
    exitStatus: 1,
  })
} else if (environment === null) {
  refuse({
    code: 'K3SV_USAGE',
    message: 'the current folder does not exist any more',
    hint: 'change to a folder that is there, and run it again',
    exitStatus: 2,
  })
} else if (isInventoryCall(args)) {
  const early = isAboutTokens(args) ? prefetchKey({ environment, launcher }) : undefined
  const bundle = `${folder}/inventory.cjs`
  const compiled = compileBundle(bundle, environment)
  const { run } = load<typeof source>(bundle, compiled.script, through)
  void run({ arguments: args, launcher, environment }, { early, compiled, parts })
} else {
  // The command line sees itself as called by its own name.
  process.argv.splice(1, 2, launcher)
  if (args[0] === 'vault' || args[0] === 'scan') widenThreadPool()
  const bundle = `${folder}/cli.cjs`
  const compiled = compileBundle(bundle, environment)
  const { main } = load<CommandLine>(bundle, compiled.script, through)
  void main(environment, { compiled, parts })
}

/** Tells an error before either bundle is there, in the form that they have. */
function refuse(error: ShownError): void {
  const { code, message, hint, exitStatus } = error
  const text = args.includes('--json')
    ? JSON.stringify({ error })
    : `k3s_vars: ${message} (${code})\nhint: ${hint}`
  process.stderr.write(`${text}\n`)
  process.exitCode = exitStatus
}

/**
 * One thread for each core, for commands that derive many keys. libuv has four and reads its variable once, when the first
 * task comes; afterwards no child process needs to see it.
 */
function widenThreadPool(): void {
  const cores = process.getBuiltinModule('node:os').availableParallelism()
  if (cores <= 4 || process.env['UV_THREADPOOL_SIZE'] !== undefined) return
  process.env['UV_THREADPOOL_SIZE'] = String(cores)
  process.getBuiltinModule('node:fs').access('.', () => undefined)
  delete process.env['UV_THREADPOOL_SIZE']
}

/** Ansible calls with --list or --host, our plugins with --plugins; everything else is the command line's. */
function isInventoryCall([first]: readonly string[]): boolean {
  return (
    first === '--list' ||
    first === '--host' ||
    first === '--plugins' ||
    first?.startsWith('--host=') === true
  )
}

/** A host's own variables hold no token, unless its cluster hands them out by host. */
function isAboutTokens([first]: readonly string[]): boolean {
  return first === '--list' || first === '--plugins'
}
