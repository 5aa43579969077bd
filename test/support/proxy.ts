// A wire that can be cut: a TCP proxy in front of a real server.
import { connect, createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'

/** Milliseconds in which a server has surely done what it was asked for, though nobody hears it. */
const DONE_BY = 300

export class Proxy {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  #cut: 'no' | 'armed' | 'done' = 'no'
  /** Connections so far. */
  connections = 0
  /** Bytes that came from the client and went back to it. */
  sent = 0
  received = 0

  private constructor(target: number) {
    this.#server = createServer((near) => {
      this.connections++
      const far = connect(target, '127.0.0.1')
      for (const socket of [near, far]) {
        this.#sockets.add(socket)
        socket.on('error', () => undefined)
      }
      near.on('data', (bytes) => {
        this.sent += bytes.length
        far.write(bytes)
      })
      far.on('data', (bytes) => {
        if (this.#cut === 'armed') {
          setTimeout(() => {
            this.#cut = 'done'
            near.destroy()
            far.destroy()
          }, DONE_BY)
          return
        }
        this.received += bytes.length
        near.write(bytes)
      })
      near.on('close', () => far.destroy())
      far.on('close', () => near.destroy())
    })
  }

  static async start(target: number): Promise<Proxy> {
    const proxy = new Proxy(target)
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve))
    return proxy
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  /** From now on questions go through and answers do not; a moment after the first lost one the wire is cut, and mended. */
  loseTheNextAnswer(): void {
    this.#cut = 'armed'
  }

  get hasLostAnAnswer(): boolean {
    return this.#cut === 'done'
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}
