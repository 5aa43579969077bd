// A TLS server that gives the answers of a real K3s server, which test/vectors/k3s-http-responses.json recorded (K3s v1.36.3),
// and none that was not recorded: such a request is cut off and kept, and a test that leaves one has failed. What differs: the CA
// is made here, because the recorded one has no key any more, so wherever the recorded CA was answered this one is. RKE2 was not
// recorded; it runs the same handlers under its own name.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { createServer } from 'node:https'
import type { Server } from 'node:https'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

interface Recorded {
  readonly roles: readonly string[]
  readonly method: string
  readonly path: string
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

const { responses } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../vectors/k3s-http-responses.json'), 'utf8'),
) as { responses: Recorded[] }

/** Node writes these by itself. */
const LENGTHS = ['Content-Length', 'Transfer-Encoding']

/** A path that the supervisor does not know, so that the apiserver answers. */
const UNKNOWN_PATH = '/v1-k3s/nonexistent'

/** A CA and a server certificate of it for this machine, both PEM. */
export interface Identity {
  readonly ca: string
  readonly caHash: string
  readonly key: string
  readonly certificate: string
}

export interface RecordedOptions {
  readonly serverToken: string
  /** Absent: agents join with the server token. */
  readonly agentToken?: string
  readonly identity?: Identity
  /** Absent: any that is free. */
  readonly port?: number
  /**
   * `starting`: 503 for everything, as in the first moments of a start. `apiserver`: what a Kubernetes without supervisor says.
   * `older`: a release whose supervisor knows no `/token`. `not-ready`: its database does not answer yet. `failing`: 500 for
   * whatever needs a password.
   */
  readonly state?: 'ready' | 'starting' | 'apiserver' | 'older' | 'not-ready' | 'failing'
  /** The address; absent: 127.0.0.1. */
  readonly host?: string
  /** What is given out as CA the first, second … time, the last for ever; absent: its own. */
  readonly givesOut?: readonly string[]
}

/** A request as it came in. */
export interface SeenRequest {
  readonly method: string
  readonly path: string
  readonly role: string
  /** The password that it brought. */
  readonly password?: string
}

/** A server on this machine. */
export class RecordedK3s {
  readonly identity: Identity
  readonly requests: SeenRequest[] = []
  /** Requests that no recording answers. */
  readonly unrecorded: SeenRequest[] = []
  readonly #options: RecordedOptions
  readonly #server: Server
  readonly #sockets = new Set<Duplex>()
  #given = 0

