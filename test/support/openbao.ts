// A real OpenBao on a port of this machine: over TLS, sealed and unsealed as an operator does it, with an audit log.
import { execFileSync, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { TestCa } from './certificates.js'
import type { Certificate } from './certificates.js'

const PRIVATE = join(import.meta.dirname, '../../.cache/openbao/bao')

/** The program `bao`: one that was named, the one that `test/run` has made, or one on PATH; undefined where there is none. */
export function findOpenBao(): string | undefined {
  const onPath = (process.env['PATH'] ?? '').split(':').map((folder) => join(folder, 'bao'))
  return [process.env['BAO_BINARY'], PRIVATE, ...onPath].find((file) => file && existsSync(file))
}

/** Why a test is skipped where there is none. */
export const NO_OPENBAO = 'no bao: test/run brings it'

export interface OpenBaoOptions {
  /** What the server shows in place of a certificate for 127.0.0.1 and localhost. */
  readonly certificate?: (ca: TestCa) => Certificate
}

export interface BaoAnswer {
  readonly status: number
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test knows what it asks for
  readonly body: Readonly<Record<string, any>>
}

export class OpenBao {
  readonly ca: TestCa
  readonly port: number
  readonly #folder: string
  readonly #program: string
  #process: ChildProcess | undefined
  #key = ''
  /** The root token. */
  token = ''

  private constructor(ca: TestCa, port: number, folder: string) {
    this.ca = ca
    this.port = port
    this.#folder = folder
    this.#program = findOpenBao()!
  }

  /** Started, unsealed, with KV version 2 at `secret`. */
  static async start(options: OpenBaoOptions = {}): Promise<OpenBao> {
    const ca = new TestCa()
    const folder = mkdtempSync(join(tmpdir(), 'k3s_vars-openbao-'))
    const bao = new OpenBao(ca, await freePort(), folder)
    bao.#configure(options)
    await bao.#launch()
    const { body } = await bao.ask('POST', 'sys/init', { secret_shares: 1, secret_threshold: 1 })
    bao.#key = body['keys_base64'][0] as string
    bao.token = body['root_token'] as string
    await bao.unseal()
    await bao.ask('POST', 'sys/mounts/secret', { type: 'kv', options: { version: '2' } })
    while ((await bao.ask('GET', 'secret/config')).status !== 200) await sleep(20)
    return bao
  }

  get address(): string {
    return `https://127.0.0.1:${this.port}`
  }

  get auditLog(): string {
    return readFileSync(join(this.#folder, 'audit.log'), 'utf8')
  }

  /** What the program `bao` needs to be used as root, and nothing else. */
  get variables(): Readonly<Record<string, string>> {
    return {
      PATH: `${dirname(this.#program)}:${process.env['PATH'] ?? ''}`,
      HOME: this.#folder,
      BAO_ADDR: this.address,
      BAO_CACERT: this.ca.cert,
      BAO_TOKEN: this.token,
    }
  }

  /** Runs commands as an operator would, and answers what they print. */
  run(commands: string, variables: Readonly<Record<string, string>> = {}): string {
    const env = { ...this.variables, ...variables }
    return execFileSync('sh', ['-eu', '-c', commands], {
      env,
      cwd: this.#folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  }

  /** Asks as root. */
  ask(method: string, path: string, body?: object): Promise<BaoAnswer> {
    return askBao(this, { method, path, body, token: this.token })
  }

  async seal(): Promise<void> {
    await this.ask('POST', 'sys/seal')
  }

  async unseal(): Promise<void> {
    await this.ask('POST', 'sys/unseal', { key: this.#key })
    // It answers before it has read everything.
    while ((await this.ask('GET', 'auth/token/lookup-self')).status !== 200) await sleep(20)
  }

  /** Ends it at once, as a power cut does, and starts it again, sealed. */
  async crash(): Promise<void> {
    await this.#end('SIGKILL')
    await this.#launch()
  }

  async stop(): Promise<void> {
    await this.#end('SIGKILL')
    rmSync(this.#folder, { recursive: true, force: true })
    this.ca.remove()
  }

  #configure({ certificate }: OpenBaoOptions): void {
    const data = join(this.#folder, 'data')
    mkdirSync(data)
    const { cert, key } =
      certificate?.(this.ca) ?? this.ca.sign('openbao', 'IP:127.0.0.1,DNS:localhost')
    const lines = [
      `storage "raft" { path = "${data}" node_id = "one" }`,
      `listener "tcp" { address = "127.0.0.1:${this.port}" tls_cert_file = "${cert}" tls_key_file = "${key}" tls_client_ca_file = "${this.ca.cert}" }`,
      `api_addr = "${this.address}"`,
      'cluster_addr = "https://127.0.0.1:0"',
      `audit "file" "all" { options { file_path = "${join(this.#folder, 'audit.log')}" } }`,
    ]
    writeFileSync(join(this.#folder, 'server.hcl'), `${lines.join('\n')}\n`)
  }

  async #launch(): Promise<void> {
    const args = ['server', '-log-level=error', `-config=${join(this.#folder, 'server.hcl')}`]
    this.#process = spawn(this.#program, args, { stdio: 'ignore', env: { HOME: this.#folder } })
    for (let tries = 0; tries < 300; tries++) {
      const answer = await this.ask('GET', 'sys/seal-status').catch(() => undefined)
      if (answer?.status === 200) return
      await sleep(50)
    }
    throw new Error('OpenBao did not start')
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process!
    if (child.exitCode !== null || child.signalCode !== null) return
    await new Promise((resolve) => {
      child.once('exit', resolve)
      child.kill(signal)
    })
  }
}

interface Asked {
  readonly method: string
  readonly path: string
  readonly body?: object | undefined
  readonly token?: string
}

/** One question over a connection of its own. */
export function askBao(
  bao: Pick<OpenBao, 'ca' | 'port'>,
  { method, path, body, token }: Asked,
): Promise<BaoAnswer> {
  const text = body === undefined ? undefined : JSON.stringify(body)
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port: bao.port,
        path: `/v1/${path}`,
        method,
        agent: false,
        ca: readFileSync(bao.ca.cert),
        // Whatever the server shows: what is tested is who else believes it.
        checkServerIdentity: () => undefined,
        headers: {
          ...(token && { 'X-Vault-Token': token }),
          ...(text !== undefined && { 'Content-Length': Buffer.byteLength(text) }),
        },
      },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => {
          const received = Buffer.concat(chunks).toString()
          resolve({
            status: response.statusCode!,
            body: received === '' ? {} : JSON.parse(received),
          })
        })
      },
    )
    sent.on('error', reject)
    sent.end(text)
  })
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
