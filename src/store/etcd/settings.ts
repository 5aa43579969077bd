// Where an etcd is and who we are there: `store: { etcd: … }` first, and for what it leaves open the variables that etcdctl reads,
// under their own names. A password is in no configuration: it comes from the environment alone.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Environment } from '../../environment.js'
import { StoreError } from '../../errors.js'
import { errnoOf } from '../../files/file-error.js'
import { Secret } from '../../secret.js'
import type { EtcdSpec } from '../../store-spec.js'

export interface EtcdSettings {
  /** At least one; `https:`, or `http:` to this very machine. */
  readonly endpoints: readonly URL[]
  /** PEM; undefined: the CAs that Node trusts. */
  readonly ca: Buffer | undefined
  /** PEM of our certificate and its key. */
  readonly own: { readonly cert: Buffer; readonly key: Buffer } | undefined
  readonly login: { readonly user: string; readonly password: Secret } | undefined
}

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/

/** @throws StoreError `K3SV_STORE_SETTINGS` that names the setting */
export function readSettings(spec: EtcdSpec, environment: Environment): EtcdSettings {
  const { variables, cwd } = environment
  const fileOf = (named: string | undefined, variable: string): NamedFile | undefined => {
    if (named !== undefined) return { file: named, name: 'the configuration' }
    const value = variables[variable]
    return value ? { file: resolve(cwd, value), name: variable } : undefined
  }
  const ca = fileOf(spec.caCert, 'ETCDCTL_CACERT')
  const cert = fileOf(spec.clientCert, 'ETCDCTL_CERT')
  const key = fileOf(spec.clientKey, 'ETCDCTL_KEY')
  if ((cert === undefined) !== (key === undefined)) {
    throw unusable(
      `there is a ${cert ? 'client certificate' : 'client key'} for etcd, but no ${cert ? 'key' : 'certificate'}`,
      'set both: client_cert and client_key, or ETCDCTL_CERT and ETCDCTL_KEY',
    )
  }
  return {
    endpoints: readEndpoints(spec, variables['ETCDCTL_ENDPOINTS'], [ca, cert].some(Boolean)),
    ca: ca && readPem(ca, 'CERTIFICATE'),
    own: cert && key && { cert: readPem(cert, 'CERTIFICATE'), key: readPem(key, 'PRIVATE KEY') },
    login: readLogin(spec.user, environment),
  }
}

interface NamedFile {
  readonly file: string
  /** Where its name comes from, in the words of a message. */
  readonly name: string
}

function readEndpoints(spec: EtcdSpec, variable: string | undefined, hasTls: boolean): URL[] {
  const isOurs = spec.endpoints.length > 0
  const texts = isOurs ? spec.endpoints : (variable ?? '').split(',').map((text) => text.trim())
  const given = texts.filter((text) => text !== '')
  if (given.length === 0) {
    throw unusable(
      'nobody says where etcd is',
      'set `endpoints` in the configuration, or ETCDCTL_ENDPOINTS',
    )
  }
  const name = isOurs ? 'endpoints' : 'ETCDCTL_ENDPOINTS'
  return given.map((text) => readEndpoint(text, name, hasTls))
}

/** Without a scheme, as etcdctl has it: TLS where there is something to do TLS with. */
function readEndpoint(text: string, name: string, hasTls: boolean): URL {
  const whole = text.includes('://') ? text : `${hasTls ? 'https' : 'http'}://${text}`
  const url = URL.canParse(whole) ? new URL(whole) : undefined
  const isPlain = url?.protocol === 'http:'
  if (url?.username || url?.password) {
    throw unusable(`an address in ${name} holds a user or password`, 'set ETCDCTL_USER instead')
  }
  if (url === undefined || !(isPlain || url.protocol === 'https:') || url.pathname.length > 1) {
    throw unusable(`an address in ${name} is not HOST:PORT behind https://`, 'correct it')
  }
  if (isPlain && !LOOPBACK.test(url.hostname)) {
    throw unusable(
      `etcd at ${url.host} would be asked without TLS`,
      `write https:// before it in ${name}; plain http is for this very machine`,
    )
  }
  return url
}

/** ETCDCTL_USER holds `user` or `user:password`. */
function readLogin(named: string | undefined, { variables }: Environment): EtcdSettings['login'] {
  const [, fromVariable = '', inVariable] =
    /^([^:]*)(?::(.*))?$/s.exec(variables['ETCDCTL_USER'] ?? '') ?? []
  const user = named ?? fromVariable
  const isSame = user === fromVariable
  const password = variables['ETCDCTL_PASSWORD'] || (isSame ? inVariable : undefined)
  if (user === '') return undefined
  if (!password) {
    throw unusable(
      `there is no password for the etcd user ${user}`,
      'set ETCDCTL_PASSWORD, or ETCDCTL_USER as user:password',
    )
  }
  return { user, password: new Secret(password) }
}

function readPem({ file, name }: NamedFile, kind: string): Buffer {
  let bytes: Buffer
  try {
    bytes = readFileSync(file)
  } catch (error) {
    throw unusable(
      `a file for TLS, which ${name} names, cannot be read (${errnoOf(error) ?? 'unknown'})`,
      'correct its name or its rights',
      file,
    )
  }
  if (bytes.includes(`${kind}-----`)) return bytes
  throw unusable(
    `a file for TLS, which ${name} names, holds no ${kind.toLowerCase()} as PEM`,
    'name another',
    file,
  )
}

function unusable(message: string, hint: string, file?: string): StoreError {
  return new StoreError('K3SV_STORE_SETTINGS', message, { location: { file }, hint })
}
