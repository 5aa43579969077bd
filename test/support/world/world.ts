// A world of hosts on which real Ansible finds real hosts, and K3s a network of its own. Begin here: one process holds the world by
// a pipe, and nothing of it outlives that (world.sh); each host is a set of namespaces with an overlay of this machine's root, its
// own sshd and a service (host.sh). servers.ts makes clusters of K3s on them, proxy.ts stands in between.
import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Outcome, RunOptions } from '../project.js'

/** Where the controller is; the hosts follow from {@link addressOf}. */
export const CONTROLLER = '10.79.0.1'
const NAMESPACES =
  '--mount --propagation private --net --uts --pid --fork --kill-child --mount-proc'.split(' ')
const NEEDED = ['unshare', 'nsenter', 'ip', 'ssh', 'ssh-keyscan']
const SSHD = '/usr/sbin/sshd'

/** The address of a host, from 1 on. */
export function addressOf(host: number): string {
  return `10.79.0.${10 + host}`
}

/** What is missing here for a world of hosts, for people; undefined where nothing is. */
export function whatIsMissing(): string | undefined {
  if (process.getuid?.() !== 0) return 'root, who alone can make namespaces'
  const has = (program: string): boolean =>
    spawnSync('sh', ['-c', 'command -v "$0"', program]).status === 0
  const missing = NEEDED.filter((program) => !has(program))
  if (!existsSync(SSHD)) missing.push(SSHD)
  return missing.length === 0 ? undefined : missing.join(', ')
}

export class World {
  readonly #process: ChildProcess
  readonly #lines: AsyncIterator<string>

  private constructor(world: ChildProcess) {
    this.#process = world
    this.#lines = createInterface({ input: world.stdout! })[Symbol.asyncIterator]()
  }

  /**
   * @param k3s the program that the hosts have as /usr/local/bin/k3s
   * @throws Error where the hosts do not come up
   */
  static async start(k3s: string, hosts: number): Promise<World> {
    const script = join(import.meta.dirname, 'world.sh')
    const child = spawn('unshare', [...NAMESPACES, 'bash', script, String(hosts)], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { PATH: process.env['PATH'], K3S: k3s },
    })
    const world = new World(child)
    await world.#untilReady()
    return world
  }

  async #untilReady(): Promise<void> {
    const { done, value } = await this.#lines.next()
    if (done === true || value !== 'ready') throw new Error('the world of hosts has ended')
  }

  /** Runs a program on the controller. */
  run(program: string, args: readonly string[], options: RunOptions = {}): Outcome {
    const [command, ...rest] = this.#inside(program, args, options)
    const { status, stdout, stderr } = spawnSync(command!, rest, {
      encoding: 'utf8',
      input: options.input ?? '',
      timeout: options.timeout ?? 300_000,
      maxBuffer: 256 * 1024 * 1024,
      env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8', ...options.environment },
    })
    return { status, stdout: stdout ?? '', stderr: stderr ?? '' }
  }

  /** Starts a program on the controller that ends with its standard input, or with the world. */
  start(program: string, args: readonly string[], options: RunOptions = {}): ChildProcess {
    const [command, ...rest] = this.#inside(program, args, options)
    return spawn(command!, rest, {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { PATH: process.env['PATH'], ...options.environment },
    })
  }

  /** Runs a line of shell as root on a host. */
  on(host: number, line: string, input = ''): Outcome {
    return this.run('ssh', [...SSH, `root@${addressOf(host)}`, line], { input })
  }

  /** As {@link on}, and everything but success is an error. */
  must(host: number, line: string, input = ''): string {
    const { status, stdout, stderr } = this.on(host, line, input)
    if (status !== 0) throw new Error(`host ${host}: ${line}: ${stderr}`)
    return stdout
  }

  /** `off` is the plug pulled; the data stay. */
  async power(order: 'on' | 'off', host: number): Promise<void> {
    this.#process.stdin!.write(`${order} ${host}\n`)
    await this.#untilReady()
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#process.once('exit', resolve))
    this.#process.stdin!.end()
    await ended
  }

  #inside(program: string, args: readonly string[], { cwd = '/' }: RunOptions): readonly string[] {
    const { pid } = this.#process
    const first = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0]!
    const enter = ['-t', first, '-m', '-n', '-u', '-p', `--wd=${cwd}`, '--']
    return ['nsenter', ...enter, program, ...args]
  }
}

const SSH = [
  ...['-i', '/run/w/key', '-o', 'UserKnownHostsFile=/run/w/known_hosts', '-o', 'LogLevel=ERROR'],
  ...['-o', 'ControlMaster=auto', '-o', 'ControlPath=/run/w/cp/%C', '-o', 'ControlPersist=60'],
]

/** ansible.cfg of a controller in a world, besides what the project has. What a killed play leaves stays in the world. */
export const WORLD_CFG = `private_key_file = /run/w/key
remote_user = root
local_tmp = /run/w/tmp
interpreter_python = /usr/bin/python3
[ssh_connection]
ssh_args = -o UserKnownHostsFile=/run/w/known_hosts -o ControlMaster=auto -o ControlPersist=60
control_path_dir = /run/w/cp
`
