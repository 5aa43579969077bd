// The Node.js versions that tests run the program with: the one that runs the tests, and those that `test/run` put into
// .cache/node.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { isSupportedNode } from '../../src/source/node-version.js'

export interface NodeVersion {
  /** Such as `22.21.0`. */
  readonly version: string
  /** The program. */
  readonly node: string
}

const CACHE = join(import.meta.dirname, '../../.cache/node')

/** Every supported version at hand, our own first. */
export function findNodes(): NodeVersion[] {
  return findAll().filter(({ version }) => isSupportedNode(version))
}

/** Those that are too old, the newest of which is the last one that is refused. */
export function findOldNodes(): NodeVersion[] {
  return findAll().filter(({ version }) => !isSupportedNode(version))
}

function findAll(): NodeVersion[] {
  const made = existsSync(CACHE)
    ? readdirSync(CACHE)
        .sort()
        .map((name) => join(CACHE, name, 'bin/node'))
    : []
  return [process.execPath, ...made].flatMap((node) => {
    const { stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' })
    return stdout ? [{ version: stdout.trim().slice(1), node }] : []
  })
}
