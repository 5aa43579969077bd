// The first file that Node reads: `start.cjs LAUNCHER ARGUMENT…`. It decides between the two bundles and stays small.
import { join } from 'node:path'
import { processEnvironment } from '../environment.js'
import type * as source from './main.js'
import { compile, load } from './code-cache.js'
import { prefetchKey } from './prefetch.js'

declare const require: NodeJS.Require

const [launcher = '', ...args] = process.argv.slice(2)

if (isOld(process.versions.node)) {
  process.stderr.write(
    `k3s_vars: Node.js 20.19 or newer is needed, and this is ${process.versions.node} (K3SV_FAULT)\n` +
      'hint: install a newer Node.js, or name one in K3S_VARS_NODE\n',
  )
  process.exitCode = 1
} else if (isInventoryCall(args)) {
  const environment = processEnvironment()
  const early = isAboutTokens(args) ? prefetchKey({ environment, launcher }) : undefined
  const bundle = join(import.meta.dirname, 'inventory.cjs')
  const { run } = load<typeof source>(bundle, compile(bundle), require)
  void run({ arguments: args, launcher, environment }, early)
} else {
  // The command line sees itself as called by its own name.
  process.argv.splice(1, 2, launcher)
  if (args[0] === 'vault' || args[0] === 'scan') widenThreadPool()
  const { main } = require('./cli.cjs') as { main: () => Promise<void> }
  void main()
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

function isOld(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major < 20 || (major === 20 && minor < 19)
}
