// A client of the API of several servers: client-process.cjs ADDRESS..., with the folder of ca.pem, cert.pem and key.pem in CLIENT. Every 100 ms
// it asks each of them over a new connection for a namespace, until its standard input ends; then it tells, in milliseconds, the longest
// time that each was away, and the longest for which none of them answered.
const { readFileSync } = require('node:fs')
const https = require('node:https')
const { join } = require('node:path')
const { clearInterval, setInterval } = require('node:timers')

const addresses = process.argv.slice(2)
const read = (name) => readFileSync(join(process.env.CLIENT, name))
const identity = { ca: read('ca.pem'), cert: read('cert.pem'), key: read('key.pem') }
const last = new Map()
const longest = new Map()
const open = new Set()
let asked = 0

function succeed(name) {
  const now = Date.now()
  longest.set(name, Math.max(longest.get(name) ?? 0, now - (last.get(name) ?? now)))
  last.set(name, now)
}

function ask(host) {
  asked++
  const options = {
    host,
    port: 6443,
    path: '/api/v1/namespaces/default',
    agent: false,
    timeout: 2000,
    ...identity,
  }
  const request = https.get(options, (answer) => {
    answer.resume()
    if (answer.statusCode === 200) for (const name of [host, 'any']) succeed(name)
  })
  open.add(request)
  request.on('close', () => open.delete(request))
  request.on('timeout', () => request.destroy())
  request.on('error', () => {})
}

const timer = setInterval(() => addresses.forEach(ask), 100)
process.stdin.resume().on('end', () => {
  clearInterval(timer)
  for (const name of [...addresses, 'any']) succeed(name)
  process.stdout.write(`${JSON.stringify({ asked, away: Object.fromEntries(longest) })}\n`)
  for (const request of open) request.destroy()
})
process.stdout.write('{"ready": true}\n')
