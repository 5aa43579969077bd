import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** The launcher of this checkout. */
export const LAUNCHER = realpathSync(join(import.meta.dirname, '../../plugins/k3s_vars'))
export const NODE = process.execPath

/** A folder in which everything lies that is timed, with a vault password and an environment that holds nothing else. */
export class Workshop {
  readonly folder: string
  readonly environment: NodeJS.ProcessEnv
  readonly #ends: (() => void)[] = []

  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'k3s_vars-bench-'))
    mkdirSync(join(this.folder, 'home'))
    this.environment = {
      PATH: process.env['PATH'],
      HOME: join(this.folder, 'home'),
      LC_ALL: 'C.UTF-8',
      ANSIBLE_VAULT_PASSWORD_FILE: this.write('password', 'bench password\n'),
    }
  }

  /** Writes a file for its owner alone and answers its path. */
  write(name: string, text: string): string {
    const file = join(this.folder, name)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text, { mode: 0o600 })
    return file
  }

  /** The environment with a configuration of this text. */
  configured(name: string, text: string): NodeJS.ProcessEnv {
    return { ...this.environment, K3S_VARS_CONFIG: this.write(name, text) }
  }

  /** What our inventory source answers. */
  list(environment: NodeJS.ProcessEnv): string {
    return execFileSync(LAUNCHER, ['--list'], {
      env: environment,
      cwd: this.folder,
      encoding: 'utf8',
      maxBuffer: 1 << 30,
    })
  }

  /** Has something done before the folder goes. */
  onRemove(end: () => void): void {
    this.#ends.push(end)
  }

  remove(): void {
    for (const end of this.#ends) end()
    rmSync(this.folder, { recursive: true, force: true })
  }
}
