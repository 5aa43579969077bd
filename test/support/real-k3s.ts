// A real server of K3s, in network and process namespaces of its own, which end with the test however it ends.
import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Outcome } from './project.js'

/** The address of the server within its network. */
export const ADDRESS = '10.79.0.1'

/** `K3S_BINARY`, or `k3s` on PATH; undefined where neither is there, or this is no root, who alone can have namespaces. */
export function findK3s(): string | undefined {
  if (process.getuid?.() !== 0) return undefined
  const named = process.env['K3S_BINARY']
  if (named !== undefined && named !== '') return named
  return spawnSync('k3s', ['--version']).status === 0 ? 'k3s' : undefined
}

// No agent and none of the workloads that come with K3s: nothing here asks for them.
const FLAGS = [
  '--disable-agent --flannel-backend none --egress-selector-mode disabled --disable-helm-controller',
  '--disable coredns,servicelb,traefik,local-storage,metrics-server --disable-cloud-controller',
  '--disable-network-policy --disable-kube-proxy',
].join(' ')

// Standard input is the life line: when the test's end of it closes, the shell ends, and with it all that it started.
const WORLD = `
set -eu
ip link set lo up
ip link add d0 type veth peer name d1
ip addr add ${ADDRESS}/24 dev d0
ip link set d0 up
ip link set d1 up
ip route add default via 10.79.0.254
mount -t tmpfs none /run
"$K3S" server --data-dir "$DATA" --token-file "$DATA.token" --write-kubeconfig "$DATA.kubeconfig" ${FLAGS} >"$DATA.log" 2>&1 &
while read -r _; do :; done
`

export class RealK3s {
  readonly #world: ChildProcess
  readonly #folder: string

  private constructor(world: ChildProcess, folder: string) {
    this.#world = world
    this.#folder = folder
  }

  /**
   * @param folder an empty one for the server's data
   * @throws Error where no server answers within a minute
   */
  static async start(k3s: string, folder: string): Promise<RealK3s> {
    const namespaces = ['--net', '--mount', '--propagation', 'private', '--pid', '--mount-proc']
    const world = spawn('unshare', [...namespaces, '--fork', '--kill-child', 'sh', '-c', WORLD], {
      stdio: ['pipe', 'ignore', 'inherit'],
      env: { PATH: process.env['PATH'], HOME: folder, K3S: k3s, DATA: join(folder, 'data') },
    })
    const server = new RealK3s(world, folder)
    const isUp = (): boolean =>
      server.run('curl', ['-sk', `https://${ADDRESS}:6443/cacerts`]).stdout.includes('BEGIN')
    for (let tries = 0; tries < 120; tries++) {
      if (isUp()) return server
      await new Promise((resolve) => setTimeout(resolve, 500))
    }
    await server.stop()
    throw new Error('K3s does not answer')
  }

  /** Runs a program in the server's network. */
  run(
    program: string,
    args: readonly string[],
    options: { cwd?: string; input?: string; environment?: NodeJS.ProcessEnv } = {},
  ): Outcome {
    const { status, stdout, stderr } = spawnSync(
      'nsenter',
      [`--net=/proc/${this.#child()}/ns/net`, program, ...args],
      {
        encoding: 'utf8',
        cwd: options.cwd,
        input: options.input ?? '',
        env: { PATH: process.env['PATH'], ...options.environment },
      },
    )
    return { status, stdout, stderr }
  }

  /** The line of the server's own token file, in the secure form. */
  token(): string {
    return readFileSync(join(this.#folder, 'data/server/token'), 'utf8')
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#world.once('exit', resolve))
    this.#world.stdin!.end()
    await ended
  }

  /** The shell within the namespaces; `unshare` itself stays outside. */
  #child(): string {
    const path = `/proc/${this.#world.pid}/task/${this.#world.pid}/children`
    return readFileSync(path, 'utf8').trim().split(' ')[0]!
  }
}
