// Servers of many clusters that are asked: each cluster has a document of its own, all the same server on this machine. It costs
// what a real one costs the asking side; a real one takes some 60 ms longer for each password, on other machines.
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { activeGeneration } from '../../src/document/active.js'
import { codesOf } from '../../src/document/binding.js'
import type { ClusterDocument } from '../../src/document/document.js'
import { parseDocument, renderDocument } from '../../src/document/text.js'
import { replaceCa } from '../../src/document/transitions.js'
import { Secret } from '../../src/secret.js'
import type { Contestant, Figure, Suite } from './suite.js'
import { LAUNCHER, NODE } from './workshop.js'
import type { Workshop } from './workshop.js'

const COUNT = 5000
const MOST_SECONDS = 60

/**
 * The same questions by bare Node: the secrets opened, the CA fetched twice, the same two passwords sent. Nothing is checked but
 * what TLS checks. Arguments: folder of the documents, port.
 */
const BARE = `const fs = require('node:fs')
const https = require('node:https')
const { promisify } = require('node:util')
const { createDecipheriv, createHash, pbkdf2 } = require('node:crypto')
const derive = promisify(pbkdf2)
const [folder, port] = process.argv.slice(2)
const password = fs.readFileSync(process.env.ANSIBLE_VAULT_PASSWORD_FILE, 'utf8').trim()
const sealed = /server: !vault \\|\\n((?: {4}.*\\n)+)/
const open = async (name) => {
  const text = sealed.exec(fs.readFileSync(folder + '/' + name, 'utf8'))[1].replace(/^ {4}/gm, '')
  const body = Buffer.from(text.slice(text.indexOf('\\n')).replace(/\\n/g, ''), 'hex').toString()
  const [salt, , data] = body.split('\\n').map((part) => Buffer.from(part, 'hex'))
  const key = await derive(password, salt, 10000, 80, 'sha256')
  const cipher = createDecipheriv('aes-256-ctr', key.subarray(0, 32), key.subarray(64))
  const padded = Buffer.concat([cipher.update(data), cipher.final()])
  return padded.subarray(0, -padded.at(-1)).toString()
}
const get = (agent, path, options) => new Promise((resolve, reject) => {
  const request = https.get({ host: '127.0.0.1', port, path, agent, ...options }, (response) => {
    const chunks = []
    response.on('data', (chunk) => chunks.push(chunk)).on('end', () => resolve(Buffer.concat(chunks)))
  })
  request.on('error', (error) => request.reusedSocket ? resolve(get(agent, path, options)) : reject(error))
})
const verify = async (name) => {
  const token = await open(name)
  const headers = (user) => ({ authorization: 'Basic ' + Buffer.from(user + ':' + token).toString('base64') })
  const first = new https.Agent({ keepAlive: true })
  const ca = await get(first, '/cacerts', { rejectUnauthorized: false })
  first.destroy()
  createHash('sha256').update(ca).digest('hex')
  const agent = new https.Agent({ keepAlive: true, ca, maxCachedSessions: 0 })
  await get(agent, '/cacerts', {})
  await get(agent, '/v1-k3s/encrypt/status', { headers: headers('server') })
  await get(agent, '/v1-k3s/server-ca.crt', { headers: headers('node') })
  agent.destroy()
}
const names = fs.readdirSync(folder)
const worker = async () => { for (let name; (name = names.pop()) !== undefined;) await verify(name) }
Promise.all(Array.from({ length: 64 }, worker)).then(() => console.log('done'))
`

/** 5,000 clusters of one server each. */
export async function verifySuite(shop: Workshop): Promise<Suite> {
  const sample = mintSample(shop)
  const { child, port, caHash } = await startServer(sample.token)
  shop.onRemove(() => child.kill())
  const names = Array.from({ length: COUNT }, (_, at) => `edge-${String(at).padStart(4, '0')}`)
  const environment = shop.configured('verify.yml', configOf(names, port))
  writeDocuments(shop, names, { sample, caHash })
  const own: Contestant = {
    name: 'verify',
    program: LAUNCHER,
    arguments: ['verify', '--json'],
    environment,
  }
  const bare: Contestant = {
    name: 'bare verify',
    program: NODE,
    arguments: [shop.write('verify.cjs', BARE), join(shop.folder, 'verified'), String(port)],
    environment: shop.environment,
  }
  return {
    title: '5,000 clusters verified',
    floor:
      'bare Node that opens the same secrets and sends the same questions to the same server, and judges nothing',
    contestants: [own, bare],
    comparisons: [
      {
        what: '`verify` of 5,000 clusters against its floor',
        contestant: 'verify',
        against: 'bare verify',
      },
    ],
    figures: (times): readonly Figure[] => [
      {
        what: '`verify` of 5,000 clusters, with the server on the same cores',
        value: Math.max(...times.get('verify')!) / 1000,
        unit: 's',
        limit: MOST_SECONDS,
      },
    ],
    mostRounds: 1,
  }
}

interface Started {
  readonly child: ChildProcess
  readonly port: number
  readonly caHash: string
}

async function startServer(token: string): Promise<Started> {
  const script = join(import.meta.dirname, 'recorded-server.ts')
  const child = spawn(NODE, ['--import', 'tsx', script, token], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const [port = '', caHash = ''] = line.toString().trim().split(' ')
  return { child, port: Number(port), caHash }
}

function configOf(names: readonly string[], port: number): string {
  return [
    `defaults: { store: verified, vars: { api_port: ${port} } }`,
    'clusters:',
    ...names.map(
      (name) => `  ${name}: { hosts: { server: { ${name}-s: { ansible_host: 127.0.0.1 } } } }`,
    ),
    '',
  ].join('\n')
}

interface Sample {
  readonly token: string
  readonly document: ClusterDocument
}

/** A token that was really minted. */
function mintSample(shop: Workshop): Sample {
  const text = 'clusters: { sample: { probe: false, store: sample, role: k3s-io } }\n'
  const answer = JSON.parse(shop.list(shop.configured('sample.yml', text))) as {
    readonly k3s_cluster: {
      readonly vars: { readonly token: { readonly __ansible_unsafe: string } }
    }
  }
  const file = join(shop.folder, 'sample/sample.yml')
  const document = parseDocument(readFileSync(file, 'utf8'), { cluster: 'sample', file })
  return { token: answer.k3s_cluster.vars.token.__ansible_unsafe, document }
}

/** The documents differ in their names; opening each costs as much as if each had been sealed by itself. */
function writeDocuments(
  shop: Workshop,
  names: readonly string[],
  { sample, caHash }: { readonly sample: Sample; readonly caHash: string },
): void {
  const ca = { hash: caHash, source: 'person' } as const
  const stamp = { writeId: sample.document.writeId, now: new Date() }
  const server = new Secret(sample.token)
  for (const cluster of names) {
    const document = bound(replaceCa({ ...sample.document, cluster }, ca, stamp), server)
    shop.write(`verified/${cluster}.yml`, renderDocument(document))
  }
}

function bound(document: ClusterDocument, server: Secret): ClusterDocument {
  const codes = codesOf(document, activeGeneration(document), { server })
  return { ...document, current: { ...document.current, binding: { form: 'keyed', ...codes } } }
}
