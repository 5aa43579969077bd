// The installations of ansible-core that tests and the benchmark run: those that `test/run` made in .cache/ansible and the
// one on PATH, if new enough; or else only the folders of programs in K3S_VARS_TEST_ANSIBLE, separated like PATH.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { INSTALLATIONS } from './prepared.js'

export interface Ansible {
  /** Such as `2.21.0`. */
  readonly version: string
  /** The folder of its programs; in scenarios the warm ones of warm-ansible.ts, unless a matrix is tried. */
  readonly bin: string
  /** Its `ansible-vault`, likewise. */
  readonly vault: string
  /** The folder of its programs as they were installed. */
  readonly cold: string
  /** The interpreter that its programs run with. */
  readonly python: string
}

const CACHE = join(import.meta.dirname, '../../.cache/ansible')
const OLDEST = '2.15'

/** Whether what to try with was named, as `test/ansible` does: then everything is tested with everything. */
export const IS_MATRIX = (process.env['K3S_VARS_TEST_ANSIBLE'] ?? '') !== ''

/** Every installation at hand, the oldest first, each version once; may be empty. */
export function findAnsible(): Ansible[] {
  const known = process.env[INSTALLATIONS]
  return known === undefined ? look() : (JSON.parse(known) as Ansible[])
}

function look(): Ansible[] {
  const named = process.env['K3S_VARS_TEST_ANSIBLE']
  const found = named
    ? describeAll(named.split(delimiter))
    : describeAll([...made(), ...onPath()]).filter((ansible) => isSince(ansible, OLDEST))
  return [...new Map(found.map((ansible) => [ansible.version, ansible])).values()].sort((a, b) =>
    compare(a.version, b.version),
  )
}

/** Whether the installation is of `minor`, such as 2.19, or newer. */
export function isSince({ version }: Ansible, minor: string): boolean {
  return compare(version, minor) >= 0
}

function compare(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true })
}

function made(): string[] {
  return existsSync(CACHE) ? readdirSync(CACHE).map((name) => join(CACHE, name, 'bin')) : []
}

function onPath(): string[] {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => existsSync(join(folder, 'ansible-vault')))
    .slice(0, 1)
}

function describeAll(folders: readonly string[]): Ansible[] {
  return folders.flatMap((bin) => {
    const vault = join(bin, 'ansible-vault')
    const { stdout } = spawnSync(vault, ['--version'], { encoding: 'utf8' })
    // A version manager's stand-in for a program that is not installed answers without a version.
    const version = /core ([\d.]+\w*)/.exec(stdout ?? '')?.[1]
    const python = /^ {2}python version = .*\((\/.*)\)$/m.exec(stdout ?? '')?.[1]
    return version && python ? [{ version, bin, vault, cold: bin, python }] : []
  })
}
