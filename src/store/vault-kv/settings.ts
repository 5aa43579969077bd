// How to reach the server and who we are there, found where its own users have that: what k3s_vars.yml says of the place comes
// first, since a laptop's own BAO_ADDR may lead to another server than the team's; then ANSIBLE_HASHI_VAULT_* as the collection
// community.hashi_vault reads them, BAO_* and VAULT_*. Secrets come from the environment and from files alone.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Environment } from '../../environment.js'
import { readGuarded } from '../../files/guarded-read.js'
import { Secret } from '../../secret.js'
import type { KvAuth, KvSpec } from '../../store-spec.js'
import { KV_AUTHS } from '../../store-spec.js'
import { missing, namesOf } from './words.js'
import type { Names } from './words.js'

export interface Tls {
  /** Trusted in place of those that Node.js knows. */
  readonly ca?: readonly Buffer[]
  readonly cert?: Buffer
  readonly key?: Secret<Buffer>
  /** What the certificate has to be for, where that is not the address. */
  readonly servername?: string
}

export interface Connection {
  readonly names: Names
  readonly address: URL
  readonly namespace: string | undefined
  readonly tls: Tls
  /** Milliseconds for each question. */
  readonly timeout: number
}

/** How we come to a token. */
export type Login =
  | { readonly auth: 'token'; readonly token: Secret }
  | {
      readonly auth: Exclude<KvAuth, 'token'>
      readonly mount: string
      /** What is sent; `secret` under its name. */
      readonly body: Readonly<Record<string, string | Secret>>
    }

const MOST_BYTES = 1024 * 1024
/** Where Kubernetes puts the token of a pod. */
const POD_TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token'

/** @throws StoreError `K3SV_STORE_SETTINGS` */
export function readConnection(spec: KvSpec, environment: Environment): Connection {
  const names = namesOf(spec)
  const value = finder(environment, spec)
  const address = spec.address ?? value('ADDR')
  if (address === undefined) {
    throw missing(
      `nothing says where ${names.title} is`,
      `write its address into k3s_vars.yml, or set ${names.prefix}ADDR`,
    )
  }
  const servername = value('TLS_SERVER_NAME')
  return {
    names,
    address: parseAddress(address, names),
    namespace: spec.namespace ?? value('NAMESPACE'),
    tls: { ...readTls(spec, value), ...(servername !== undefined && { servername }) },
    timeout: spec.timeout,
  }
}

/** @throws StoreError `K3SV_STORE_SETTINGS` */
export function readLogin(spec: KvSpec, environment: Environment): Login {
  const value = finder(environment, spec)
  const names = namesOf(spec)
  const auth = readAuth(value) ?? spec.auth ?? 'token'
  const need = (found: string | undefined, what: string, where: string): Secret => {
    if (found !== undefined) return new Secret(found)
    throw missing(`${names.title} wants ${what}, and none is set here`, where)
  }
  const { prefix } = names
  if (auth === 'token') {
    const token = value('TOKEN') ?? readTokenFile(environment)
    const hint = `log in with \`${names.program} login\`, set ${prefix}TOKEN, or choose another way with auth:`
    return { auth, token: need(token, 'a token', hint) }
  }
  const mount = spec.authMount ?? auth
  // The collection calls it so, too; BAO_ROLE_ID is that of an AppRole alone.
  const roleName = spec.role ?? (environment.variables['ANSIBLE_HASHI_VAULT_ROLE_ID'] || undefined)
  const role = roleName === undefined ? {} : { role: roleName }
  switch (auth) {
    case 'approle': {
      const roleId = need(
        spec.roleId ?? value('ROLE_ID'),
        'a role id',
        `write role_id into k3s_vars.yml, or set ${prefix}ROLE_ID`,
      )
      const secretId = need(
        value('SECRET_ID'),
        'a secret id',
        `set ${prefix}SECRET_ID or ANSIBLE_HASHI_VAULT_SECRET_ID; with a token of your own instead: ANSIBLE_HASHI_VAULT_AUTH_METHOD=token`,
      )
      return { auth, mount, body: { role_id: roleId, secret_id: secretId } }
    }
    case 'jwt': {
      const jwt = value('JWT') ?? (environment.variables['VAULT_ID_TOKEN'] || fileOf(spec))
      const where = `set ${prefix}JWT to what the CI service signed for the job, or name its file with token_path`
      return { auth, mount, body: { ...role, jwt: need(jwt, 'a JWT', where) } }
    }
    case 'kubernetes': {
      const jwt = fileOf({ tokenPath: POD_TOKEN, ...spec })
      const where = 'look at what its volume has, or name another file with token_path'
      return { auth, mount, body: { ...role, jwt: need(jwt, "a pod's token", where) } }
    }
    case 'cert':
      return { auth, mount, body: roleName === undefined ? {} : { name: roleName } }
  }
}

