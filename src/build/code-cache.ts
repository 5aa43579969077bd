import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Script } from 'node:vm'
import type { Environment } from '../environment.js'
import type * as source from '../source/main.js'
import { cacheBeside, compileBundle, load, sealCache } from '../source/code-cache.js'

type Source = typeof source

/** With the options that people set, because the functions that check them go into the cache, too. */
const SAMPLE = `clusters:
  sample:
    role: k3s-io
    agent_token: false
    probe: false
    emit: plain
    store: k3s_tokens
    vars: { k3s_version: v1.34.2+k3s1, api_port: 6443 }
    hosts: { server: ["s[1:3]"], agent: { a1: { x: 1 } } }
`

/**
 * Writes V8's code cache beside the bundle of the inventory source, made after a real mint and a real list, so that it
 * holds the functions that a run needs.
 */
export async function writeCodeCache(starter: string, bundle: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'k3s_vars-build-'))
  try {
    const file = join(folder, 'k3s_vars.yml')
    mkdirSync(join(folder, 'home'))
    writeFileSync(join(folder, 'password'), 'only for the build')
    writeFileSync(join(folder, 'ansible.cfg'), '[defaults]\nvault_password_file = password\n')
    writeFileSync(file, SAMPLE)
    const variables = { HOME: join(folder, 'home'), NODE_DISABLE_COMPILE_CACHE: '1' }
    // Minting is rare: in a process of its own its functions do not make the cache of every start larger.
    execFileSync(process.execPath, [starter, '', '--list'], { env: variables, cwd: folder })
    const environment = { variables, cwd: folder, home: variables.HOME }
    const compiled = compileBundle(bundle, environment)
    await list(bundle, compiled.script, environment)
    writeFileSync(cacheBeside(bundle), sealCache(compiled, true))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function list(bundle: string, script: Script, environment: Environment): Promise<void> {
  const require = createRequire(import.meta.url)
  const { main } = load<Source>(bundle, script, require)
  let errors = ''
  const write = (descriptor: number, text: string): void => {
    if (descriptor === 2) errors += text
  }
  const status = await main({ arguments: ['--list'], launcher: '', environment }, write)
  if (status !== 0) throw new Error(`the sample run ended with ${status}: ${errors}`)
}
