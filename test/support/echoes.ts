// Stand-ins for servers that are out of order in the worst way: whatever they get, secrets of the connection included, comes back
// in every place of an answer that a client could quote. Real servers are nearly so: OpenBao's errors quote requests.
import { createServer } from 'node:https'
import { createServer as createHttp2 } from 'node:http2'
import type { ServerHttp2Stream } from 'node:http2'
import type { AddressInfo, Server, Socket } from 'node:net'
import { readFileSync } from 'node:fs'
import type { Certificate } from './certificates.js'

/** What a web server makes of a request; `heard` has all of it. */
export type WebAnswer = (heard: string) => {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly text: string
  /** The connection ends behind so many bytes, though more were promised. */
  readonly cutAfter?: number
}

export class Echo {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  /** Requests so far. */
  readonly heard: string[] = []

  private constructor(server: Server) {
    this.#server = server
    server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket)
      socket.on('error', () => undefined).on('close', () => this.#sockets.delete(socket))
    })
  }

  /** In the place of an OpenBao, over TLS. */
  static async web({ cert, key }: Certificate, answer: WebAnswer): Promise<Echo> {
    const server = createServer(
      { cert: readFileSync(cert), key: readFileSync(key) },
      (request, response) => {
        const chunks: Buffer[] = []
        request.on('data', (chunk: Buffer) => chunks.push(chunk))
        request.on('end', () => {
          const heard = `${request.url} ${request.rawHeaders.join(' ')} ${Buffer.concat(chunks).toString()}`
          echo.heard.push(heard)
          const { status, headers, text, cutAfter } = answer(heard)
          response.writeHead(status, { 'Content-Length': Buffer.byteLength(text), ...headers })
          if (cutAfter === undefined) response.end(text)
          else response.write(text.slice(0, cutAfter), () => request.socket.destroy())
        })
      },
    )
    const echo = new Echo(server)
    return echo.#listen()
  }

  /** In the place of an etcd: gRPC's status and message, or an answer of these bytes. */
  static async grpc(status: number): Promise<Echo> {
    const server = createHttp2()
    const echo = new Echo(server)
    server.on('sessionError', () => undefined)
    server.on('stream', (stream: ServerHttp2Stream, headers) => {
      const chunks: Buffer[] = []
      stream.on('error', () => undefined)
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const body = Buffer.concat(chunks)
        const heard = `${JSON.stringify(headers)} ${body.toString('latin1')}`
        echo.heard.push(heard)
        const trailers = {
          'grpc-status': String(status),
          'grpc-message': encodeURIComponent(heard),
        }
        stream.respond({ 'content-type': 'application/grpc+proto' }, { waitForTrailers: true })
        stream.on('wantTrailers', () => stream.sendTrailers(trailers))
        // What was sent is no answer, and stands there as one.
        stream.end(status === 0 ? body : undefined)
      })
    })
    return echo.#listen()
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  async #listen(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return this
  }
}
