// The API of a cluster, as the user's own kubectl reaches it. Begin here: this finds what the kubeconfig says. read-files.ts reads
// and merges the files, credentials.ts and exec.ts come to what is presented, api.ts asks, bootstrap-tokens.ts is the one thing
// that it is asked for. Source of every rule: Kubernetes, concepts/configuration/organize-cluster-access-kubeconfig, and
// client-go, tools/clientcmd.
import type { Environment } from '../environment.js'
import { ClusterError } from '../errors.js'
import { readFiles } from './read-files.js'
import type { Entry, Merged } from './read-files.js'

export interface KubeconfigOptions {
  readonly environment: Environment
  /** The file; absent: those of `KUBECONFIG`, or `~/.kube/config`. */
  readonly file?: string | undefined
  /** The context; absent: the current one of the files. */
  readonly context?: string | undefined
  /** Whether a plugin can ask somebody. */
  readonly isInteractive: boolean
}

/** Where the API is and how it is known, and the entry of the user, from which the credentials come. */
export interface Target {
  /** `https://host:port`, without a slash at the end. */
  readonly server: string
  /** PEM; absent: certificates of the system are trusted. */
  readonly ca: Buffer | undefined
  /** The name that the certificate has to have, where it is not the host's. */
  readonly serverName: string | undefined
  readonly user: Entry
  /** The name of the context, for people. */
  readonly context: string
}

/**
 * What the kubeconfig says of a context.
 * @throws ClusterError `K3SV_CLUSTER_KUBECONFIG` where there is none, it cannot be read, lacks something, or asks for what is not
 * done here: a proxy, a server that is not checked, plain HTTP
 */
export function findTarget(options: KubeconfigOptions): Target {
  const merged = readFiles(options)
  const context = options.context ?? merged.currentContext
  if (context === undefined) {
    throw refuse('no context is chosen in the kubeconfig', 'name one with --context')
  }
  const found = entryOf(merged, 'contexts', context)
  const [clusterName, userName] = [textOf(found.value['cluster']), textOf(found.value['user'])]
  if (clusterName === undefined || userName === undefined) {
    throw refuse('the context names no cluster or no user', 'name another one with --context')
  }
  const cluster = entryOf(merged, 'clusters', clusterName)
  const server = serverOf(cluster)
  return {
    server,
    ca: readMaterial(cluster, 'certificate-authority'),
    serverName: textOf(cluster.value['tls-server-name']),
    user: entryOf(merged, 'users', userName),
    context,
  }
}

function entryOf(merged: Merged, kind: 'contexts' | 'clusters' | 'users', name: string): Entry {
  const entry = merged[kind].get(name)
  if (entry !== undefined) return entry
  throw refuse(
    `the kubeconfig has no ${kind.slice(0, -1)} of the name that is asked for`,
    'kubectl config view shows what it has; --context names another one',
  )
}

function serverOf({ value }: Entry): string {
  if (value['insecure-skip-tls-verify'] === true) {
    throw refuse(
      'the kubeconfig says insecure-skip-tls-verify, and no secret goes to a server that is not checked',
      "use the cluster's own: /etc/rancher/k3s/k3s.yaml on a server has its CA",
    )
  }
  if (textOf(value['proxy-url']) !== undefined) {
    throw refuse('the kubeconfig has a proxy-url, which is not done here', 'use a direct address')
  }
  const server = textOf(value['server'])?.replace(/\/{1,9}$/, '') ?? ''
  if (URL.canParse(server) && server.startsWith('https://')) return server
  throw refuse('the server of the kubeconfig is no https:// URL', 'correct its `server`')
}

/**
 * A value of which a kubeconfig has the bytes, as `NAME-data` in base64, or the file, as `NAME`.
 * @throws ClusterError `K3SV_CLUSTER_KUBECONFIG` where the file cannot be read
 */
export function readMaterial(entry: Entry, name: string): Buffer | undefined {
  const data = textOf(entry.value[`${name}-data`])
  if (data !== undefined) return Buffer.from(data, 'base64')
  const path = textOf(entry.value[name])
  return path === undefined ? undefined : entry.readBeside(path, name)
}

/** A text that is not empty. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** An error of the kubeconfig; nothing that stands in it is in the message. */
export function refuse(message: string, hint: string, file?: string): ClusterError {
  return new ClusterError('K3SV_CLUSTER_KUBECONFIG', message, {
    ...(file !== undefined && { location: { file } }),
    hint,
  })
}
