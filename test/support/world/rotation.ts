// A controller that rotates the cluster of a world by the play itself, and can be killed at any task with everything that it started.
// Begin here; kill-points.ts kills it at all of them, one after the other.
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Ansible } from '../ansible.js'
import { LAUNCHER, Project } from '../project.js'
import type { Outcome } from '../project.js'
import { addressOf, WORLD_CFG } from './world.js'
import type { World } from './world.js'

const PLUGINS = resolve(LAUNCHER, '..')
/** The controller that dies takes all its children with it, as a machine does; ansible-playbook alone would leave a worker. */
const MORTAL = ['--pid', '--fork', '--kill-child', '--mount-proc']

export interface PlayRun {
  readonly status: number | null
  readonly output: string
  /** The title of the task within which it was killed; absent where it ended by itself. */
  readonly killedIn?: string
  /** How long each task took, in milliseconds; the longest of those with one title. */
  readonly tasks: ReadonlyMap<string, number>
  readonly seconds: number
}

export interface Watcher {
  /** Called with each task's title as it begins. After how many milliseconds to kill; undefined: not in this one. */
  readonly onTask: (title: string) => number | undefined
}

/** Where drift finds the nodes: every rule that is broken, and the state of all. */
export interface Drift {
  readonly state: string
  readonly findings: readonly string[]
}

export class Controller {
  readonly project: Project
  readonly #world: World
  readonly #ansible: Ansible

  /** @param hosts those of the world that are servers, and those that are agents */
  constructor(world: World, ansible: Ansible, hosts: Hosts, cluster = '') {
    this.#world = world
    this.#ansible = ansible
    const group = (numbers: readonly number[] = []): string =>
      `{ hosts: { ${numbers.map((host) => `${addressOf(host)}: `).join(', ')} } }`
    this.project = new Project({
      'inventory.yml': `k3s_cluster: { children: { server: ${group(hosts.servers)}, agent: ${group(hosts.agents)} } }\n`,
      'k3s_vars.yml': `clusters: { prod: { probe: false${cluster} } }\n`,
      'ansible.cfg': `[defaults]\nvault_password_file = .vault_password\n${WORLD_CFG}`,
    })
  }

