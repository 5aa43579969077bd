import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { spawn, spawnSync } from 'node:child_process'
import type { StdioOptions } from 'node:child_process'
import { held } from './answers.js'

/** The launcher of this checkout. */
export const LAUNCHER = resolve(import.meta.dirname, '../../plugins/k3s_vars')

export const PASSWORD = 'a vault password for tests'

/** Three hosts, one token. */
export const CONFIG = `clusters:
  home:
    probe: false
    hosts:
      server: ["server[1:2]"]
      agent: { agent1: { rack: 7 } }
`

export const ANSIBLE_CFG = `[defaults]
vault_password_file = .vault_password
[inventory]
any_unparsed_is_failed = true
`

export interface Outcome {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly cwd?: string
  readonly environment?: NodeJS.ProcessEnv
  readonly stdio?: StdioOptions
  readonly input?: string
  /** Milliseconds that a lock is waited for, for calls in the test's own process. */
  readonly patience?: number
  /** Milliseconds; two minutes if absent. */
  readonly timeout?: number
}

/** A project of a user's in a folder of its own, with a space in its path. */
export class Project {
  readonly folder: string

  constructor(files: Readonly<Record<string, string>> = {}) {
    this.folder = join(mkdtempSync(join(tmpdir(), 'k3s_vars-test-')), 'my project')
    mkdirSync(join(this.folder, 'home'), { recursive: true })
    const all = {
      'k3s_vars.yml': CONFIG,
      'ansible.cfg': ANSIBLE_CFG,
      '.vault_password': `${PASSWORD}\n`,
      ...files,
    }
    for (const [name, text] of Object.entries(all)) this.write(name, text)
  }

  path(name: string): string {
    return join(this.folder, name)
  }

  write(name: string, text: string, mode = 0o600): string {
    const file = this.path(name)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
    chmodSync(file, mode)
    return file
  }

  /** Nothing of this process's settings for Ansible, Node or K3s. */
  get environment(): NodeJS.ProcessEnv {
    return {
      PATH: process.env['PATH'],
      HOME: this.path('home'),
      LC_ALL: 'C.UTF-8',
      ANSIBLE_NOCOLOR: '1',
      ANSIBLE_LOCALHOST_WARNING: 'False',
    }
  }

  /** Runs a program in the project with nothing of this process's settings for Ansible, Node or K3s. */
  run(program: string, args: readonly string[], options: RunOptions = {}): Outcome {
    const { status, stdout, stderr } = spawnSync(program, args, {
      cwd: options.cwd ?? this.folder,
      encoding: 'utf8',
      stdio: options.stdio ?? ['pipe', 'pipe', 'pipe'],
      input: options.input ?? '',
      timeout: options.timeout ?? 120_000,
      env: { ...this.environment, ...options.environment },
    })
    const outcome = { status, stdout: stdout ?? '', stderr: stderr ?? '' }
    return program === LAUNCHER ? held(args, outcome) : outcome
  }

  /** As {@link run}, while this process goes on: with a server in it, for one. */
  async start(
    program: string,
    args: readonly string[],
    options: RunOptions = {},
  ): Promise<Outcome> {
    const child = spawn(program, args, {
      cwd: options.cwd ?? this.folder,
      timeout: options.timeout ?? 120_000,
      env: { ...this.environment, ...options.environment },
    })
    const output = { stdout: '', stderr: '' }
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text))
    child.stdin.on('error', () => {}).end(options.input ?? '')
    const status = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject).on('close', resolve)
    })
    return program === LAUNCHER ? held(args, { status, ...output }) : { status, ...output }
  }

  remove(): void {
    rmSync(dirname(this.folder), { recursive: true, force: true })
  }
}
