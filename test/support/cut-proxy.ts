// A line between a client and a server that can be cut at the worst moment. What goes over it is never looked at: it is TLS.
import { createServer, connect } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'

export class CutProxy {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  readonly #delay: number
  #isCut = false
  #isSilent = false

  /** @param delay milliseconds that answers are on their way */
  private constructor(to: number, delay: number) {
    this.#delay = delay
    this.#server = createServer((client) => {
      const server = connect(to, '127.0.0.1')
      for (const socket of [client, server]) {
        this.#sockets.add(socket)
        socket.on('error', () => undefined)
      }
      client.on('data', (bytes) => {
        if (!this.#isSilent) server.write(bytes)
      })
      server.on('data', (bytes) => {
        setTimeout(() => {
          if (this.#isCut) client.destroy()
          else client.write(bytes)
        }, this.#delay)
      })
      client.on('close', () => server.destroy())
      server.on('close', () => client.destroy())
    })
  }

  static async start(to: number, delay = 0): Promise<CutProxy> {
    const proxy = new CutProxy(to, delay)
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve))
    return proxy
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  /** From now on what is asked arrives, and instead of the answer the connection ends. */
  cut(): void {
    this.#isCut = true
  }

  /** From now on connections stay open, and nothing arrives. */
  silence(): void {
    this.#isSilent = true
  }

  mend(): void {
    this.#isCut = false
    this.#isSilent = false
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}
