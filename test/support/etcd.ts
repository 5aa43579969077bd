// A real etcd, of one member or of three, on ports of this machine.
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Certificate } from './certificates.js'

const PRIVATE = join(import.meta.dirname, '../../.cache/etcd/bin')

/** The folder of `etcd` and `etcdctl`: the one that `test/run` has made, or one on PATH; undefined where there is neither. */
export function findEtcd(): string | undefined {
  const folders = [process.env['ETCD_BIN'], PRIVATE, ...(process.env['PATH'] ?? '').split(':')]
  return folders.find(
    (folder) => folder && ['etcd', 'etcdctl'].every((name) => existsSync(join(folder, name))),
  )
}

/** `describe` where there is an etcd; elsewhere a skipped one that says so. */
export const NO_ETCD = 'no etcd and etcdctl: test/run brings them'

export interface EtcdOptions {
  readonly members?: number
  /** With TLS for clients: its certificate, and the CA of those that clients have to show. */
  readonly tls?: Certificate & { readonly clientCa?: string; readonly ca: string }
  readonly args?: readonly string[]
  /** For one that etcdctl itself would not trust. */
  readonly unchecked?: true
}

interface Member {
  readonly name: string
  readonly port: number
  readonly args: readonly string[]
  process: ChildProcess
}

export class Etcd {
  readonly #members: Member[]
  readonly #folder: string
  readonly #options: EtcdOptions

  private constructor(members: Member[], folder: string, options: EtcdOptions) {
    this.#members = members
    this.#folder = folder
    this.#options = options
  }

  /** Started, and with a leader. */
  static async start(options: EtcdOptions = {}): Promise<Etcd> {
    const folder = mkdtempSync(join(tmpdir(), 'k3s_vars-etcd-'))
    const ports = await freePorts(2 * (options.members ?? 1))
    const scheme = options.tls ? 'https' : 'http'
    const all = Array.from({ length: options.members ?? 1 }, (_, index) => ({
      name: `m${index}`,
      port: ports[2 * index]!,
      peer: `http://127.0.0.1:${ports[2 * index + 1]!}`,
    }))
    const cluster = all.map(({ name, peer }) => `${name}=${peer}`).join(',')
    const members = all.map(({ name, port, peer }): Member => {
      const args = [
        ['--name', name, '--data-dir', join(folder, name)],
        ['--listen-client-urls', `${scheme}://127.0.0.1:${port}`],
        ['--advertise-client-urls', `${scheme}://127.0.0.1:${port}`],
        ['--listen-peer-urls', peer, '--initial-advertise-peer-urls', peer],
        ['--initial-cluster', cluster, '--heartbeat-interval', '50', '--election-timeout', '300'],
        ['--logger', 'zap', '--log-level', 'error', ...(options.args ?? [])],
        options.tls ? ['--cert-file', options.tls.cert, '--key-file', options.tls.key] : [],
        options.tls?.clientCa
          ? ['--client-cert-auth', '--trusted-ca-file', options.tls.clientCa]
          : [],
      ].flat()
      return { name, port, args, process: launch(args) }
    })
    const etcd = new Etcd(members, folder, options)
    if (options.unchecked) await sleep(1500)
    else await etcd.settle()
    return etcd
  }

  get endpoints(): readonly string[] {
    const scheme = this.#options.tls ? 'https' : 'http'
    return this.#members.map(({ port }) => `${scheme}://127.0.0.1:${port}`)
  }

  get ports(): readonly number[] {
    return this.#members.map(({ port }) => port)
  }

  /** Runs etcdctl as an operator does; throws what it says where it fails. */
  ctl(...args: readonly string[]): string {
    return execFileSync(join(findEtcd()!, 'etcdctl'), [...this.#connection(), ...args], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], ETCDCTL_API: '3' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  }

  /** The revision of now. */
  revision(): number {
    const { header } = JSON.parse(this.ctl('get', 'x', '-w', 'json')) as {
      header: { revision: number }
    }
    return header.revision
  }

  /** Puts many keys, in transactions as large as a server takes. */
  putAll(pairs: readonly (readonly [key: string, value: string])[]): void {
    for (let start = 0; start < pairs.length; start += 100) {
      const puts = pairs.slice(start, start + 100).map(([key, value]) => `put ${key} ${value}`)
      execFileSync(join(findEtcd()!, 'etcdctl'), [...this.#connection(), 'txn'], {
        input: `\n${puts.join('\n')}\n\n\n`,
        env: { PATH: process.env['PATH'], ETCDCTL_API: '3' },
        stdio: ['pipe', 'ignore', 'pipe'],
      })
    }
  }

  /** The index of the member that leads. */
  leader(): number {
    return this.#members.findIndex(({ port }) => {
      const { stdout } = this.#ask(port, 'endpoint', 'status', '-w', 'json')
      const [status] = JSON.parse(stdout || '[{}]') as [
        { Status?: { header: { member_id: number }; leader: number } },
      ]
      return status.Status !== undefined && status.Status.header.member_id === status.Status.leader
    })
  }

  signal(member: number, signal: NodeJS.Signals): void {
    this.#members[member]!.process.kill(signal)
  }

  restart(member: number): void {
    const one = this.#members[member]!
    one.process.kill('SIGKILL')
    one.process = launch(one.args)
  }

  /** Waits until every member answers from a quorum. */
  async settle(): Promise<void> {
    for (let tries = 0; tries < 200; tries++) {
      if (this.#members.every(({ port }) => this.#ask(port, 'endpoint', 'health').status === 0))
        return
      await sleep(50)
    }
    throw new Error('etcd did not start')
  }

  async stop(): Promise<void> {
    await Promise.all(
      this.#members.map(async ({ process: child }) => {
        if (child.exitCode !== null || child.signalCode !== null) return
        const ended = new Promise((resolve) => child.once('exit', resolve))
        child.kill('SIGKILL')
        await ended
      }),
    )
    rmSync(this.#folder, { recursive: true, force: true })
  }

  #ask(port: number, ...args: readonly string[]) {
    const scheme = this.#options.tls ? 'https' : 'http'
    return spawnSync(
      join(findEtcd()!, 'etcdctl'),
      [
        ...this.#tls(),
        '--endpoints',
        `${scheme}://127.0.0.1:${port}`,
        '--command-timeout',
        '2s',
        ...args,
      ],
      { encoding: 'utf8', env: { ETCDCTL_API: '3' } },
    )
  }

  #connection(): readonly string[] {
    return [...this.#tls(), '--endpoints', this.endpoints.join(',')]
  }

  #tls(): readonly string[] {
    const { tls } = this.#options
    return tls ? ['--cacert', tls.ca, '--cert', tls.cert, '--key', tls.key] : []
  }
}

function launch(args: readonly string[]): ChildProcess {
  return spawn(join(findEtcd()!, 'etcd'), args, { stdio: 'ignore', env: {} })
}

async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer()
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      return server
    }),
  )
  const ports = servers.map((server) => (server.address() as AddressInfo).port)
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}
