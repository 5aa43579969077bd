// Vault password scripts, run as Ansible runs them (parsing/vault/__init__.py ScriptVaultSecret, ClientScriptVaultSecret).
// What a script prints is a password or may hold one: of a failure only the exit status is told.
import { closeSync, openSync, readSync } from 'node:fs'
import { childVariables } from '../environment.js'
import { VaultError } from '../errors.js'
import type { Environment } from '../environment.js'

const ID_UNKNOWN_STATUS = 2

/** `#!`, ELF, and Mach-O in its forms: what a kernel runs by itself. */
const EXECUTABLE_MAGICS = [
  '2321',
  '7f454c46',
  'feedface',
  'feedfacf',
  'cefaedfe',
  'cffaedfe',
  'cafebabe',
]

export interface ScriptRun {
  readonly path: string
  /** The vault id that a client script is asked for; undefined for a plain script; `''`: no argument. */
  readonly askedId: string | undefined
}

/**
 * What the script prints on stdout, untrimmed. A plain script's stderr passes through, so that it can ask; a client's is
 * dropped. It can read from a terminal on stdin, but not from a pipe, which may be ours to read.
 * @throws VaultError `K3SV_VAULT_SCRIPT`
 */
export function runScript(run: ScriptRun, environment: Environment): Buffer {
  if (isText(run.path)) throw failure(run, 'cannot be run: it has no #! line')
  const { spawnSync } = process.getBuiltinModule('node:child_process')
  const { isatty } = process.getBuiltinModule('node:tty')
  const isClient = run.askedId !== undefined
  const { error, status, signal, stdout } = spawnSync(
    run.path,
    run.askedId ? ['--vault-id', run.askedId] : [],
    {
      cwd: environment.cwd,
      env: childVariables(environment),
      stdio: [isatty(0) ? 'inherit' : 'ignore', 'pipe', isClient ? 'ignore' : 'inherit'],
    },
  )
  if (error) {
    throw failure(
      run,
      `cannot be run: ${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}`,
    )
  }
  if (isClient && status === ID_UNKNOWN_STATUS) {
    throw new VaultError(
      'K3SV_VAULT_SCRIPT',
      `the vault password script ${run.path} has no password for its vault id (exit status 2)`,
      {
        hint: 'store the password where the script looks, or correct the id in vault_identity_list',
      },
    )
  }
  if (status !== 0) {
    throw failure(run, signal ? `was ended by ${signal}` : `failed with exit status ${status}`)
  }
  return stdout
}

/**
 * Whether the kernel cannot run the file by itself. libuv starts programs with execvp, which hands such a file to sh, so
 * a password file with an execute bit by mistake would be run as commands; Ansible stops with "Exec format error".
 */
function isText(path: string): boolean {
  try {
    const start = Buffer.alloc(4)
    const descriptor = openSync(path, 'r')
    try {
      readSync(descriptor, start, 0, start.length, 0)
    } finally {
      closeSync(descriptor)
    }
    return !EXECUTABLE_MAGICS.some((magic) => start.toString('hex').startsWith(magic))
  } catch {
    return false // what cannot be read, sh cannot read either
  }
}

function failure(run: ScriptRun, wrong: string): VaultError {
  return new VaultError('K3SV_VAULT_SCRIPT', `the vault password script ${run.path} ${wrong}`, {
    hint: 'run the script by hand; if it is a plain password file, take its execute bits away',
  })
}
