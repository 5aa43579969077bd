// Where the documents of clusters are kept: what the configuration says of it, and what a store is opened with. Nothing in here is
// a secret: those come from where each tool's own users have them.

/** Where documents are if nothing else is said, beside `k3s_vars.yml`. */
export const USUAL_FOLDER = 'k3s_tokens'

/** A file for each cluster in a folder. */
export interface FileSpec {
  readonly kind: 'file'
  /** Absolute. */
  readonly folder: string
}

/** What all stores have that lie elsewhere. */
interface Elsewhere {
  /** Absolute: the folder of `k3s_vars.yml`. */
  readonly base: string
  /** Milliseconds for a question with everything that it needs, until the store counts as unreachable. */
  readonly timeout: number
}

/** What is trusted, and what we show ourselves by, in TLS: absolute paths of PEM files. */
interface TlsFiles {
  readonly caCert?: string
  readonly clientCert?: string
  readonly clientKey?: string
}

/** KV version 2 of OpenBao or HashiCorp Vault. */
export interface KvSpec extends Elsewhere, TlsFiles {
  readonly kind: 'openbao' | 'vault'
  /** `https://HOST:PORT`; absent: what the environment says. */
  readonly address?: string
  readonly mount: string
  /** Below the mount; `{cluster}` stands for the name. */
  readonly path: string
  readonly namespace?: string
  /** Absent: what the environment says, or a token. */
  readonly auth?: KvAuth
  /** Where the way to log in is mounted; absent: under its own name. */
  readonly authMount?: string
  /** The role to log in as with kubernetes, jwt and cert. */
  readonly role?: string
  /** The role id of an AppRole. */
  readonly roleId?: string
  /** Absolute: the file with the token that a pod or a job logs in by. */
  readonly tokenPath?: string
}

export const KV_AUTHS = ['token', 'approle', 'kubernetes', 'cert', 'jwt'] as const
export type KvAuth = (typeof KV_AUTHS)[number]

/** Keys below a prefix in etcd. */
export interface EtcdSpec extends Elsewhere, TlsFiles {
  readonly kind: 'etcd'
  /** Empty: what the environment says. */
  readonly endpoints: readonly string[]
  readonly prefix: string
  /** The name alone; its password comes from the environment. */
  readonly user?: string
}

/** Files in the commits of a ref of their own, on a remote of the repository around `base`. */
export interface GitSpec extends Elsewhere {
  readonly kind: 'git'
  /** A remote's name or URL. */
  readonly remote: string
  readonly ref: string
}

export type StoreSpec = FileSpec | KvSpec | EtcdSpec | GitSpec
export type SharedSpec = Exclude<StoreSpec, FileSpec>

/** The store in the words of a message: a folder's path, or what kind of store it is and where. */
export function nameStore(spec: StoreSpec): string {
  switch (spec.kind) {
    case 'file':
      return spec.folder
    case 'openbao':
    case 'vault':
      return nameKv(spec, spec.path)
    case 'etcd':
      return nameEtcd(spec, '')
    case 'git':
      return `git ${spec.remote} ${spec.ref}`
  }
}

/** The place of a cluster's document, or of another text of it (`prod.ca`), in the words of a message. */
export function nameDocument(spec: StoreSpec, name: string): string {
  switch (spec.kind) {
    case 'file':
      return `${spec.folder}/${name}.yml`
    case 'openbao':
    case 'vault':
      return nameKv(spec, spec.path.replace('{cluster}', name))
    case 'etcd':
      return nameEtcd(spec, name)
    case 'git':
      return `git ${spec.remote} ${spec.ref}:${name}.yml`
  }
}

function nameKv({ kind, address, mount }: KvSpec, path: string): string {
  return [kind, address, `${mount}/${path}`].filter((part) => part !== undefined).join(' ')
}

function nameEtcd({ endpoints, prefix }: EtcdSpec, name: string): string {
  return ['etcd', endpoints.join(','), `${prefix}${name}`].filter((part) => part !== '').join(' ')
}
