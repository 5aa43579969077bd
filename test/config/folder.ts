import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Config } from '../../src/config/config.js'
import { loadConfig } from '../../src/config/load.js'
import { ConfigError } from '../../src/errors.js'
import { environmentIn } from '../support/environment.js'

export type Files = Readonly<Record<string, string>>

/** Runs `body` in a folder of its own that holds the files. */
export function inFolder<T>(files: Files, body: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'k3s_vars-config-'))
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), text)
    }
    return body(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The configuration of a folder with these files; text alone is `k3s_vars.yml`. */
export function load(files: Files | string): Config {
  const named = typeof files === 'string' ? { 'k3s_vars.yml': files } : files
  return inFolder(named, (cwd) => loadConfig({ environment: environmentIn(cwd) }))
}

/** What is told of an error, with the file relative to its folder. */
export interface Told {
  readonly code: string
  readonly message: string
  readonly hint: string | undefined
  readonly file: string | undefined
  readonly line: number | undefined
  readonly column: number | undefined
  readonly key: string | undefined
}

/** The error that the files lead to. */
export function refusal(files: Files | string): Told {
  const named = typeof files === 'string' ? { 'k3s_vars.yml': files } : files
  return inFolder(named, (cwd) => tell(() => loadConfig({ environment: environmentIn(cwd) }), cwd))
}

/** The ConfigError that `body` throws. */
export function tell(body: () => unknown, folder: string): Told {
  try {
    body()
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    const { code, message, hint, location } = error
    const { line, column, key } = location ?? {}
    const file = location?.file?.replace(`${folder}/`, '')
    return { code, message, hint, file, line, column, key }
  }
  throw new Error('nothing was refused')
}
