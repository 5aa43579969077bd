// A TLS server with the recorded answers of a real K3s, in a process of its own; ends when its standard input does.
//   recorded-server.ts TOKEN   prints `PORT HASH` once it listens
import { RecordedK3s } from '../support/recorded-k3s.js'

const [serverToken = ''] = process.argv.slice(2)
const server = await RecordedK3s.start({ serverToken })
console.log(`${server.port} ${server.identity.caHash}`)
process.stdin.resume().on('end', () => void server.stop())
