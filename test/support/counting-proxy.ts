// A web server over TLS in front of a real one, which sees how many requests are under way, and can say that they are too many.
import { readFileSync } from 'node:fs'
import { Agent, createServer, request } from 'node:https'
import type { AddressInfo, Server } from 'node:net'
import type { Certificate } from './certificates.js'

export interface CountingOptions {
  readonly shown: Certificate
  /** PEM file of the CA of the real server, which listens on `port` of this machine. */
  readonly ca: string
  readonly port: number
  /** Milliseconds that each request takes besides. */
  readonly delay?: number
  /** Headers of a 429 for the request of this number; undefined lets it through. */
  readonly refuse?: (number: number) => Readonly<Record<string, string>> | undefined
}

export class CountingProxy {
  readonly #server: Server
  readonly #agent: Agent
  /** Requests so far, those of them that were refused, the most that were under way at once, and connections. */
  requests = 0
  refused = 0
  most = 0
  connections = 0
  /** When each request came: `performance.now()`. */
  readonly times: number[] = []
  #underWay = 0

  private constructor({ shown, ca, port, delay = 0, refuse }: CountingOptions) {
    this.#agent = new Agent({ keepAlive: true, ca: readFileSync(ca) })
    const server = createServer(
      { cert: readFileSync(shown.cert), key: readFileSync(shown.key) },
      (near, answer) => {
        const number = this.requests++
        this.times.push(performance.now())
        this.most = Math.max(this.most, ++this.#underWay)
        // Before the last bytes leave, behind which the client may send its next request at once.
        let isOver = false
        const over = (): void => {
          if (!isOver) this.#underWay--
          isOver = true
        }
        answer.on('close', over)
        const headers = refuse?.(number)
        if (headers !== undefined) {
          this.refused++
          over()
          near.resume()
          answer.writeHead(429, headers).end('{"errors":["too many"]}')
          return
        }
        const { method, url: path, headers: given } = near
        const far = request(
          { host: '127.0.0.1', port, method, path, headers: given, agent: this.#agent },
          (response) => {
            setTimeout(() => {
              answer.writeHead(response.statusCode!, response.headers)
              response.on('end', over)
              response.pipe(answer)
            }, delay)
          },
        )
        far.on('error', () => answer.destroy())
        near.pipe(far)
      },
    )
    server.on('secureConnection', () => this.connections++)
    this.#server = server
  }

  static async start(options: CountingOptions): Promise<CountingProxy> {
    const proxy = new CountingProxy(options)
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve))
    return proxy
  }

  get address(): string {
    return `https://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async stop(): Promise<void> {
    this.#agent.destroy()
    const server = this.#server as Server & { closeAllConnections(): void }
    const closed = new Promise((resolve) => server.close(resolve))
    server.closeAllConnections()
    await closed
  }
}
