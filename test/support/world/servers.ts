// Clusters of K3s on the hosts of a world: three servers with embedded etcd, or one with sqlite.
import type { World } from './world.js'
import { addressOf } from './world.js'

// No agent and none of the workloads that come with K3s: nothing here asks for them.
const SMALL = `disable-agent: true
flannel-backend: none
egress-selector-mode: disabled
disable: [coredns, servicelb, traefik, local-storage, metrics-server]
disable-helm-controller: true
disable-cloud-controller: true
disable-network-policy: true
disable-kube-proxy: true
`
const ETCD = 'etcd-arg: [election-timeout=1000, heartbeat-interval=100]\n'
/** Where a server has its configuration; the first line is the token. */
export const CONFIG = '/etc/rancher/k3s/config.yaml'
/** Where the last of three servers has its token. */
export const TOKEN_FILE = '/etc/rancher/k3s/cluster.token'

/**
 * Three servers with embedded etcd that are up: tokens in config.yaml on the first two, in a token file on the third; the second
 * and third join through the first. Takes 45 s on two idle cores.
 */
export async function startThree(world: World, token: string): Promise<void> {
  const join = `server: https://${addressOf(1)}:6443\n`
  prepare(world, 1, `token: ${token}\ncluster-init: true\n`)
  prepare(world, 2, `token: ${token}\n${join}`)
  prepare(world, 3, `token-file: ${TOKEN_FILE}\n${join}`)
  write(world, 3, TOKEN_FILE, `${token}\n`)
  for (const host of [1, 2, 3]) {
    world.must(host, 'service k3s start')
    await untilUp(world, host, token)
  }
}

/** One server with sqlite. @param more further lines of config.yaml */
export async function startSingle(
  world: World,
  host: number,
  token: string,
  more = '',
): Promise<void> {
  prepare(world, host, `token: ${token}\n${more}`, '')
  world.must(host, 'service k3s start')
  await untilUp(world, host, token)
}

function prepare(world: World, host: number, config: string, more = ETCD): void {
  const address = addressOf(host)
  const own = `node-ip: ${address}\nadvertise-address: ${address}\n`
  write(world, host, `${CONFIG}.d/test.yaml`, SMALL + own + more)
  write(world, host, CONFIG, config)
}

/** Where an agent has its token, in the first line. */
export const AGENT_FILE = '/etc/systemd/system/k3s-agent.service.env'

/**
 * An agent whose server is not there, for which it waits: without containerd that is as far as it gets. Its token comes from an
 * environment file, as the installer of K3s writes it.
 */
export function startWaitingAgent(world: World, host: number, token: string): void {
  const init = '/etc/init.d/k3s'
  const unit = '/etc/systemd/system/k3s.service'
  const change =
    's/k3s server/k3s agent/; s/k3s.service.env/k3s-agent.service.env/g; s/k3s.pid/agent.pid/'
  for (const [from, to] of [
    [init, `${init}-agent`],
    [unit, unit.replace('k3s.', 'k3s-agent.')],
  ] as const)
    world.must(
      host,
      `sed '${change}' ${from} >${to} && chmod --reference=${from} ${to} && rm ${from}`,
    )
  write(world, host, AGENT_FILE, `K3S_TOKEN='${token}'\nK3S_URL=https://10.79.0.99:6443\n`)
  world.must(host, 'service k3s-agent start')
}

/** Writes a file of mode 0600 on a host. */
export function write(world: World, host: number, path: string, text: string): void {
  world.must(host, `umask 077; mkdir -p $(dirname ${path}); cat >${path}`, text)
}

const LIMIT = 180_000

/**
 * Waits until a server accepts a token and is ready, twice in a row.
 * @throws Error with the end of its log
 */
export async function untilUp(world: World, host: number, token: string): Promise<void> {
  const url = `https://${addressOf(host)}:6443/v1-k3s/encrypt/status`
  const args = ['-sk', '-o', '/dev/null', '-w', '%{http_code}', '--config', '-', url]
  const end = Date.now() + LIMIT
  for (let times = 0; times < 2;) {
    const { stdout } = world.run('curl', args, { input: `user = "server:${token}"\n` })
    times = stdout === '200' ? times + 1 : 0
    if (Date.now() > end)
      throw new Error(
        `host ${host} is not up: ${world.on(host, 'tail -n 20 /var/log/k3s.log').stdout}`,
      )
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}
