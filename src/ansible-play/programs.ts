// What a play would see, from Ansible's own programs. Begin here: one object asks for a command, and nothing that it asks ever
// mints, because our source and plugins only rehearse. settings.ts is Ansible's configuration, host-variables.ts the merged
// inventory, sources.ts tells our source from others. What the programs print on standard error may quote a secret and is never
// shown.
import { spawn } from 'node:child_process'
import { childVariables } from '../environment.js'
import type { Environment } from '../environment.js'
import { ClusterError } from '../errors.js'
import type { Secret } from '../secret.js'
import {
  formatRehearsal,
  newRehearsal,
  parseRehearsed,
  REHEARSAL_VARIABLE,
} from '../token/rehearsal.js'
import type { Rehearsal, RehearsedToken } from '../token/rehearsal.js'
import { HostVariables } from './host-variables.js'
import { parseSettings } from './settings.js'
import type { PlaySettings } from './settings.js'

/** A version of ansible-core, such as 2 and 19. */
export interface CoreVersion {
  readonly major: number
  readonly minor: number
}

/** What a play is started with, as far as it decides on the inventory. */
export interface PlayArguments {
  /** The values of `-i`, as they were given; empty: those that Ansible is configured with. */
  readonly sources: readonly string[]
  /** The folder of the playbooks, for the group_vars beside them. */
  readonly playbookDir: string
}

/** What the questions are asked with. */
export interface Asker {
  readonly environment: Environment
  readonly randomBytes: (size: number) => Buffer
  readonly now: () => Date
}

/** Ansible's programs as this machine has them, in the current folder and environment. */
export class AnsiblePrograms {
  readonly #cwd: string
  readonly #variables: NodeJS.ProcessEnv
  readonly #rehearsal: Rehearsal
  readonly #answers = new Map<string, Promise<string>>()

  /** @param config the configuration that somebody named, for our source and plugins, too; absent: they look for it themselves */
  constructor({ environment, randomBytes, now }: Asker, config?: string) {
    this.#cwd = environment.cwd
    this.#rehearsal = newRehearsal(randomBytes, now())
    this.#variables = {
      ...childVariables(environment),
      ...(config !== undefined && { K3S_VARS_CONFIG: config }),
    }
  }

  /**
   * The version of ansible-core; undefined where the program tells none.
   * @throws ClusterError `K3SV_CLUSTER_ANSIBLE`, here and everywhere below
   */
  async version(): Promise<CoreVersion | undefined> {
    return parseVersion(await this.#run('ansible-inventory', ['--version']))
  }

  /** Ansible's own effective configuration. */
  async settings(): Promise<PlaySettings> {
    return parseSettings(await this.#run('ansible-config', ['dump', '--format', 'json']))
  }

  /**
   * The hosts of a play with the variables that they end with, but for `vars` of plays and roles. Where our source or plugin
   * gives a token, there is a text that {@link rehearsed} knows. A source that cannot be read is an error, whatever the settings.
   */
  inventory(play: PlayArguments): Promise<HostVariables> {
    return this.#list(play, this.#rehearsal)
  }

  /** As {@link inventory}, with the hosts and groups of our source and plugin, but none of their variables. */
  inventoryOfOthers(play: PlayArguments): Promise<HostVariables> {
    return this.#list(play, { ...this.#rehearsal, isBare: true })
  }

  async #list(
    { sources, playbookDir }: PlayArguments,
    rehearsal: Rehearsal,
  ): Promise<HostVariables> {
    const named = sources.flatMap((source) => ['-i', source])
    const args = ['--list', '--playbook-dir', playbookDir, ...named]
    return new HostVariables(
      await this.#run('ansible-inventory', args, {
        [REHEARSAL_VARIABLE]: formatRehearsal(rehearsal),
        ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED: 'True',
        ANSIBLE_INVENTORY_EXPORT: 'False',
      }),
    )
  }

  /** Where a value comes from that stands for a token of ours; undefined for every value that somebody else gave. */
  rehearsed(value: Secret): RehearsedToken | undefined {
    return parseRehearsed(this.#rehearsal, value.reveal())
  }

  /** Each question is asked once. */
  #run(
    program: string,
    args: readonly string[],
    variables: NodeJS.ProcessEnv = {},
  ): Promise<string> {
    const key = JSON.stringify([program, args, variables])
    const answer = this.#answers.get(key) ?? this.#start(program, args, variables)
    this.#answers.set(key, answer)
    return answer
  }

  #start(program: string, args: readonly string[], variables: NodeJS.ProcessEnv): Promise<string> {
    return new Promise((resolve, reject) => {
      const child = spawn(program, args, {
        cwd: this.#cwd,
        env: { ...this.#variables, ...variables },
        stdio: ['ignore', 'pipe', 'ignore'],
      })
      const chunks: Buffer[] = []
      child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
      child.on('error', () => {
        reject(
          new ClusterError('K3SV_CLUSTER_ANSIBLE', `${program} cannot be run`, {
            hint: 'put Ansible on PATH, for example by activating its virtual environment',
          }),
        )
      })
      child.on('close', (status) => {
        if (status === 0) resolve(Buffer.concat(chunks).toString())
        else reject(failed(program, args[0]!, status))
      })
    })
  }
}

function failed(program: string, first: string, status: number | null): ClusterError {
  const end = status === null ? 'was killed' : `ended with status ${status}`
  return new ClusterError('K3SV_CLUSTER_ANSIBLE', `${program} ${first} ${end}`, {
    hint: `run ${program} ${first} with the same sources to see why; what it prints may hold secrets`,
  })
}

/** The version in `ansible-inventory [core 2.19.3]`. */
export function parseVersion(text: string): CoreVersion | undefined {
  const found = /^ansible-inventory \[(?:core|base) (\d+)\.(\d+)/.exec(text)
  return found === null ? undefined : { major: Number(found[1]), minor: Number(found[2]) }
}
