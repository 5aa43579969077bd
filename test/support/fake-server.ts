// A fake: no K3s server can be run in a test. It answers `GET /cacerts` as K3s documents it (a PEM bundle, without credentials);
// nothing else of K3s is imitated.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer as createHttps } from 'node:https'
import { createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type FakeKind = 'k3s' | 'another web server' | 'silence'

/** A server on 127.0.0.1 at a free port. */
export class FakeServer {
  readonly port: number
  readonly #server: Server
  readonly #sockets = new Set<Socket>()

  private constructor(server: Server) {
    this.#server = server
    this.port = (server.address() as AddressInfo).port
    server.on('connection', (socket) => this.#sockets.add(socket))
  }

  static async start(kind: FakeKind): Promise<FakeServer> {
    const { key, cert } = makeCertificate()
    const server: Server =
      kind === 'silence'
        ? createServer()
        : createHttps({ key, cert }, (request, response) => {
            response.statusCode = kind === 'k3s' && request.url === '/cacerts' ? 200 : 404
            response.end(response.statusCode === 200 ? cert : 'not found')
          })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return new FakeServer(server)
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}

function makeCertificate(): { readonly key: string; readonly cert: string } {
  const folder = mkdtempSync(join(tmpdir(), 'k3s_vars-fake-'))
  const [key, cert] = [join(folder, 'key'), join(folder, 'cert')]
  const request = [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-subj',
    '/CN=fake',
    '-days',
    '1',
  ]
  execFileSync('openssl', [...request, '-keyout', key, '-out', cert], { stdio: 'ignore' })
  try {
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