  /** Runs k3s-vars. */
  run(args: readonly string[], input = ''): Outcome {
    return this.#world.run(LAUNCHER, args, {
      cwd: this.project.folder,
      input,
      environment: this.environment,
    })
  }

  /** Has the store keep the tokens that the cluster has. */
  adopt(server: string, agent?: string): void {
    this.#must(
      this.run(['token', 'import', 'prod', '--stdin', '--offline', '--allow-weak'], server),
    )
    if (agent === undefined) return
    const file = this.project.write('agent', agent)
    this.#must(this.run(['token', 'import', 'prod', '--agent-file', file, '--offline']))
    rmSync(file)
  }

  /** The token of a kind that is kept now. */
  token(kind = 'server'): string {
    return this.#must(this.run(['token', 'show', 'prod', '--reveal', '--kind', kind])).stdout.trim()
  }

  /** The phase that the document is in. */
  get phase(): string {
    const file = this.project.path('k3s_tokens/prod.yml')
    const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
    return /^phase: *"?(\w+)/m.exec(text)?.[1] ?? 'none'
  }

  get generation(): number {
    const text = readFileSync(this.project.path('k3s_tokens/prod.yml'), 'utf8')
    return Number(/^generation: *(\d+)/m.exec(text)![1])
  }

  /** What is wrong on any node; nothing where all places, memories and the datastore agree with the document. */
  drift(): Drift {
    const { stdout } = this.run(['drift', 'prod', '-i', 'inventory.yml', '--json'])
    const said = JSON.parse(stdout) as {
      state: string
      nodes: { name: string; findings: { rule: string; severity: string; on?: string }[] }[]
    }
    return {
      state: said.state,
      findings: said.nodes.flatMap(({ name, findings }) =>
        findings.map(({ rule, on = '' }) => `${name} ${rule} ${on}`),
      ),
    }
  }

  /** Starts the play. */
  async play(
    options: readonly string[] = [],
    watcher?: Watcher,
    more: readonly string[] = [],
  ): Promise<PlayRun> {
    const args = [
      ...[
        ...MORTAL,
        'ansible-playbook',
        '-i',
        'inventory.yml',
        join(PLUGINS, '../playbooks/rotate.yml'),
      ],
      ...[
        '-e',
        'k3s_vars_cluster=prod',
        '-e',
        JSON.stringify({ k3s_vars_rotate_options: options }),
        ...more,
      ],
    ]
    const child = this.#world.start('unshare', args, {
      cwd: this.project.folder,
      environment: this.environment,
    })
    let output = ''
    let seen = 0
    let killedIn: string | undefined
    const start = Date.now()
    const tasks = new Map<string, number>()
    let current: { readonly title: string; readonly begun: number } | undefined
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
    child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      output += text
      for (;;) {
        const found = /^TASK \[(.*)\] \**\n/m.exec(output.slice(seen))
        if (found === null) break
        seen += found.index + found[0].length
        if (current !== undefined)
          tasks.set(
            current.title,
            Math.max(tasks.get(current.title) ?? 0, Date.now() - current.begun),
          )
        current = { title: found[1]!, begun: Date.now() }
        const after = killedIn === undefined ? watcher?.onTask(found[1]!) : undefined
        if (after === undefined) continue
        killedIn = found[1]!
        setTimeout(() => killInner(child.pid!), after)
      }
    })
    child.stdin!.end()
    const status = await ended
    const seconds = (Date.now() - start) / 1000
    return { status, output, tasks, seconds, ...(killedIn !== undefined && { killedIn }) }
  }

  get environment(): NodeJS.ProcessEnv {
    return {
      ...this.project.environment,
      PATH: `${this.#ansible.bin}:${process.env['PATH']}`,
      TMPDIR: '/run/w/tmp',
      ANSIBLE_LIBRARY: join(PLUGINS, 'modules'),
      ANSIBLE_MODULE_UTILS: join(PLUGINS, 'module_utils'),
      ANSIBLE_ACTION_PLUGINS: join(PLUGINS, 'action'),
      PYTHONUNBUFFERED: '1',
    }
  }

  #must(outcome: Outcome): Outcome {
    if (outcome.status !== 0) throw new Error(`${outcome.stdout}${outcome.stderr}`)
    return outcome
  }
}

/** nsenter stays behind as the parent of what it was asked to run, which is what has to die. */
function killInner(pid: number): void {
  try {
    const [inner] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')
    process.kill(Number(inner!), 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}

export interface Hosts {
  readonly servers: readonly number[]
  readonly agents?: readonly number[]
}

/** Files on a host, or below a folder of the controller, that have one of some texts in them and should not. */
export function filesWith(
  world: World,
  host: number | 'controller',
  texts: readonly string[],
  folders: readonly string[],
): readonly string[] {
  const list = host === 'controller' ? '/run/w/looked-for' : '/root/looked-for'
  const line = `cat >${list}; for folder in ${folders.join(' ')}; do grep -rlFf ${list} $folder 2>/dev/null; done; rm ${list}`
  const input = `${texts.join('\n')}\n`
  const { stdout } =
    host === 'controller' ? world.run('sh', ['-c', line], { input }) : world.on(host, line, input)
  return stdout.split('\n').filter((name) => name !== '')
}

/** A token as it is, and in base64, whatever stands before it. */
export function markersOf(token: string): readonly string[] {
  const encoded = [0, 1, 2].map((offset) =>
    Buffer.from(' '.repeat(offset) + token)
      .toString('base64')
      .slice(4, -4),
  )
  return [token, ...encoded]
}
