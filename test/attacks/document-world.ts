// Clusters in every state that a document can be in, committed to a repository, and what an attacker finds there: all texts, and
// of some tokens what they are, because he has a node of that cluster.
import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { StoreError } from '../../src/errors.js'
import { activeGeneration } from '../../src/document/active.js'
import { openGeneration } from '../../src/lifecycle/open.js'
import { loadConfig } from '../../src/config/load.js'
import type { ClusterConfig } from '../../src/config/config.js'
import type { ClusterDocument, Origin } from '../../src/document/document.js'
import { parseDocument, renderDocument } from '../../src/document/text.js'
import {
  commitTokens,
  firstDocument,
  markRotated,
  markRotating,
  replaceCa,
  replaceTokens,
  stageTokens,
} from '../../src/document/transitions.js'
import { bindDocument } from '../../src/lifecycle/bind.js'
import { createLifecycle } from '../../src/lifecycle/create.js'
import type { Lifecycle } from '../../src/lifecycle/lifecycle.js'
import { newWriteStamp, sealTokens } from '../../src/lifecycle/seal.js'
import { Secret } from '../../src/secret.js'
import { keyName } from '../../src/token/fingerprint.js'
import type { TokenPair } from '../../src/token-pair.js'
import { environmentIn } from '../support/environment.js'
import { LAUNCHER, Project } from '../support/project.js'
import { asSchema1 } from '../support/unbound.js'

/**
 * `prod` has a former generation and a known CA, `edge` is a cluster beside it, `solo` has one token; `staged` and `rotated` are in
 * those phases; `weak` and `weaker` have tokens that a person made up.
 */
export const CLUSTERS = ['prod', 'edge', 'solo', 'staged', 'rotated', 'weak', 'weaker'] as const
export type Name = (typeof CLUSTERS)[number]

export type Documents = Readonly<Record<Name, ClusterDocument>>

const SETTINGS: Readonly<Record<string, string>> = {
  'k3s_vars.yml': '',
  'vaulted.yml': 'emit: vaulted',
  'unbound.yml': 'store: unbound',
}

function configWith(setting: string): string {
  const one = (name: Name): string => `  ${name}: { agent_token: ${name !== 'solo'} }\n`
  return `defaults:\n  probe: false\n  mint: never\n  ${setting}\nclusters:\n${CLUSTERS.map(one).join('')}`
}

/** A token as we draw it. */
function draw(): string {
  return `T${randomBytes(60)
    .toString('base64')
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(0, 42)}`
}

export class World extends Project {
  readonly #tokens = new Map<string, string>()
  #lifecycle!: Lifecycle
  #clusters!: ReadonlyMap<string, ClusterConfig>

  static async make(): Promise<World> {
    const world = new World()
    for (const [file, setting] of Object.entries(SETTINGS)) world.write(file, configWith(setting))
    for (const store of ['k3s_tokens', 'unbound']) mkdirSync(world.path(store))
    const environment = environmentIn(world.folder, { HOME: world.path('home') })
    const config = loadConfig({ environment, launcher: LAUNCHER })
    world.#lifecycle = createLifecycle({ environment, config })
    world.#clusters = new Map(config.clusters.map((cluster) => [cluster.name, cluster]))
    await world.#fill()
    return world
  }

  /** The token of a generation: `prod 2 server`. */
  token(name: string): string {
    return this.#tokens.get(name)!
  }

  /** Vault text of a secret, sealed with the password that the tokens are sealed with, as another value in the repository is. */
  async seal(text: string): Promise<string> {
    return this.#lifecycle.vault.seal(new Secret(text), undefined)
  }

