// Many clusters of three hosts each. The documents are copies of one that was really minted: opening them costs the same.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { activeGeneration } from '../../src/document/active.js'
import { codesOf, formatCodes } from '../../src/document/binding.js'
import { parseDocument } from '../../src/document/text.js'
import { Secret } from '../../src/secret.js'
import { findAnsible } from '../support/ansible.js'
import { MEMORY_PROBE, peakMemory } from './measure.js'
import { PYTHON_INVENTORY } from './python-inventory.js'
import type { Contestant, Figure, Suite } from './suite.js'
import { LAUNCHER, NODE } from './workshop.js'
import type { Workshop } from './workshop.js'

/**
 * Reading, opening and printing the same data with bare Node: no checks, no YAML, no errors; the thread pool that our own
 * program has. Arguments: a JSON file with names and hosts, the folder of the documents, `open` or `sealed`.
 */
const BARE = `const fs = require('node:fs')
const [list, folder, form] = process.argv.slice(2)
const clusters = JSON.parse(fs.readFileSync(list, 'utf8'))
const vault = /server: !vault \\|\\n((?: {4}.*\\n)+)/
const answer = { _meta: { hostvars: {} } }
const add = (name, hosts, token) => {
  answer[name] = { children: [name + '_server', name + '_agent'], vars: { token } }
  answer[name + '_server'] = { hosts: hosts.server }
  answer[name + '_agent'] = { hosts: hosts.agent }
}
const texts = Object.entries(clusters).map(([name, hosts]) => {
  const text = vault.exec(fs.readFileSync(folder + '/' + name + '.yml', 'utf8'))[1].replace(/^ {4}/gm, '')
  return { name, hosts, text }
})
const print = () => fs.writeSync(1, JSON.stringify(answer) + '\\n')
if (form === 'sealed') {
  for (const { name, hosts, text } of texts) add(name, hosts, { __ansible_vault: text })
  print()
} else {
  const { promisify } = require('node:util')
  const { createDecipheriv, createHmac, pbkdf2, timingSafeEqual } = require('node:crypto')
  const derive = promisify(pbkdf2)
  const password = fs.readFileSync(process.env.ANSIBLE_VAULT_PASSWORD_FILE, 'utf8').trim()
  Promise.all(texts.map(async ({ name, hosts, text }) => {
    const body = Buffer.from(text.slice(text.indexOf('\\n')).replace(/\\n/g, ''), 'hex').toString()
    const [salt, mac, sealed] = body.split('\\n').map((part) => Buffer.from(part, 'hex'))
    const key = await derive(password, salt, 10000, 80, 'sha256')
    const own = createHmac('sha256', key.subarray(32, 64)).update(sealed).digest()
    if (!timingSafeEqual(own, mac)) throw new Error('wrong password')
    const cipher = createDecipheriv('aes-256-ctr', key.subarray(0, 32), key.subarray(64))
    const padded = Buffer.concat([cipher.update(sealed), cipher.final()])
    add(name, hosts, { __ansible_unsafe: padded.subarray(0, -padded.at(-1)).toString() })
  })).then(print)
}
`

interface Fleet {
  readonly count: number
  readonly plain: NodeJS.ProcessEnv
  readonly vaulted: NodeJS.ProcessEnv
  readonly names: string
  readonly store: string
}

/** 100 clusters, with a Python script beside them. */
export function hundredSuite(shop: Workshop): Suite {
  const fleet = makeFleet(shop, 100)
  const ansible = findAnsible().at(-1)
  const python: Contestant[] = ansible
    ? [
        {
          name: 'python',
          program: ansible.python,
          arguments: [shop.write('fleet.py', PYTHON_INVENTORY), 'plain-100.yml'],
          environment: shop.environment,
        },
      ]
    : []
  return {
    title: '100 clusters of 3 hosts',
    floor: 'bare Node that reads, opens and prints the same data on all cores, and checks nothing',
    contestants: [...contestants(shop, fleet), ...python],
    comparisons: [
      {
        what: '`--list`, 100 secrets opened, against its floor',
        contestant: 'open',
        against: 'bare open',
        limit: 1.3,
      },
      {
        what: "the same against a Python script that does it with Ansible's vault library",
        contestant: 'open',
        against: 'python',
      },
      {
        what: '`--list` with `emit: vaulted` against its floor',
        contestant: 'sealed',
        against: 'bare sealed',
      },
    ],
    mostRounds: 10,
  }
}

