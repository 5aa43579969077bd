// A real K3s server without an agent, on ports of its own, that can be stopped and started again with another token. It needs
// neither root nor Ansible, unlike a world of hosts (world/world.ts). It ends with the test, however that ends: by a signal when its
// parent dies, and by a time limit.
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from '@jest/globals'
import { findK3s } from './find-k3s.js'

/** The binary; undefined where no real K3s can be tried. */
export const K3S_BINARY = findK3s()

/** Tests that need a real K3s; where there is none, one line says so. */
export function describeReal(title: string, tests: () => void): void {
  if (K3S_BINARY === undefined)
    test.skip(`${title}: skipped for want of k3s on PATH or in K3S_BINARY`, () => undefined)
  else describe(title, tests)
}

/** A server without nodes, with as little around it as K3s can do with. */
const ARGUMENTS = [
  'server',
  ...['--bind-address', '127.0.0.1', '--node-ip', '127.0.0.1', '--advertise-address', '127.0.0.1'],
  ...['--disable-agent', '--disable-scheduler', '--disable-cloud-controller'],
  ...['--disable-kube-proxy', '--disable-network-policy', '--disable-helm-controller'],
  ...['--flannel-backend', 'none', '--egress-selector-mode', 'disabled'],
  ...['--disable', 'coredns,servicelb,traefik,local-storage,metrics-server'],
  '--kube-apiserver-arg=bind-address=127.0.0.1',
]

const LIMIT_SECONDS = 600
/** Some ports of a server are always the same, so of several tests one waits for the other. */
const LOCK = join(tmpdir(), 'k3s_vars-on-ports.lock')
/** It takes eight seconds on an idle machine. */
const START_MILLISECONDS = 280_000

export interface K3sOptions {
  readonly token: string
  readonly agentToken?: string
  /** Absent: a new folder, which goes when the server is removed. */
  readonly folder?: string
  readonly more?: readonly string[]
}

export class K3sOnPorts {
  readonly folder: string
  readonly port: number
  #options: K3sOptions
  #process: ChildProcess | undefined

  private constructor(options: K3sOptions, port: number) {
    this.#options = options
    this.port = port
    this.folder = options.folder ?? mkdtempSync(join(tmpdir(), 'k3s_vars-real-'))
  }

  /** Starts one and waits until it is up. */
  static async start(options: K3sOptions): Promise<K3sOnPorts> {
    const server = new K3sOnPorts(options, await freePort())
    await server.up()
    return server
  }

  get url(): string {
    return `https://127.0.0.1:${this.port}`
  }

  /** A file of the server's: `token`, `tls/server-ca.crt`. */
  read(name: string): string {
    return readFileSync(join(this.folder, 'data/server', name), 'utf8')
  }

  get kubeconfig(): string {
    return join(this.folder, 'kubeconfig')
  }

  /** What it has told since its last start. */
  get log(): string {
    return readFileSync(join(this.folder, 'log'), 'utf8')
  }

  /** Starts the process, with another token where one is given. */
  async up(changed: Partial<K3sOptions> = {}): Promise<void> {
    this.#options = { ...this.#options, ...changed }
    const { token, agentToken, more = [] } = this.#options
    mkdirSync(this.folder, { recursive: true })
    const args = [
      ...[...ARGUMENTS, '--https-listen-port', String(this.port)],
      ...['--data-dir', join(this.folder, 'data'), '--write-kubeconfig', this.kubeconfig],
      ...more,
    ]
    const log = openSync(join(this.folder, 'log'), 'w')
    const withParent = ['setpriv', '--pdeathsig', 'KILL']
    const alone = ['flock', '--no-fork', LOCK]
    const limited = [
      ...withParent,
      ...alone,
      'timeout',
      String(LIMIT_SECONDS),
      ...withParent,
      K3S_BINARY!,
    ]
    const child = spawn(limited[0]!, [...limited.slice(1), ...args], {
      env: {
        PATH: process.env['PATH'],
        HOME: this.folder,
        K3S_TOKEN: token,
        ...(agentToken !== undefined && { K3S_AGENT_TOKEN: agentToken }),
      },
      stdio: ['ignore', log, log],
    })
    closeSync(log)
    this.#process = child
    try {
      await this.#untilReady(child)
    } catch (error) {
      await this.remove()
      throw error
    }
  }

  async #untilReady(child: ChildProcess): Promise<void> {
    const end = Date.now() + START_MILLISECONDS
    while (Date.now() < end && child.exitCode === null) {
      if (this.log.includes('k3s is up and running')) return
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
    throw new Error(`K3s did not start: ${this.log.slice(-2000)}`)
  }

  /** Ends the process; its data stay. */
  async down(): Promise<void> {
    const child = this.#process
    this.#process = undefined
    if (child === undefined || child.exitCode !== null) return
    // `timeout` hands the signal on.
    child.kill('SIGTERM')
    await once(child, 'exit')
  }

  async remove(): Promise<void> {
    await this.down()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** The apiserver takes the port above. */
async function freePort(): Promise<number> {
  for (;;) {
    const first = await listen(0)
    const { port } = first.address() as AddressInfo
    const second = await listen(port + 1).catch(() => undefined)
    first.close()
    second?.close()
    if (second !== undefined) return port
  }
}

async function listen(port: number): Promise<ReturnType<typeof createServer>> {
  const server = createServer()
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return server
}
