// The installations of ansible-core that tests and the benchmark run: the folders of programs in K3S_VARS_TEST_ANSIBLE,
// separated like PATH; else those that `test/run` made in .cache/ansible; else the one on PATH.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

export interface Ansible {
  /** Such as `2.21.0`. */
  readonly version: string
  /** The folder of its programs. */
  readonly bin: string
  /** Its `ansible-vault`. */
  readonly vault: string
  /** The interpreter that its programs run with. */
  readonly python: string
}

const CACHE = join(import.meta.dirname, '../../.cache/ansible')

/** Every installation at hand, the oldest first; may be empty. */
export function findAnsible(): Ansible[] {
  return folders()
    .filter((bin) => existsSync(join(bin, 'ansible-vault')))
    .map(describe)
    .sort((a, b) => a.version.localeCompare(b.version, 'en', { numeric: true }))
}

/** Whether the installation is of `minor`, such as 2.19, or newer. */
export function isSince({ version }: Ansible, minor: string): boolean {
  return version.localeCompare(minor, 'en', { numeric: true }) >= 0
}

function folders(): string[] {
  const named = process.env['K3S_VARS_TEST_ANSIBLE']
  if (named) return named.split(delimiter)
  const made = existsSync(CACHE) ? readdirSync(CACHE).map((name) => join(CACHE, name, 'bin')) : []
  if (made.length > 0) return made
  const onPath = (process.env['PATH'] ?? '').split(delimiter)
  return onPath.filter((folder) => existsSync(join(folder, 'ansible-vault'))).slice(0, 1)
}

function describe(bin: string): Ansible {
  const vault = join(bin, 'ansible-vault')
  const { stdout } = spawnSync(vault, ['--version'], { encoding: 'utf8' })
  return {
    bin,
    vault,
    python: /^#!\s*(\S+)/.exec(readFileSync(vault, 'utf8'))![1]!,
    version: /core ([\d.]+\w*)/.exec(stdout)![1]!,
  }
}
