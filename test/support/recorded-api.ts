// A TLS server that gives the answers of a real K3s' API, which test/vectors/k3s-api-bootstrap.json recorded by test/k3s/bootstrap.test.ts,
// and none that was not recorded: such a request is cut off. What differs: the CA is made here, and the list has what was made.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { makeIdentity } from './recorded-k3s.js'
import type { Identity } from './recorded-k3s.js'

interface Recorded {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

const { answers } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../vectors/k3s-api-bootstrap.json'), 'utf8'),
) as { answers: Readonly<Record<string, Recorded>> }

const SECRETS = '/api/v1/namespaces/kube-system/secrets'
const LIST = `${SECRETS}?fieldSelector=${encodeURIComponent('type=bootstrap.kubernetes.io/token')}`

interface Made {
  readonly metadata: { readonly name: string }
}

export class RecordedApi {
  readonly identity: Identity = makeIdentity()
  /** Method, path and the header of the credential. */
  readonly requests: (readonly [string, string, string | undefined])[] = []
  /** The Secrets that were sent and not deleted. */
  readonly secrets: Made[] = []
  /** The status that every question is answered with; absent: as recorded. */
  refusal: number | undefined
  readonly #bearer: string
  readonly #server

  constructor(bearer: string) {
    this.#bearer = bearer
    const { key, certificate } = this.identity
    this.#server = createServer({ key, cert: certificate }, (request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => this.#answer(request, response, Buffer.concat(chunks).toString()))
    })
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return `https://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #answer(
    { method = '', url = '', headers, socket }: IncomingMessage,
    response: ServerResponse,
    text: string,
  ): void {
    this.requests.push([method, url, headers.authorization])
    const give = (status: number, body: string): void => void response.writeHead(status).end(body)
    const recorded = (name: string, change: object = {}): void => {
      const { status, body } = answers[name]!
      give(status, JSON.stringify({ ...body, ...change }))
    }
    if (url === '/cacerts') return give(200, this.identity.ca)
    if (this.refusal !== undefined) return give(this.refusal, '{}')
    if (headers.authorization !== `Bearer ${this.#bearer}`) return recorded('unauthorized')
    if (method === 'POST' && url === SECRETS) {
      const made = JSON.parse(text) as Made
      if (this.#indexOf(made.metadata.name) >= 0) return recorded('exists')
      this.secrets.push(made)
      return recorded('created', made)
    }
    if (method === 'GET' && url === LIST) return recorded('list', { items: this.secrets })
    if (method === 'DELETE' && url.startsWith(`${SECRETS}/`)) {
      const index = this.#indexOf(url.slice(SECRETS.length + 1))
      if (index < 0) return recorded('absent')
      this.secrets.splice(index, 1)
      return recorded('deleted')
    }
    socket.destroy()
  }

  #indexOf(name: string): number {
    return this.secrets.findIndex(({ metadata }) => metadata.name === name)
  }
}
