// Two thirds of what a play costs here are starts of Python: one for each module on each host, most of it imports. A warm one
// runs the very modules that Ansible sends, in children that have imported already. examples/run and one play of
// test/scenarios/quickstart.test.ts have none.
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from '@jest/globals'
import type { Ansible } from './ansible.js'

const PROGRAM = join(import.meta.dirname, 'warm_python.py')
const MODULES = ['command', 'copy', 'file', 'lineinfile', 'slurp', 'stat']

/**
 * A warm Python for the hosts of this block's plays.
 * @returns options of `ansible-playbook` that have the hosts use it
 */
export function useWarmPython({ python }: Ansible): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'k3s_vars-warm-'))
  const [socket, interpreter] = [join(folder, 'socket'), join(folder, 'python')]
  const words = [python, '-I', '-S', PROGRAM, 'call', socket].map(quote).join(' ')
  let server: ChildProcess | undefined
  beforeAll(async () => {
    writeFileSync(interpreter, `#!/bin/sh\nexec ${words} "$@"\n`, { mode: 0o700 })
    const modules = ['module_utils.basic', ...MODULES.map((name) => `modules.${name}`)]
    const args = ['-I', PROGRAM, 'serve', socket, ...modules.map((name) => `ansible.${name}`)]
    // It ends with its standard input, even if this process is killed.
    server = spawn(python, args, { stdio: ['pipe', 'pipe', 'inherit'] })
    const [word] = (await Promise.race([once(server.stdout!, 'data'), once(server, 'exit')])) as [
      unknown,
    ]
    if (!String(word).startsWith('ready')) throw new Error('the warm Python did not start')
  })
  afterAll(async () => {
    if (server !== undefined && server.exitCode === null) {
      server.stdin!.end()
      await once(server, 'exit')
    }
    rmSync(folder, { recursive: true, force: true })
  })
  return ['-e', `ansible_python_interpreter=${interpreter}`]
}

function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`
}