  /** The fingerprint of what a vault text holds. */
  async fingerprint(sealed: string): Promise<string> {
    return keyName(await this.#lifecycle.vault.open(sealed))
  }

  /** A document, bound anew: what somebody writes who knows the tokens in it. */
  async bind(document: ClusterDocument): Promise<ClusterDocument> {
    return bindDocument(this.#lifecycle, this.#clusters.get(document.cluster)!, document)
  }

  /** All documents as they were written first. */
  get documents(): Documents {
    return Object.fromEntries(
      CLUSTERS.map((name) => [name, this.#read('committed', name)]),
    ) as Documents
  }

  /** The same from before there were bindings. */
  get unbound(): Documents {
    const found = CLUSTERS.map((name) => [
      name,
      parseDocument(asSchema1(this.#text('committed', name)), { cluster: name, file: name }),
    ])
    return Object.fromEntries(found) as Documents
  }

  /** What would be handed out if nobody looked; undefined where the document cannot be read. */
  async openBlindly(name: Name): Promise<readonly (string | undefined)[] | undefined> {
    try {
      const document = this.#read('k3s_tokens', name)
      const stored = { cluster: this.#clusters.get(name)!, document }
      const generation = activeGeneration(document)
      const { server, agent } = (await openGeneration(this.#lifecycle, { ...stored, generation }))
        .secrets
      return [server.reveal(), agent?.reveal()]
    } catch (error) {
      if (error instanceof StoreError) return undefined
      throw error
    }
  }

  #text(store: string, name: string): string {
    return readFileSync(this.path(`${store}/${name}.yml`), 'utf8')
  }

  #read(store: string, name: string): ClusterDocument {
    return parseDocument(this.#text(store, name), { cluster: name, file: name })
  }

  git(...args: readonly string[]): string {
    const settings = ['-c', 'user.name=a', '-c', 'user.email=a@b', '-c', 'commit.gpgSign=false']
    const { status, stdout, stderr } = this.run('git', [...settings, ...args])
    if (status !== 0) throw new Error(stderr)
    return stdout.trim()
  }

  async #fill(): Promise<void> {
    const [first, second] = await this.#history('prod')
    this.git('init', '--quiet', '--initial-branch', 'main', '.')
    this.#keep(first!)
    this.git('add', 'k3s_tokens')
    this.git('commit', '--quiet', '-m', 'first')
    const others = await Promise.all([
      this.#first('edge', 'minted'),
      this.#first('solo', 'minted'),
      ...(['staged', 'rotated'] as const).map((phase) => this.#rotating(phase)),
      ...(['weak', 'weaker'] as const).map((name) => this.#first(name, 'imported')),
    ])
    for (const document of [second!, ...others]) this.#keep(document)
    this.git('add', 'k3s_tokens')
    this.git('commit', '--quiet', '-m', 'all')
  }

  #keep(document: ClusterDocument): void {
    for (const store of ['k3s_tokens', 'committed'])
      this.write(`${store}/${document.cluster}.yml`, renderDocument(document))
  }

  async #tokensOf(name: Name, generation: number, origin: Origin) {
    const kinds = name === 'solo' ? (['server'] as const) : (['server', 'agent'] as const)
    const secrets = kinds.map((kind) => {
      const weak = `${kind}-of-${name}-that-anna-made-up-2024`
      const text = origin === 'imported' ? weak : draw()
      this.#tokens.set(`${name} ${generation} ${kind}`, text)
      return [kind, new Secret(text)] as const
    })
    const pair = Object.fromEntries(secrets) as unknown as TokenPair<Secret>
    return sealTokens(this.#lifecycle, this.#clusters.get(name)!, pair, origin)
  }

  /** The document of a cluster of that name in another project, which happens to have the same vault password. */
  async foreign(name: Name, generation: number): Promise<ClusterDocument> {
    const [known, next] = await this.#history(name)
    return generation === 1 ? known! : next!
  }

  async #first(name: Name, origin: Origin): Promise<ClusterDocument> {
    const tokens = await this.#tokensOf(name, 1, origin)
    return this.bind(firstDocument(name, tokens, newWriteStamp(this.#lifecycle)))
  }

  async #history(name: Name): Promise<readonly ClusterDocument[]> {
    const stamp = newWriteStamp(this.#lifecycle)
    const first = await this.#first(name, 'minted')
    const known = await this.bind(
      replaceCa(first, { hash: 'c'.repeat(64), source: 'person' }, stamp),
    )
    const next = replaceTokens(known, await this.#tokensOf(name, 2, 'minted'), stamp)
    return [known, await this.bind(next)]
  }

  async #rotating(phase: 'staged' | 'rotated'): Promise<ClusterDocument> {
    const stamp = newWriteStamp(this.#lifecycle)
    const first = await this.#first(phase, 'minted')
    const tokens = await this.#tokensOf(phase, 2, 'minted')
    const staged = stageTokens(first, { rotation: 'r1', tokens }, stamp)
    const isDone = phase === 'rotated'
    return this.bind(isDone ? markRotated(markRotating(staged, 'r1', stamp), 'r1', stamp) : staged)
  }
}

/** The next document of a rotation that is done. */
export function committed(document: ClusterDocument): ClusterDocument {
  return commitTokens(document, 'r1', { writeId: document.writeId, now: new Date() })
}
