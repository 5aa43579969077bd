// Ports of this machine at which something else than K3s answers, or nothing: no fakes, each is a real server of its kind.
import { createServer as createHttp } from 'node:http'
import { createServer as createHttps } from 'node:https'
import { createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import { makeIdentity } from './recorded-k3s.js'

export type Listener =
  /** An HTTPS server that answers everything with this status. */
  | number
  /** An HTTPS server with a page at every path. */
  | 'page'
  | 'plain HTTP'
  /** Takes the connection and says nothing. */
  | 'silence'
  /** Takes the connection and ends it. */
  | 'hangs up'

const open: { readonly server: Server; readonly sockets: Set<Socket> }[] = []
let identity: ReturnType<typeof makeIdentity> | undefined

/** Starts a server and answers its port. */
export async function listen(kind: Listener, address = '127.0.0.1'): Promise<number> {
  const server = make(kind)
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => sockets.add(socket.on('error', () => {})))
  open.push({ server, sockets })
  await new Promise<void>((resolve) => server.listen(0, address, resolve))
  return (server.address() as AddressInfo).port
}

/** A port at which nobody listens: one that was free a moment ago. */
export async function closedPort(): Promise<number> {
  const port = await listen('silence')
  await stop(open.pop()!)
  return port
}

export async function stopListening(): Promise<void> {
  await Promise.all(open.splice(0).map(stop))
}

async function stop({ server, sockets }: (typeof open)[number]): Promise<void> {
  for (const socket of sockets) socket.destroy()
  await new Promise((resolve) => server.close(resolve))
}

function make(kind: Listener): Server {
  if (kind === 'silence') return createServer()
  if (kind === 'hangs up') return createServer((socket) => socket.end())
  if (kind === 'plain HTTP') return createHttp((_, response) => response.end('hello'))
  const { key, certificate } = (identity ??= makeIdentity())
  return createHttps({ key, cert: certificate }, (_, response) => {
    response.statusCode = kind === 'page' ? 200 : kind
    response.end('<html>hello</html>')
  })
}
