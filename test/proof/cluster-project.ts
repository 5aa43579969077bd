// A project with one cluster, `prod`, and what the harness needs to know of it: its token, its document, its stale files.
import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { loadConfig } from '../../src/config/load.js'
import type { ClusterConfig } from '../../src/config/config.js'
import { createLifecycle } from '../../src/lifecycle/create.js'
import type { Lifecycle } from '../../src/lifecycle/lifecycle.js'
import { openSecret } from '../../src/lifecycle/open.js'
import type { ClusterDocument, StoredTokens } from '../../src/document/document.js'
import { LAUNCHER, Project } from '../support/project.js'
import type { Outcome } from '../support/project.js'
import { environmentIn } from '../support/environment.js'

export const CLUSTER = 'prod'

const CONFIG = `clusters:
  ${CLUSTER}:
    probe: false
    hosts: { server: [server1], agent: [agent1] }
`

/** Two vault ids, so that a document can be sealed anew with the other one. */
const ANSIBLE_CFG = `[defaults]
vault_identity_list = old@.vault_old, new@.vault_new
vault_encrypt_identity = old
`

export class ClusterProject extends Project {
  constructor(settings = '') {
    super({
      'k3s_vars.yml': CONFIG + settings,
      'ansible.cfg': ANSIBLE_CFG,
      '.vault_old': `${randomBytes(16).toString('hex')}\n`,
      '.vault_new': `${randomBytes(16).toString('hex')}\n`,
    })
  }

  /** Runs the program to its end. */
  runLauncher(args: readonly string[]): Outcome {
    return this.run(LAUNCHER, args)
  }

  /** The folder of the documents. */
  get store(): string {
    return this.path('k3s_tokens')
  }

  get document(): string {
    return this.path(`k3s_tokens/${CLUSTER}.yml`)
  }

  /** The names in the store's folder, sorted; empty where there is none. */
  get names(): readonly string[] {
    return existsSync(this.store) ? readdirSync(this.store).sort() : []
  }

  /** The stored document, read with a connection of its own; null where there is none. */
  async read(): Promise<ClusterDocument | null> {
    const { cluster, lifecycle } = openProject(this.folder)
    return (await lifecycle.storeOf(cluster).get(CLUSTER))?.document ?? null
  }

  /** The server tokens in the open. */
  async open(tokens: readonly StoredTokens[]): Promise<readonly string[]> {
    const { cluster, lifecycle } = openProject(this.folder)
    const opened = tokens.map(({ server }) => openSecret(lifecycle, server, cluster.location))
    return (await Promise.all(opened)).map((server) => server.reveal())
  }

  /** The current server token in the open; null where there is no document. */
  async token(): Promise<string | null> {
    const document = await this.read()
    return document && (await this.open([document.current]))[0]!
  }

  /** Writes a file with a new token in it, and gives the token. */
  writeToken(name: string): string {
    const token = `Token${randomBytes(20).toString('hex')}`
    this.write(name, `${token}\n`)
    return token
  }
}

/**
 * The cluster and the lifecycle of a project as one process of the program has them.
 * @param patience milliseconds to wait for a lock; absent: as long as the program does
 */
export function openProject(
  folder: string,
  patience?: number,
): {
  readonly cluster: ClusterConfig
  readonly lifecycle: Lifecycle
} {
  const environment = environmentIn(folder, { HOME: folder })
  const config = loadConfig({ environment, launcher: LAUNCHER })
  const cluster = config.clusters.find(({ name }) => name === CLUSTER)!
  return { cluster, lifecycle: createLifecycle({ environment, config, patience }) }
}

/** The token in an answer to `--list`; null for a text that is no whole answer. */
export function tokenIn(stdout: string): string | null {
  try {
    const groups = JSON.parse(stdout) as Record<string, { vars?: Record<string, unknown> }>
    const token = groups['k3s_cluster']?.vars?.['token'] as { __ansible_unsafe?: string }
    return token.__ansible_unsafe ?? null
  } catch {
    return null
  }
}