/** What stands in the file of `token_path`; undefined where none is named, or nothing stands there. */
function fileOf({ tokenPath }: Pick<KvSpec, 'tokenPath'>): string | undefined {
  if (tokenPath === undefined) return undefined
  return readBytes(tokenPath, 'the token to log in by').toString().trim() || undefined
}

type Find = (name: string) => string | undefined

/** An empty variable is as good as none. OpenBao's own program reads Vault's variables, too; a token for OpenBao is none for Vault. */
function finder({ variables }: Environment, { kind }: KvSpec): Find {
  const prefixes = kind === 'openbao' ? ['BAO_', 'VAULT_'] : ['VAULT_']
  return (name) =>
    ['ANSIBLE_HASHI_VAULT_', ...prefixes]
      .map((prefix) => variables[prefix + name])
      .find((value) => value !== undefined && value !== '')
}

function readAuth(value: Find): KvAuth | undefined {
  const named = value('AUTH_METHOD')
  if (named === undefined) return undefined
  const known = KV_AUTHS.find((auth) => auth === named)
  if (known !== undefined) return known
  throw missing(
    'ANSIBLE_HASHI_VAULT_AUTH_METHOD names a way to log in that is not known here',
    `use one of ${KV_AUTHS.join(', ')}`,
  )
}

/** Whoever asks for `http` to elsewhere would send a token in the clear. */
function parseAddress(address: string, { title, prefix }: Names): URL {
  const hint = `write https://HOST:PORT, without a user or password; http only to this very machine (${prefix}ADDR)`
  if (!URL.canParse(address)) throw missing(`the address of ${title} is no URL`, hint)
  const url = new URL(address)
  const isHere = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(url.hostname)
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && isHere)
  if (isSafe && url.username === '' && url.password === '') return url
  throw missing(`the address of ${title} would give secrets away`, hint)
}

function readTls(spec: KvSpec, value: Find): Tls {
  const caFile = spec.caCert ?? value('CA_CERT') ?? value('CACERT')
  const caText = value('CACERT_BYTES')
  const caFolder = value('CAPATH')
  const ca =
    caFile !== undefined
      ? [readBytes(caFile, 'the CA')]
      : caText !== undefined
        ? [Buffer.from(caText)]
        : caFolder !== undefined
          ? readFolder(caFolder)
          : undefined
  const cert = spec.clientCert ?? value('CERT_AUTH_PUBLIC_KEY') ?? value('CLIENT_CERT')
  const key = spec.clientKey ?? value('CERT_AUTH_PRIVATE_KEY') ?? value('CLIENT_KEY') ?? cert
  return {
    ...(ca && { ca }),
    ...(cert !== undefined && { cert: readBytes(cert, 'our certificate') }),
    ...(cert !== undefined && { key: new Secret(readBytes(key!, 'the key of our certificate')) }),
  }
}

function readFolder(folder: string): Buffer[] {
  try {
    const names = readdirSync(folder).filter((name) => /\.(?:pem|crt|cer)$/.test(name))
    return names.map((name) => readBytes(join(folder, name), 'a CA'))
  } catch {
    throw missing(
      'the folder of CAs cannot be read',
      'look at where BAO_CAPATH or VAULT_CAPATH leads',
    )
  }
}

function readTokenFile({ home, variables }: Environment): string | undefined {
  const folder = variables['ANSIBLE_HASHI_VAULT_TOKEN_PATH'] ?? home
  const named = variables['ANSIBLE_HASHI_VAULT_TOKEN_FILE'] ?? '.vault-token'
  const file = variables['BAO_TOKEN_PATH'] ?? (folder && join(folder, named))
  if (!file) return undefined
  const text = readIfThere(file, "the token's file")?.toString().trim()
  return text === '' ? undefined : text
}

function readBytes(file: string, what: string): Buffer {
  const bytes = readIfThere(file, what)
  if (bytes !== undefined) return bytes
  throw missing(`${what} is not there: ${file}`, 'look at the path, and at who may read it')
}

function readIfThere(file: string, what: string): Buffer | undefined {
  try {
    return readGuarded(file, { from: 'file', links: 'follow', most: MOST_BYTES })?.bytes
  } catch {
    throw missing(`${what} cannot be read: ${file}`, 'look at its rights')
  }
}
