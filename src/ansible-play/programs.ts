// What a play would see, from Ansible's own programs. Begin here: one object asks for a command, and nothing that it asks ever
// mints, because our source and plugins only rehearse. settings.ts is Ansible's configuration, host-variables.ts the merged
// inventory, sources.ts tells our source from others, run-play.ts runs a play of ours. What the programs print on standard error
// may quote a secret and is never shown.
import { spawn } from 'node:child_process'
import { childVariables } from '../environment.js'
import type { Environment } from '../environment.js'
import { ClusterError } from '../errors.js'
import { onInterrupt } from '../interrupt.js'
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

interface Question {
  readonly program: string
  readonly args: readonly string[]
  /** Besides the environment's. */
  readonly variables?: Readonly<Record<string, string>>
}

/** Ansible's programs as this machine has them, in the current folder and environment. */
export class AnsiblePrograms {
  readonly #cwd: string
  readonly #variables: NodeJS.ProcessEnv
  readonly #rehearsal: Rehearsal
  readonly #answers = new Map<string, Promise<unknown>>()

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
  version(): Promise<CoreVersion | undefined> {
    return this.#ask({ program: 'ansible-inventory', args: ['--version'] }, parseVersion)
  }

  /** Ansible's own effective configuration. */
  settings(): Promise<PlaySettings> {
    const args = ['dump', '--format', 'json']
    return this.#ask({ program: 'ansible-config', args }, parseSettings)
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

  #list({ sources, playbookDir }: PlayArguments, rehearsal: Rehearsal): Promise<HostVariables> {
    const named = sources.flatMap((source) => ['-i', source])
    const question = {
      program: 'ansible-inventory',
      args: ['--list', '--playbook-dir', playbookDir, ...named],
      variables: {
        [REHEARSAL_VARIABLE]: formatRehearsal(rehearsal),
        ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED: 'True',
        ANSIBLE_INVENTORY_EXPORT: 'False',
      },
    }
    return this.#ask(question, (text) => new HostVariables(text))
  }

  /** Where a value comes from that stands for a token of ours; undefined for every value that somebody else gave. */
  rehearsed(value: Secret): RehearsedToken | undefined {
    return parseRehearsed(this.#rehearsal, value.reveal())
  }

  /** Each question is asked once. */
  #ask<T>(question: Question, read: (text: string) => T): Promise<T> {
    const key = JSON.stringify(question)
    const known = this.#answers.get(key) as Promise<T> | undefined
    if (known !== undefined) return known
    const answer = this.#run(question).then(read)
    this.#answers.set(key, answer)
    return answer
  }

  #run({ program, args, variables }: Question): Promise<string> {
    return new Promise((resolve, reject) => {
      const child = spawn(program, args, {
        cwd: this.#cwd,
        env: { ...this.#variables, ...variables },
        stdio: ['ignore', 'pipe', 'ignore'],
      })
      const release = onInterrupt(() => child.kill())
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
        release()
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
