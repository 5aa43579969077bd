// Stores that several controllers share, against a folder: one cluster, and fleets. Each server is a real one on this machine.
import { execFile, execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { parseDocument } from '../../src/document/text.js'
import { Limiter } from '../../src/limiter.js'
import { openShared } from '../../src/store/open.js'
import type { SharedSpec } from '../../src/store-spec.js'
import { Etcd, findEtcd, NO_ETCD } from '../support/etcd.js'
import { findOpenBao, NO_OPENBAO, OpenBao } from '../support/openbao.js'
import { Proxy } from '../support/proxy.js'
import { bareWith, FROM_ETCD, FROM_GIT, FROM_OPENBAO } from './bare.js'
import { makeFleet } from './scale.js'
import type { Fleet } from './scale.js'
import { oneCluster } from './start.js'
import type { Contestant, Figure, Suite } from './suite.js'
import { LAUNCHER, NODE } from './workshop.js'
import type { Workshop } from './workshop.js'

const run = promisify(execFile)

/** A store with a server of its own. */
interface Kind {
  readonly name: 'OpenBao' | 'etcd' | 'Git'
  /** What stands behind `store:`, with a proxy's port in place of the server's, if there is one. */
  readonly store: (port?: number) => string
  /** The port of the server; absent: there is none, the repository is a folder. */
  readonly port?: number
  readonly variables: Readonly<Record<string, string>>
  /** Puts a fleet's documents there. */
  readonly fill: (fleet: Fleet, names: readonly string[]) => Promise<void>
  /** What a bare program reads by, and from where. */
  readonly bare: readonly [read: string, place: string]
}

let opened: Promise<readonly Kind[]> | undefined

/** The servers, started once for all suites. */
function openKinds(shop: Workshop): Promise<readonly Kind[]> {
  return (opened ??= Promise.all([openBao(shop), openEtcd(shop), openGit(shop)]).then((kinds) =>
    kinds.filter((kind) => kind !== undefined),
  ))
}

async function openBao(shop: Workshop): Promise<Kind | undefined> {
  if (findOpenBao() === undefined) return leftOut(NO_OPENBAO)
  const bao = await OpenBao.start()
  shop.onRemove(() => void bao.stop())
  const variables = { BAO_TOKEN: bao.token, BAO_CACERT: bao.ca.cert }
  const shared = { base: shop.folder, timeout: 60_000 }
  const spec: SharedSpec = {
    kind: 'openbao',
    ...shared,
    address: bao.address,
    mount: 'secret',
    path: 'k3s/{cluster}',
    auth: 'token',
  }
  return {
    name: 'OpenBao',
    store: (port = bao.port) =>
      `{ openbao: { address: 'https://127.0.0.1:${port}', timeout: 60 } }`,
    port: bao.port,
    variables,
    fill: (fleet, names) => put(spec, variables, fleet, names),
    bare: [FROM_OPENBAO, bao.address],
  }
}

async function openEtcd(shop: Workshop): Promise<Kind | undefined> {
  if (findEtcd() === undefined) return leftOut(NO_ETCD)
  const etcd = await Etcd.start()
  shop.onRemove(() => void etcd.stop())
  const [address] = etcd.endpoints as [string]
  const spec: SharedSpec = {
    kind: 'etcd',
    base: shop.folder,
    timeout: 60_000,
    endpoints: [address],
    prefix: '/k3s_vars/',
  }
  return {
    name: 'etcd',
    store: (port = etcd.ports[0]!) =>
      `{ etcd: { endpoints: 'http://127.0.0.1:${port}', timeout: 60 } }`,
    port: etcd.ports[0]!,
    variables: {},
    fill: (fleet, names) => put(spec, {}, fleet, names),
    bare: [FROM_ETCD, address],
  }
}

function openGit(shop: Workshop): Promise<Kind> {
  const remote = join(shop.folder, 'tokens.git')
  const own = join(shop.folder, 'bare.git')
  const git = (args: readonly string[], input = ''): string =>
    execFileSync('git', args, { input, encoding: 'utf8', maxBuffer: 1 << 30 })
  for (const folder of [remote, own]) git(['init', '--quiet', '--bare', folder])
  const ref = 'refs/k3s_vars/tokens'
  return Promise.resolve({
    name: 'Git',
    store: () => `{ git: { remote: '${remote}', timeout: 60 } }`,
    variables: {},
    fill: (fleet, names) => {
      const files = names.map((name) => {
        const text = readFileSync(join(fleet.store, `${name}.yml`), 'utf8')
        return `M 100644 inline ${name}.yml\ndata ${Buffer.byteLength(text)}\n${text}\n`
      })
      const parent = git(['--git-dir', remote, 'for-each-ref', ref]) === '' ? '' : `from ${ref}^0\n`
      const head = `commit ${ref}\ncommitter bench <bench@example.com> 1 +0000\ndata 5\nfleet\n`
      git(['--git-dir', remote, 'fast-import', '--quiet'], `${head}${parent}${files.join('')}`)
      git(['--git-dir', own, 'fetch', '--quiet', remote, ref])
      return Promise.resolve()
    },
    bare: [FROM_GIT, `${remote},${own}`],
  })
}

function leftOut(why: string): undefined {
  process.stderr.write(`${why}: what is measured with it is left out\n`)
}

async function put(
  spec: SharedSpec,
  variables: Readonly<Record<string, string>>,
  fleet: Fleet,
  names: readonly string[],
): Promise<void> {
  const environment = { variables, cwd: spec.base, home: undefined }
  const store = openShared(spec, { environment, trustedOwners: [] })
  const limiter = new Limiter(64)
  const writes = names.map((cluster) =>
    limiter.run(() => {
      const file = join(fleet.store, `${cluster}.yml`)
      return store.createIfAbsent(parseDocument(readFileSync(file, 'utf8'), { cluster, file }))
    }),
  )
  await Promise.all(writes)
}

const ours = (name: string, environment: NodeJS.ProcessEnv): Contestant => ({
  name,
  program: LAUNCHER,
  arguments: ['--list'],
  environment,
})

/** One cluster, and what a run sends and gets. */
export async function storeStartSuite(shop: Workshop): Promise<Suite> {
  const kinds = await openKinds(shop)
  const configured = ({ name, variables, store }: Kind, port?: number): NodeJS.ProcessEnv => ({
    ...shop.configured(`stores/${name}-${port ?? 'direct'}.yml`, oneCluster('plain', store(port))),
    ...variables,
  })
  const folder = shop.configured('stores/folder.yml', oneCluster('plain', 'shared_tokens'))
  const figures: Figure[] = []
  const prepare = async (): Promise<void> => {
    await list(folder, shop)
    for (const kind of kinds) {
      // The first one mints.
      await list(configured(kind), shop)
      if (kind.port !== undefined) figures.push(await weigh(kind.name, kind.port))
    }
  }
  const weigh = async (name: Kind['name'], port: number): Promise<Figure> => {
    const proxy = await Proxy.start(port)
    await list(
      configured(
        kinds.find((kind) => kind.name === name)!,
        proxy.port,
      ),
      shop,
    )
    const { connections, sent, received } = proxy
    await proxy.stop()
    return {
      what: `bytes that \`--list\` of one cluster gets from ${name}`,
      value: received,
      unit: 'bytes',
      note: `${sent} sent, over ${connections} ${connections === 1 ? 'connection' : 'connections'}`,
    }
  }
  return {
    title: 'Start with a shared store',
    floor: 'the same program with its documents in a folder',
    prepare,
    contestants: [
      ours('folder', folder),
      ...kinds.map((kind) => ours(kind.name, configured(kind))),
    ],
    comparisons: kinds.map(({ name }) => ({
      what: `\`--list\` of one cluster in ${name} against a folder`,
      contestant: name,
      against: 'folder',
    })),
    figures: () => figures,
    mostRounds: 15,
  }
}

/** A fleet in each store, against bare Node that reads it from the same server. */
export async function storeFleetSuite(shop: Workshop): Promise<Suite> {
  const kinds = await openKinds(shop)
  const count = Number(process.env['K3S_VARS_BENCH_FLEET'] ?? 5000)
  const fleet = makeFleet(shop, count)
  const hosts = JSON.parse(readFileSync(fleet.names, 'utf8')) as object
  const text = readFileSync(fleet.plain['K3S_VARS_CONFIG']!, 'utf8')
  const configured = (kind: Kind): NodeJS.ProcessEnv => {
    const config = text.replace(`store: fleet_${count} `, `store: ${kind.store()} `)
    const file = shop.configured(`fleet-${kind.name}.yml`, config)
    return { ...file, ...kind.variables }
  }
  const contestantsOf = (kind: Kind): Contestant[] => {
    const [read, place] = kind.bare
    return [
      ours(kind.name, configured(kind)),
      {
        name: `bare ${kind.name}`,
        program: NODE,
        arguments: [
          shop.write(`bare-${kind.name}.cjs`, bareWith(read)),
          fleet.names,
          place,
          'open',
        ],
        environment: { ...shop.environment, ...kind.variables },
      },
    ]
  }
  const prepare = async (): Promise<void> => {
    for (const kind of kinds) {
      await kind.fill(fleet, Object.keys(hosts))
      // What Git fetches once is there.
      if (kind.name === 'Git') await list(configured(kind), shop)
    }
  }
  return {
    title: `${count.toLocaleString('en')} clusters in a shared store`,
    floor:
      'bare Node that reads the same documents from the same server, opens and prints them, and checks nothing',
    prepare,
    contestants: kinds.flatMap(contestantsOf),
    comparisons: kinds.map(({ name }) => ({
      what: `\`--list\`, ${count.toLocaleString('en')} secrets from ${name} opened, against its floor`,
      contestant: name,
      against: `bare ${name}`,
      limit: 1.5,
    })),
    mostRounds: 1,
  }
}

/** While servers of this process go on. */
async function list(environment: NodeJS.ProcessEnv, { folder }: Workshop): Promise<void> {
  await run(LAUNCHER, ['--list'], { env: environment, cwd: folder, maxBuffer: 1 << 30 })
}
