// Many clusters of three hosts each. The documents are copies of one that was really minted: opening them costs the same.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { activeGeneration } from '../../src/document/active.js'
import { codesOf, formatCodes } from '../../src/document/binding.js'
import { parseDocument } from '../../src/document/text.js'
import { Secret } from '../../src/secret.js'
import { findAnsible } from '../support/ansible.js'
import { bareWith, FROM_FOLDER } from './bare.js'
import { MEMORY_PROBE, peakMemory } from './measure.js'
import { PYTHON_INVENTORY } from './python-inventory.js'
import type { Contestant, Figure, Suite } from './suite.js'
import { LAUNCHER, NODE } from './workshop.js'
import type { Workshop } from './workshop.js'

export interface Fleet {
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
  const bare = shop.write('bare.cjs', bareWith(FROM_FOLDER))
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

export function makeFleet(shop: Workshop, count: number): Fleet {
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