  private constructor(options: RecordedOptions, identity: Identity) {
    this.#options = options
    this.identity = identity
    const { key, certificate } = identity
    this.#server = createServer({ key, cert: certificate }, (request, response) =>
      this.#answer(request, response),
    )
    this.#server.on('connection', (socket) => this.#sockets.add(socket))
  }

  static async start(options: RecordedOptions): Promise<RecordedK3s> {
    const server = new RecordedK3s(options, options.identity ?? makeIdentity())
    await new Promise<void>((resolve) =>
      server.#server.listen(options.port ?? 0, options.host ?? '127.0.0.1', resolve),
    )
    return server
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  get url(): string {
    const { host = '127.0.0.1' } = this.#options
    return `https://${host.includes(':') ? `[${host}]` : host}:${this.port}`
  }

  /** Every password that reached the server. */
  get passwords(): readonly string[] {
    return this.requests.flatMap(({ password }) => password ?? [])
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const seen = this.#see(request)
    this.requests.push(seen)
    const { state = 'ready' } = this.#options
    if (state === 'starting') return void response.writeHead(503).end(STARTING)
    const isUnready = state === 'not-ready' && seen.path.endsWith('/encrypt/status')
    if (seen.password !== undefined && (state === 'failing' || isUnready) && isKnown(seen.role))
      return void response.writeHead(500, { connection: 'close' }).end(NOT_READY)
    const found = this.#recordingOf(seen)
    if (found === undefined) {
      this.unrecorded.push(seen)
      request.socket.destroy()
      return
    }
    const isCa = found.body.startsWith('-----BEGIN CERTIFICATE-----')
    const body = isCa ? this.#ca(found.path) : found.body
    const headers = Object.entries(found.headers).filter(([name]) => !LENGTHS.includes(name))
    response.writeHead(found.status, Object.fromEntries(headers)).end(body)
  }

  #recordingOf({ method, path, role }: SeenRequest): Recorded | undefined {
    const { state } = this.#options
    const known = path.replace(/^\/v1-rke2\//, '/v1-k3s/')
    const isUnknown =
      (state === 'apiserver' && known !== '/ping') ||
      (state === 'older' && known === '/v1-k3s/token')
    const asked = isUnknown ? UNKNOWN_PATH : known
    return responses.find(
      (one) => one.method === method && one.path === asked && one.roles.includes(role),
    )
  }

  #ca(path: string): string {
    const { givesOut = [this.identity.ca] } = this.#options
    if (path !== '/cacerts') return this.identity.ca
    return givesOut[Math.min(this.#given++, givesOut.length - 1)]!
  }

  #see({ method = '', url = '', headers }: IncomingMessage): SeenRequest {
    const [scheme, value = ''] = (headers.authorization ?? '').split(' ')
    if (scheme === '') return { method, path: url, role: 'none' }
    if (scheme !== 'Basic') return { method, path: url, role: 'not tried', password: value }
    const [user = '', ...rest] = Buffer.from(value, 'base64').toString('utf8').split(':')
    const password = rest.join(':')
    return { method, path: url, role: this.#roleOf(user, password), password }
  }

  /** By the names of the recording. */
  #roleOf(user: string, password: string): string {
    const { serverToken, agentToken } = this.#options
    if (user === 'server') {
      if (password === serverToken) return 'server'
      return password === agentToken ? 'serverWithAgentPw' : 'wrongserver'
    }
    if (user !== 'node') return 'wronguser'
    if (password === (agentToken ?? serverToken)) return 'node'
    return password === serverToken ? 'nodeWithServerPw' : 'wrongnode'
  }
}

/** Whether a password is that of its user. */
function isKnown(role: string): boolean {
  return role === 'server' || role === 'node'
}

/** Their statuses and messages were recorded (k3s-restart-timeline.json); the rest has the form of every other refusal. */
const NOT_READY = `${JSON.stringify({ kind: 'Status', metadata: {}, status: 'Failure', message: 'Internal error occurred: secret-encrypt error ID 34139', reason: 'InternalError', code: 500 })}\n`
const STARTING = `${JSON.stringify({ kind: 'Status', metadata: {}, status: 'Failure', message: 'starting', reason: 'ServiceUnavailable', code: 503 })}\n`

/** A new CA, and a certificate of it as a program has, for 127.0.0.1, ::1 and localhost unless other names are given. */
export function makeIdentity(
  names = 'IP:127.0.0.1,IP:::1,DNS:localhost',
  program = 'k3s',
  days = 400,
): Identity {
  const folder = mkdtempSync(join(tmpdir(), 'k3s_vars-recorded-'))
  const at = (name: string): string => join(folder, name)
  const openssl = (...args: string[]): void =>
    void execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' })
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  try {
    openssl(
      'req',
      '-x509',
      ...key,
      '-subj',
      `/CN=${program}-server-ca`,
      '-days',
      String(days),
      '-keyout',
      'ca.key',
      '-out',
      'ca.crt',
    )
    const subject = `/O=${program}/CN=${program}`
    openssl('req', ...key, '-subj', subject, '-keyout', 'server.key', '-out', 'server.csr')
    writeFileSync(at('extensions'), `subjectAltName=${names}\nextendedKeyUsage=serverAuth\n`)
    openssl(
      'x509',
      '-req',
      '-in',
      'server.csr',
      '-CA',
      'ca.crt',
      '-CAkey',
      'ca.key',
      '-CAcreateserial',
      '-days',
      '1',
      '-extfile',
      'extensions',
      '-out',
      'server.crt',
    )
    const ca = readFileSync(at('ca.crt'), 'utf8')
    return {
      ca,
      caHash: createHash('sha256').update(ca).digest('hex'),
      key: readFileSync(at('server.key'), 'utf8'),
      certificate: readFileSync(at('server.crt'), 'utf8'),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
