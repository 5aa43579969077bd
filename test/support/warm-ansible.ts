// Four fifths of what Ansible's programs cost here are imports: 240 of 300 ms for a small inventory. Warm ones have imported what
// does not look at the environment, and all else is as in the installed ones, which every call runs: the same scripts, the same
// interpreter, settings read anew. test/scenarios/warm-ansible.test.ts holds both side by side; examples/run and every test with
// `cold` in it use the installed ones, and so does a matrix (`test/ansible`).
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Ansible } from './ansible.js'

const PROGRAM = join(import.meta.dirname, 'warm_python.py')
/** What a program is for, such as `config` of `ansible-config`; `ansible` alone is `adhoc`. */
const KINDS = ['adhoc', 'config', 'doc', 'inventory', 'playbook', 'vault']
/** All that these programs come to need, on the way to a task on a host. */
const LATER = ['ansible.executor.task_executor', 'ansible.plugins.strategy.linear']
/** Reads the settings as it is imported. */
const CONFIGURED = 'ansible.constants'

/**
 * The installation with warm programs, until this process ends.
 * @throws Error if it cannot be started
 */
export async function warm(ansible: Ansible): Promise<Ansible> {
  const { cold, python } = ansible
  const bin = mkdtempSync(join(tmpdir(), 'k3s_vars-warm-'))
  process.once('exit', () => rmSync(bin, { recursive: true, force: true }))
  const socket = join(bin, '.socket')
  const modules = [...KINDS.map((kind) => `ansible.cli.${kind}`), ...LATER]
  await serve(python, [PROGRAM, 'serve', socket, '--without', CONFIGURED, ...modules])
  for (const name of readdirSync(cold)) {
    const kind = name === 'ansible' ? 'adhoc' : name.replace(/^ansible-/, '')
    const isWarm = name.startsWith('ansible') && KINDS.includes(kind)
    const words = isWarm ? [python, '-I', '-S', PROGRAM, 'call', socket] : []
    const line = [...words, join(cold, name)].map(quote).join(' ')
    writeFileSync(join(bin, name), `#!/bin/sh\nexec ${line} "$@"\n`, { mode: 0o755 })
  }
  return { ...ansible, bin, vault: join(bin, 'ansible-vault') }
}

/** Starts a server in the settings of a project, without a terminal; it ends with its standard input, so with this process. */
async function serve(python: string, args: readonly string[]): Promise<void> {
  const server = spawn(python, args, {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'], HOME: '/nonexistent', LC_ALL: 'C.UTF-8' },
    detached: true,
  })
  const [word] = (await Promise.race([once(server.stdout, 'data'), once(server, 'exit')])) as [
    unknown,
  ]
  if (!String(word).startsWith('ready'))
    throw new Error(`${python} cannot serve Ansible's programs`)
  // Nobody waits for it: a run of tests that has ended ends.
  server.unref()
  for (const stream of [server.stdin, server.stdout]) (stream as Partial<Socket>).unref?.()
}

function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`
}
