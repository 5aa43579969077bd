// Real signals to real processes: one line says what is left and how to go on, the process ends by the signal, no child goes on,
// and what the next run finds is whole.
import { chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import type { Server, Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { COMMANDS } from '../../src/cli/commands.js'
import { hold } from '../support/answers.js'
import { runCli } from '../support/cli.js'
import { LAUNCHER, Project } from '../support/project.js'

let project: Project
beforeEach(() => {
  project = new Project()
})
afterEach(() => project.remove())

interface Ended {
  readonly signal: NodeJS.Signals | null
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

interface When {
  readonly signal?: NodeJS.Signals
  readonly isDue?: () => boolean
  readonly environment?: NodeJS.ProcessEnv
}

/** Runs the program and sends it a signal as soon as `isDue`. */
async function interrupt(
  args: readonly string[],
  { signal = 'SIGINT', isDue = () => true, environment = {} }: When = {},
): Promise<Ended> {
  const child = spawn(LAUNCHER, args, {
    cwd: project.folder,
    env: { ...project.environment, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text))
  const timer = setInterval(() => {
    if (!isDue()) return
    clearInterval(timer)
    child.kill(signal)
  }, 10)
  const [status, ended] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) => {
    child.on('close', (...how) => resolve(how))
  })
  clearInterval(timer)
  return { status, signal: ended, ...output }
}

/** An `ansible-inventory` and an `ansible-playbook` that take their time, and write down who they are. */
function slowAnsible(): NodeJS.ProcessEnv {
  for (const name of ['ansible-inventory', 'ansible-playbook', 'ansible-config']) {
    const script = `#!/bin/sh\necho $$ >'${project.path(`bin/${name}.pid`)}'\nexec sleep 30\n`
    chmodSync(project.write(`bin/${name}`, script), 0o755)
  }
  return { PATH: `${project.path('bin')}:${process.env['PATH']}` }
}

function startedPids(): readonly number[] {
  return readdirSync(project.path('bin'))
    .filter((name) => name.endsWith('.pid'))
    .map((name) => Number(readFileSync(project.path(`bin/${name}`), 'utf8')))
    .filter((pid) => pid > 0)
}

function isAlive(pid: number): boolean {
  return existsSync(`/proc/${pid}`) && !/\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
}

/** Waits: a process that was told to end needs a moment. */
async function allGone(pids: readonly number[]): Promise<boolean> {
  for (let tries = 0; tries < 100 && pids.some(isAlive); tries++) {
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return !pids.some(isAlive)
}

test('every command says what an interrupt leaves', () => {
  const silent = COMMANDS.filter(({ interrupted }) => interrupted === undefined)
  expect(silent.map(({ usage }) => usage)).toEqual(['completion <shell>'])
  for (const { interrupted = '' } of COMMANDS) expect(interrupted).not.toMatch(/\n|\.$/)
})

describe.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s', (signal) => {
  test.each([
    ['check', ['check']],
    ['drift', ['drift', 'home', '-i', 'inventory.yml']],
    ['adopt', ['adopt', 'home', '-i', 'inventory.yml']],
    ['token new', ['token', 'new', 'home', '--yes', '-i', 'inventory.yml']],
    ['ca new', ['ca', 'new', 'home']],
  ])('ends %s, and the Ansible that it waits for', async (words, args) => {
    project.write('inventory.yml', 'all: { hosts: { one: {} } }\n')
    if (words !== 'token new') {
      const made = runCli(project, ['token', 'new', 'home', '--yes', '--assume-new'])
      expect(made.stderr).toBe('')
    }
    const environment = slowAnsible()
    const told = await interrupt(args, {
      signal,
      environment,
      isDue: () => startedPids().length > 0,
    })
    expect(told).toMatchObject({ status: null, signal, stdout: '' })
    expect(told.stderr).toMatch(/^k3s_vars: interrupted[^\n]*: [^\n]+\n$/)
    expect(await allGone(startedPids())).toBe(true)
    if (words === 'token new') expect(existsSync(project.path('k3s_tokens/home.yml'))).toBe(false)
  })
})

describe('a cluster that never answers', () => {
  let server: Server
  const open: Socket[] = []
  beforeEach(async () => {
    server = createServer((socket) => void open.push(socket))
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as { port: number }
    project.write('k3s_vars.yml', `clusters: { home: { endpoint: "127.0.0.1:${port}" } }\n`)
  })
  afterEach(() => {
    for (const socket of open.splice(0)) socket.destroy()
    server.close()
  })

  test('is no reason to wait: verify tells how far it was, in JSON too', async () => {
    const hash = 'a'.repeat(64)
    const token = `K10${hash}::server:Zm9vYmFyYmF6cXV4cXV1eGNvcmdlZ3JhdWx0Z2FycGx5`
    const adopted = runCli(project, ['token', 'import', 'home', '--stdin', '--offline'], {
      input: token,
    })
    expect(adopted.stderr).toBe('')
    const isDue = (): boolean => open.length > 0
    const { stderr } = await interrupt(['verify'], { isDue })
    expect(stderr).toBe(
      'k3s_vars: interrupted while verifying, 0 of 1 done: nothing was changed but what --pin has kept; run it again\n',
    )
    open.length = 0
    const json = await interrupt(['verify', '--json'], { isDue })
    const document = JSON.parse(json.stderr) as object
    hold(document)
    expect(document).toMatchObject({ signal: 'SIGINT', label: 'verifying', done: 0, total: 1 })
  })
})

describe('a Git server that never answers', () => {
  let server: Server
  const open: Socket[] = []
  let port: number
  beforeEach(async () => {
    server = createServer((socket) => void open.push(socket.on('error', () => undefined)))
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
    ;({ port } = server.address() as { port: number })
    const store = `{ git: { remote: 'ssh://127.0.0.1:${port}/x', timeout: 60 } }`
    project.write('k3s_vars.yml', `clusters: { home: { store: ${store} } }\n`)
  })
  afterEach(() => {
    for (const socket of open.splice(0)) socket.destroy()
    server.close()
  })

  /** Git and ssh, which have sessions of their own, so that nobody but us tells them to end. */
  const askers = (): readonly number[] =>
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .filter((pid) => {
        try {
          const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
          return line.includes(`127.0.0.1:${port}/x`) || line.includes(`-p ${port} 127.0.0.1`)
        } catch {
          return false
        }
      })
      .map(Number)

  /** For whoever looks at what is left. */
  const lineOf = (pid: number): string =>
    existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, 'utf8') : ''

  test.each(
    (['SIGINT', 'SIGTERM', 'SIGHUP'] as const).flatMap((signal) =>
      [
        ['store', 'show'],
        ['store', 'copy', '--to', 'elsewhere'],
        ['token', 'show'],
        ['--list'],
        ['--plugins'],
      ].map((args) => [signal, args] as const),
    ),
  )('is not waited for after %s by %j, nor by its children', async (signal, args) => {
    let asking: readonly number[] = []
    const isDue = (): boolean => {
      asking = askers()
      return open.length > 0 && asking.length > 1
    }
    const told = await interrupt(args, { signal, isDue })
    expect(told).toMatchObject({ status: null, signal, stdout: '' })
    // Ansible tells a person that its source was interrupted; everything else does so itself.
    expect(told.stderr).toMatch(
      args[0]!.startsWith('--') ? /^$/ : /^k3s_vars: interrupted[^\n]*: [^\n]+\n$/,
    )
    expect(asking.length).toBeGreaterThan(1)
    await allGone(asking)
    expect(askers().map(lineOf)).toEqual([])
  })
})

