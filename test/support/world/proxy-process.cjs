// Stands between a client and a server of K3s and ends TLS with a certificate of its own: proxy-process.cjs PORT TARGET FOLDER MODE. The
// folder has key.pem and cert.pem. `pass` hands everything on, `own-ca` answers /cacerts with its certificate, `slow` never answers,
// `cut` ends each connection at the first byte. Every request is a line of JSON on standard output: path, and whether a password
// came with it.
const { readFileSync } = require('node:fs')
const https = require('node:https')
const { join } = require('node:path')

const [port, target, folder, mode] = process.argv.slice(2)
const read = (name) => readFileSync(join(folder, name))

const server = https.createServer({ key: read('key.pem'), cert: read('cert.pem') })
server.on('request', (request, response) => {
  const { url, headers, method } = request
  const hasPassword = headers.authorization !== undefined
  process.stdout.write(`${JSON.stringify({ path: url, hasPassword })}\n`)
  if (mode === 'slow') return
  if (mode === 'cut') return request.socket.destroy()
  if (mode === 'own-ca' && url === '/cacerts') return response.end(read('cert.pem'))
  const options = { method, headers, rejectUnauthorized: false }
  const onward = https.request(`https://${target}${url}`, options, (answer) => {
    response.writeHead(answer.statusCode, answer.headers)
    answer.pipe(response)
  })
  onward.on('error', () => request.socket.destroy())
  request.pipe(onward)
})
process.stdin.resume().on('end', () => {
  server.close()
  server.closeAllConnections()
})
server.listen(Number(port), () => process.stdout.write('{"path": "ready"}\n'))
