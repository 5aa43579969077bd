// What a fleet's inventory takes at least: bare Node that reads, opens and prints the same data. No checks, no YAML, no errors; the
// thread pool that our own program has.

/**
 * A program with the arguments: a JSON file with names and hosts, where the documents are, `open` or `sealed`.
 * @param read a function of JavaScript: the names and where the documents are → a promise of their texts, in that order
 */
export const bareWith = (read: string): string => `const fs = require('node:fs')
const [list, place, form] = process.argv.slice(2)
const clusters = JSON.parse(fs.readFileSync(list, 'utf8'))
const vault = /server: !vault \\|\\n((?: {4}.*\\n)+)/
const answer = { _meta: { hostvars: {} } }
const add = (name, hosts, token) => {
  answer[name] = { children: [name + '_server', name + '_agent'], vars: { token } }
  answer[name + '_server'] = { hosts: hosts.server }
  answer[name + '_agent'] = { hosts: hosts.agent }
}
const print = () => fs.writeSync(1, JSON.stringify(answer) + '\\n')
const read = ${read}
const names = Object.keys(clusters)
read(names, place).then(async (documents) => {
  const texts = names.map((name, index) => {
    const text = vault.exec(documents[index])[1].replace(/^ {4}/gm, '')
    return { name, hosts: clusters[name], text }
  })
  if (form === 'sealed') {
    for (const { name, hosts, text } of texts) add(name, hosts, { __ansible_vault: text })
  } else {
    const { promisify } = require('node:util')
    const { createDecipheriv, createHmac, pbkdf2, timingSafeEqual } = require('node:crypto')
    const derive = promisify(pbkdf2)
    const password = fs.readFileSync(process.env.ANSIBLE_VAULT_PASSWORD_FILE, 'utf8').trim()
    await Promise.all(texts.map(async ({ name, hosts, text }) => {
      const body = Buffer.from(text.slice(text.indexOf('\\n')).replace(/\\n/g, ''), 'hex').toString()
      const [salt, mac, sealed] = body.split('\\n').map((part) => Buffer.from(part, 'hex'))
      const key = await derive(password, salt, 10000, 80, 'sha256')
      const own = createHmac('sha256', key.subarray(32, 64)).update(sealed).digest()
      if (!timingSafeEqual(own, mac)) throw new Error('wrong password')
      const cipher = createDecipheriv('aes-256-ctr', key.subarray(0, 32), key.subarray(64))
      const padded = Buffer.concat([cipher.update(sealed), cipher.final()])
      add(name, hosts, { __ansible_unsafe: padded.subarray(0, -padded.at(-1)).toString() })
    }))
  }
  print()
  process.exit()
})
`

export const FROM_FOLDER = `async (names, folder) =>
  names.map((name) => fs.readFileSync(folder + '/' + name + '.yml', 'utf8'))`

/** Over as many connections that stay open as we have. */
export const FROM_OPENBAO = `(names, address) => {
  const https = require('node:https')
  const agent = new https.Agent({ keepAlive: true, maxSockets: 64, ca: fs.readFileSync(process.env.BAO_CACERT) })
  const headers = { 'X-Vault-Token': process.env.BAO_TOKEN }
  return Promise.all(names.map((name) => new Promise((resolve, reject) => {
    https.get(address + '/v1/secret/data/k3s/' + name, { agent, headers }, (response) => {
      const chunks = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('end', () => resolve(JSON.parse(Buffer.concat(chunks)).data.data.document))
    }).on('error', reject)
  })))
}`

/** By etcd's gateway for JSON, since Node has no gRPC: in pages as large as ours. */
export const FROM_ETCD = `async (names, address) => {
  const http = require('node:http')
  const agent = new http.Agent({ keepAlive: true })
  const encode = (text) => Buffer.from(text).toString('base64')
  const found = []
  let key = '/k3s_vars/' + names[0]
  for (let more = true; more; ) {
    const body = JSON.stringify({ key: encode(key), range_end: encode('/k3s_vars/' + names.at(-1) + '\\0'), limit: 500 })
    const page = await new Promise((resolve, reject) => {
      http.request(address + '/v3/kv/range', { method: 'POST', agent }, (response) => {
        const chunks = []
        response.on('data', (chunk) => chunks.push(chunk))
        response.on('end', () => resolve(JSON.parse(Buffer.concat(chunks))))
      }).on('error', reject).end(body)
    })
    for (const { value } of page.kvs) found.push(Buffer.from(value, 'base64').toString())
    key = Buffer.from(page.kvs.at(-1).key, 'base64') + '\\0'
    more = page.more
  }
  return found
}`

/** A look at the ref, and the files of its commit, which was fetched before. */
export const FROM_GIT = `async (names, places) => {
  const { execFileSync } = require('node:child_process')
  const [remote, repository] = places.split(',')
  const ref = 'refs/k3s_vars/tokens'
  const commit = execFileSync('git', ['ls-remote', remote, ref], { encoding: 'utf8' }).slice(0, 40)
  const input = names.map((name) => commit + ':' + name + '.yml\\n').join('')
  const output = execFileSync('git', ['--git-dir', repository, 'cat-file', '--batch'], { input, maxBuffer: 1 << 30 })
  let at = 0
  return names.map(() => {
    const end = output.indexOf(10, at)
    const size = Number(output.toString('latin1', at, end).split(' ')[2])
    at = end + 1 + size + 1
    return output.toString('utf8', end + 1, end + 1 + size)
  })
}`
