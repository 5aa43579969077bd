// Runs Ansible's own programs. What they print on standard error may quote a secret and is never shown.
import { spawn } from 'node:child_process'
import { childVariables } from '../../environment.js'
import { ClusterError } from '../../errors.js'
import type { Io } from '../io.js'
import { HostVariables, parseJson } from './host-variables.js'

/** A version of ansible-core, such as 2 and 19. */
export interface CoreVersion {
  readonly major: number
  readonly minor: number
}

/** Ansible's programs as this machine has them. */
export class AnsiblePrograms {
  readonly #io: Io
  readonly #variables: NodeJS.ProcessEnv
  readonly #answers = new Map<string, Promise<HostVariables>>()

  /** @param configFile the configuration that our inventory source shall use, too */
  constructor(io: Io, configFile: string) {
    this.#io = io
    this.#variables = {
      ...childVariables(io.environment),
      K3S_VARS_CONFIG: configFile,
      // A source that fails must not pass for one without variables.
      ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED: 'True',
      ANSIBLE_INVENTORY_EXPORT: 'False',
    }
  }

  /** The version of ansible-core; undefined where the program tells none. */
  async version(): Promise<CoreVersion | undefined> {
    return parseVersion(await this.#run('ansible-inventory', ['--version']))
  }

  /** The inventory sources that ansible.cfg or `ANSIBLE_INVENTORY` name, absolute; empty when there are none. */
  async configuredSources(): Promise<readonly string[]> {
    return parseSources(
      await this.#run('ansible-config', ['dump', '--only-changed', '--format', 'json']),
    )
  }

  /** The hosts with the variables that they end with. Asked once for the same sources. */
  hosts(sources: readonly string[], playbookDir: string): Promise<HostVariables> {
    const args = ['--list', '--playbook-dir', playbookDir, ...named(sources)]
    const key = JSON.stringify(args)
    const answer =
      this.#answers.get(key) ??
      this.#run('ansible-inventory', args).then((text) => new HostVariables(text))
    this.#answers.set(key, answer)
    return answer
  }

  /** @throws ClusterError `K3SV_CLUSTER_ANSIBLE` */
  #run(program: string, args: readonly string[]): Promise<string> {
    return new Promise((resolve, reject) => {
      const child = spawn(program, args, {
        cwd: this.#io.environment.cwd,
        env: this.#variables,
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

function named(sources: readonly string[]): string[] {
  return sources.flatMap((source) => ['-i', source])
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

/**
 * The inventory sources in what `ansible-config dump --only-changed --format json` prints.
 * @throws ClusterError `K3SV_CLUSTER_ANSIBLE`
 */
export function parseSources(text: string): readonly string[] {
  const settings = parseJson(text, 'ansible-config')
  if (!Array.isArray(settings)) return []
  const hostList = (settings as { name?: unknown; value?: unknown }[]).find(
    (setting) => setting?.name === 'DEFAULT_HOST_LIST',
  )?.value
  return Array.isArray(hostList) ? hostList.filter((source) => typeof source === 'string') : []
}