describe('many files', () => {
  const COUNT = 300
  beforeEach(() => {
    for (let number = 0; number < COUNT; number++) {
      project.write(
        `group_vars/g${number}.yml`,
        `# ${number}\ntoken: Zm9vYmFyYmF6cXV4cXV1eGNvcmdlZ3JhdWx0Z2FycGx5\n`,
      )
    }
  })

  const sealed = (): number =>
    readdirSync(project.path('group_vars')).filter(
      (name) =>
        // Those beside them come and go.
        !name.startsWith('.') &&
        readFileSync(project.path(`group_vars/${name}`), 'utf8').includes('$ANSIBLE_VAULT'),
    ).length

  test('are each old or new, the line counts them, and the next run goes on', async () => {
    const isDue = (): boolean => sealed() > 5
    const { stderr, signal } = await interrupt(['vault', 'encrypt', '--inline', 'group_vars'], {
      isDue,
    })
    expect(signal).toBe('SIGINT')
    const told =
      /^k3s_vars: interrupted while encrypting, (\d+) of 300 done: each file is the old one or the new one; run it again to go on\n$/.exec(
        stderr,
      )
    expect(told).not.toBeNull()
    const done = sealed()
    expect(done).toBeLessThan(COUNT)
    expect(Math.abs(done - Number(told![1]))).toBeLessThan(40)
    expect(readdirSync(project.path('group_vars'))).toHaveLength(COUNT)
    const again = runCli(project, ['vault', 'encrypt', '--inline', 'group_vars'])
    expect([again.status, sealed()]).toEqual([0, COUNT])
  })

  test('do not keep a scan from ending', async () => {
    const long = 'token: Zm9vYmFyYmF6cXV4cXV1eGNvcmdlZ3JhdWx0Z2FycGx5\n'.repeat(4000)
    for (let number = 0; number < 100; number++) project.write(`long/f${number}.yml`, long)
    // A process that is still starting ends without a word, as any does; so later and later, until it was heard.
    let told = ''
    for (let delay = 700; told === '' && delay < 30_000; delay *= 2) {
      const begun = Date.now()
      const isDue = (): boolean => Date.now() - begun > delay
      const { signal, stdout, stderr } = await interrupt(['scan', '--no-open', 'long'], { isDue })
      expect([signal, stdout]).toEqual(['SIGINT', ''])
      told = stderr
    }
    expect(told).toMatch(
      /^k3s_vars: interrupted while scanning, \d+ of 100 done: nothing was changed; run it again\n$/,
    )
  })
})
