// `npm run mutation [-- PART…]`: small changes to `token`, `vault` and `store`, and whether a unit test notices each.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '../..')

/** What is changed, and the unit tests that are to notice: paths below `src` and `test`, without their endings. */
interface Part {
  readonly name: string
  readonly sources: readonly string[]
  readonly tests: string
}

/** The store in pieces, each with the tests that are about it: running all for each change would take hours. */
const FILES = ['file-error', 'guarded-read', 'atomic-write', 'flush', 'look']

const PARTS: readonly Part[] = [
  { name: 'token', sources: ['token/**/*'], tests: 'token/**/*' },
  { name: 'vault', sources: ['vault/**/*'], tests: 'vault/**/*' },
  {
    name: 'lock',
    sources: ['files/lock', 'files/process-identity'],
    tests: 'files/{lock,process-identity}',
  },
  { name: 'transitions', sources: ['document/transitions'], tests: 'document/transitions' },
  { name: 'update', sources: ['store/update'], tests: 'store/update' },
  { name: 'rewrite', sources: ['document/rewrite'], tests: 'document/rewrite' },
  {
    name: 'document',
    sources: ['document/fields', 'document/text'],
    tests: 'document/text',
  },
  {
    name: 'files',
    sources: ['store/file/*', ...FILES.map((name) => `files/${name}`)],
    tests: '{store/file/*,files/{file-error,guarded-read,atomic-write,look}}',
  },
]

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !PARTS.some((part) => part.name === name))
if (unknown.length > 0) {
  process.stderr.write(`mutation: there is no part ${unknown.join(' or ')}\n`)
  process.stderr.write(`hint: the parts are ${PARTS.map(({ name }) => name).join(', ')}\n`)
  process.exitCode = 2
} else {
  PARTS.filter(({ name }) => wanted.length === 0 || wanted.includes(name)).forEach(count)
}

/** Runs the mutation tester, which prints what no test noticed. */
function count(part: Part): void {
  process.stdout.write(`\n${part.name}: ${part.sources.join(', ')}\n`)
  const program = join(import.meta.dirname, 'node_modules/.bin/stryker')
  const { status } = spawnSync(
    process.execPath,
    [program, 'run', join(import.meta.dirname, 'stryker.config.mjs')],
    { cwd: ROOT, env: { ...process.env, MUTATION_PART: JSON.stringify(part) }, stdio: 'inherit' },
  )
  if (status !== 0) process.exitCode = 1
}
