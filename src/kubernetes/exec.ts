// A credential plugin of a kubeconfig, run as kubectl runs it (client-go, plugin/pkg/client/auth/exec). What it prints holds a
// credential and is never told.
import { resolve } from 'node:path'
import { childVariables } from '../environment.js'
import { Secret } from '../secret.js'
import { isMapping } from '../yaml/mapping.js'
import { refuse, textOf } from './kubeconfig.js'
import type { KubeconfigOptions, Target } from './kubeconfig.js'

const VERSIONS = ['client.authentication.k8s.io/v1', 'client.authentication.k8s.io/v1beta1']
const MOST_MILLISECONDS = 60_000
const MOST_BYTES = 1024 * 1024

/** Either or both. */
export interface Credentials {
  /** PEM. */
  readonly certificate?: Buffer
  readonly key?: Secret<Buffer>
  /** The whole value of the header. */
  readonly authorization?: Secret
}

type Values = Readonly<Record<string, unknown>>

/** @throws ClusterError `K3SV_CLUSTER_KUBECONFIG` where it cannot be run, fails, or gives no credential */
export function runExec(
  exec: Values,
  target: Target,
  { environment, isInteractive: hasTerminal }: KubeconfigOptions,
): Credentials {
  const apiVersion = textOf(exec['apiVersion']) ?? ''
  const command = textOf(exec['command'])
  if (command === undefined || !VERSIONS.includes(apiVersion)) {
    throw refuse('the exec plugin of the kubeconfig is none of v1 or v1beta1', 'update the plugin')
  }
  const { spawnSync } = process.getBuiltinModule('node:child_process')
  const isInteractive = exec['interactiveMode'] !== 'Never' && hasTerminal
  if (exec['interactiveMode'] === 'Always' && !isInteractive) {
    throw refuse('the exec plugin of the kubeconfig has to ask somebody', 'run it on a terminal')
  }
  // A name with a slash is meant from the kubeconfig's folder, any other is looked for in PATH.
  const program = command.includes('/') ? resolve(target.user.folder, command) : command
  const { error, status, stdout } = spawnSync(program, textsOf(exec['args']), {
    cwd: environment.cwd,
    env: {
      ...childVariables(environment),
      ...variablesOf(exec),
      KUBERNETES_EXEC_INFO: infoOf(exec, target, isInteractive),
    },
    stdio: [isInteractive ? 'inherit' : 'ignore', 'pipe', 'inherit'],
    timeout: MOST_MILLISECONDS,
    maxBuffer: MOST_BYTES,
  })
  if (error) throw refuse('the exec plugin of the kubeconfig cannot be run', hintOf(exec))
  if (status !== 0)
    throw refuse(
      `the exec plugin of the kubeconfig ended with ${status ?? 'a signal'}`,
      hintOf(exec),
    )
  return credentialsIn(stdout, apiVersion)
}

function hintOf(exec: Values): string {
  return textOf(exec['installHint']) === undefined
    ? 'run kubectl with the same kubeconfig, which runs it, too'
    : 'install it: the installHint of the kubeconfig says how'
}

function infoOf(exec: Values, { server, ca, serverName }: Target, interactive: boolean): string {
  const cluster = {
    server,
    ...(ca && { 'certificate-authority-data': ca.toString('base64') }),
    ...(serverName !== undefined && { 'tls-server-name': serverName }),
  }
  const isWanted = exec['provideClusterInfo'] === true
  const spec = { interactive, ...(isWanted && { cluster }) }
  return JSON.stringify({ apiVersion: exec['apiVersion'], kind: 'ExecCredential', spec })
}

function variablesOf({ env }: Values): Record<string, string> {
  if (!Array.isArray(env)) return {}
  return Object.fromEntries(
    env.flatMap((item: unknown) => {
      if (!isMapping(item)) return []
      const [name, value] = [textOf(item['name']), item['value']]
      return name !== undefined && typeof value === 'string' ? [[name, value] as const] : []
    }),
  )
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value)
    ? value.filter((item): item is string => typeof item === 'string')
    : []
}

function credentialsIn(output: Buffer, apiVersion: string): Credentials {
  const answer = parseJson(output)
  const status =
    isMapping(answer) && answer['apiVersion'] === apiVersion ? answer['status'] : undefined
  if (!isMapping(status)) throw noCredential()
  const token = textOf(status['token'])
  const [certificate, key] = [
    textOf(status['clientCertificateData']),
    textOf(status['clientKeyData']),
  ]
  const given: Credentials = {
    ...(token !== undefined && { authorization: bearer(token) }),
    ...(certificate !== undefined &&
      key !== undefined && {
        certificate: Buffer.from(certificate),
        key: new Secret(Buffer.from(key)),
      }),
  }
  if (Object.keys(given).length > 0) return given
  throw noCredential()
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}

function noCredential(): Error {
  return refuse(
    'the exec plugin of the kubeconfig gave no credential of its version',
    'run kubectl with the same kubeconfig: it says what is wrong',
  )
}

export function bearer(token: string): Secret {
  return new Secret(`Bearer ${token}`)
}