/** 5,000 clusters, whose secrets alone take half a minute of two cores; and what they need of memory. */
export function fleetSuite(shop: Workshop): Suite {
  const fleet = makeFleet(shop, 5000)
  const tenth = makeFleet(shop, 500)
  const [open, sealed, bareOpen, bareSealed] = contestants(shop, fleet)
  const fewer = { ...contestants(shop, tenth)[1]!, name: 'sealed tenth' }
  const memory = (): Figure[] => {
    const probe = shop.write('memory-probe.cjs', MEMORY_PROBE)
    return [
      ['`emit: vaulted`', sealed!, bareSealed!] as const,
      ['secrets opened', open!, bareOpen!] as const,
    ].map(([form, ours, floor]): Figure => {
      const [peak, least] = [ours, floor].map((one) => peakMemory(one, probe, shop.folder) / 1e6)
      return {
        what: `memory of \`--list\`, ${form}, against its floor`,
        value: peak! / least!,
        unit: '×',
        limit: 2,
        note: `peaks of ${peak!.toFixed(0)} MB and ${least!.toFixed(0)} MB`,
      }
    })
  }
  return {
    title: '5,000 clusters of 3 hosts',
    floor: 'as for 100',
    contestants: [open!, bareOpen!, sealed!, bareSealed!, fewer],
    comparisons: [
      {
        what: '`--list`, 5,000 secrets opened, against its floor',
        contestant: 'open',
        against: 'bare open',
        limit: 1.3,
      },
      {
        what: '`--list` with `emit: vaulted` against its floor',
        contestant: 'sealed',
        against: 'bare sealed',
      },
      {
        what: '`--list` with `emit: vaulted` against 500 clusters (10 would be linear)',
        contestant: 'sealed',
        against: 'sealed tenth',
        limit: 10,
      },
    ],
    figures: memory,
    mostRounds: 1,
  }
}

function contestants(shop: Workshop, fleet: Fleet): Contestant[] {
  const bare = shop.write('bare.cjs', BARE)
  const { plain, vaulted, names, store } = fleet
  return [
    { name: 'open', program: LAUNCHER, arguments: ['--list'], environment: plain },
    { name: 'sealed', program: LAUNCHER, arguments: ['--list'], environment: vaulted },
    {
      name: 'bare open',
      program: NODE,
      arguments: [bare, names, store, 'open'],
      environment: shop.environment,
    },
    {
      name: 'bare sealed',
      program: NODE,
      arguments: [bare, names, store, 'sealed'],
      environment: shop.environment,
    },
  ]
}

/** What the inventory source answers for the cluster that the others are copies of. */
interface Sampled {
  readonly k3s_cluster: { readonly vars: { readonly token: { readonly __ansible_unsafe: string } } }
}

function makeFleet(shop: Workshop, count: number): Fleet {
  const store = `fleet_${count}`
  const names = Array.from(
    { length: count },
    (_, index) => `edge-${String(index).padStart(4, '0')}`,
  )
  const hosts = Object.fromEntries(
    names.map((name) => [name, { server: [`${name}-s`], agent: [`${name}-a1`, `${name}-a2`] }]),
  )
  const config = (emit: string): string =>
    [
      `defaults: { probe: false, emit: ${emit}, store: ${store} }`,
      'clusters:',
      ...names.map(
        (name) =>
          `  ${name}:\n    hosts:\n      server: [${name}-s]\n      agent: [${name}-a1, ${name}-a2]`,
      ),
      '',
    ].join('\n')
  const sample = shop.configured(
    'sample.yml',
    'clusters: { sample: { probe: false, store: sample } }\n',
  )
  const answer = JSON.parse(shop.list(sample)) as Sampled
  const file = join(shop.folder, 'sample/sample.yml')
  const text = readFileSync(file, 'utf8')
  const document = parseDocument(text, { cluster: 'sample', file })
  const server = new Secret(answer.k3s_cluster.vars.token.__ansible_unsafe)
  for (const name of names) {
    const own = { ...document, cluster: name }
    const codes = codesOf(own, activeGeneration(own), { server })
    shop.write(
      `${store}/${name}.yml`,
      text
        .replace('"sample"', `"${name}"`)
        .replace(/binding: "[0-9a-f]+"/, `binding: "${formatCodes(codes)}"`),
    )
  }
  return {
    count,
    plain: shop.configured(`plain-${count}.yml`, config('plain')),
    vaulted: shop.configured(`vaulted-${count}.yml`, config('vaulted')),
    names: shop.write(`names-${count}.json`, JSON.stringify(hosts)),
    store: join(shop.folder, store),
  }
}
