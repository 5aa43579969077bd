import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Script } from 'node:vm'
import type { Environment } from '../environment.js'
import type * as cli from '../cli/main.js'
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

/** Writes that of the command line, after a scan: the command that stands before every commit. */
export async function writeCommandCache(bundle: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'k3s_vars-build-'))
  try {
    mkdirSync(join(folder, 'group_vars'))
    for (const [path, text] of Object.entries(SCANNED)) writeFileSync(join(folder, path), text)
    const environment = { variables: { HOME: folder }, cwd: folder, home: folder }
    const compiled = compileBundle(bundle, environment)
    const { run } = load<typeof cli>(bundle, compiled.script, createRequire(import.meta.url))
    const told = { write: () => true, on: () => undefined }
    const status = await run(['scan', '--no-open', ...Object.keys(SCANNED)], {
      stdin: process.stdin,
      stdout: told,
      stderr: told,
      environment,
      launcher: '',
      now: () => new Date(),
      randomBytes,
    } as never)
    if (status !== 0) throw new Error(`the sample scan ended with ${status}`)
    writeFileSync(cacheBeside(bundle), sealCache(compiled, true))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Files of each sort of reader, without a finding. */
const SCANNED: Readonly<Record<string, string>> = {
  'group_vars/all.yml':
    'k3s_token: "{{ vault_k3s_token }}"\nk3s: { token: "{{ x }}", args: [--token, "$X"] }\n',
  'main.tf':
    'module "k3s" {\n  token = var.token\n  x = <<-E\n    K3S_TOKEN=${var.t} sh -\n  E\n}\n',
  'join.sh':
    'curl https://get.k3s.io | K3S_TOKEN="$T" sh -\nk3s agent --token "$(cat x)" --server y\n',
  'README.md': 'Set `K3S_TOKEN=<token>`.\n',
}

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

/** Writes that of a kind of store, after a question that nobody answers. */
export async function writeKindCache(bundle: string, spec: object): Promise<void> {
  interface Kind {
    readonly openPlace: (spec: object, environment: Environment) => Place
  }
  interface Place {
    readonly read: (name: string) => Promise<unknown>
  }
  const environment = { variables: {}, cwd: '/', home: undefined }
  const compiled = compileBundle(bundle, environment)
  const { openPlace } = load<Kind>(bundle, compiled.script, createRequire(import.meta.url))
  const asked = openPlace(spec, environment).read('sample')
  if ((await asked.catch(() => undefined)) !== undefined) throw new Error('somebody answers')
  writeFileSync(cacheBeside(bundle), sealCache(compiled, true))
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
