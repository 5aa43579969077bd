// House rules: the one table of exit statuses and error codes; the table in docs is generated from it. An error says what
// is wrong and where, never what the input was: no message, hint or cause may contain text of a token, a password or a file.

/** Exit status per area. 0 is success and 8 means "findings"; neither is an error. */
export const EXIT_STATUS = {
  done: 0,
  internal: 1,
  usage: 2,
  config: 3,
  token: 4,
  store: 5,
  vault: 6,
  cluster: 7,
  findings: 8,
} as const

/** What an error can be about. */
export const ERROR_AREAS = [
  'internal',
  'usage',
  'config',
  'token',
  'store',
  'vault',
  'cluster',
] as const satisfies readonly (keyof typeof EXIT_STATUS)[]

export type ErrorArea = (typeof ERROR_AREAS)[number]

/** The codes of an area begin with its name; an internal error and a rotation go by others, which users know. */
type CodesOf<Area extends string> = Readonly<Record<`K3SV_${Area}${string}`, string>>

const INTERNAL_CODES = {
  K3SV_FAULT: 'an internal error: something is wrong in k3s_vars itself',
} as const satisfies CodesOf<'FAULT'>

const USAGE_CODES = {
  K3SV_USAGE: 'an unknown command, option or argument, or a combination that makes no sense',
  K3SV_USAGE_TERMINAL: 'a question has to be asked, and there is no terminal to ask it on',
  K3SV_USAGE_OUTPUT:
    'the answer cannot be written to standard output, or to the file or descriptor that was named',
} as const satisfies CodesOf<'USAGE'>

const CONFIG_CODES = {
  K3SV_CONFIG_NOT_FOUND: 'no k3s_vars.yml in any of the places where it is looked for',
  K3SV_CONFIG_UNREADABLE: 'the configuration, or a file that it includes, cannot be read',
  K3SV_CONFIG_WORLD_WRITABLE:
    'the configuration lies in a folder that everybody can write, or an included one can be written by others',
  K3SV_CONFIG_SYNTAX: 'the configuration is not valid YAML',
  K3SV_CONFIG_INVALID:
    'a value of the configuration has the wrong type or is not one of the allowed ones',
  K3SV_CONFIG_UNKNOWN_KEY: 'the configuration has a key that nothing reads',
  K3SV_CONFIG_SECRET:
    'a password or token of a connection stands in the configuration, which everybody reads',
  K3SV_CONFIG_HOST_PATTERN:
    'a host name, port or range that Ansible would refuse, or read as no machine',
  K3SV_CONFIG_INCLUDE: 'an include that matches nothing, leaves the folder or repeats a cluster',
  K3SV_CONFIG_HOST_CONFLICT:
    'one host belongs to two clusters, or to two groups that exclude each other',
  K3SV_CONFIG_UNKNOWN_CLUSTER: 'a cluster was named that the configuration does not have',
  K3SV_CONFIG_COMBINATION: 'two settings that exclude each other',
} as const satisfies CodesOf<'CONFIG'>

const TOKEN_CODES = {
  K3SV_TOKEN_EMPTY: 'the token is empty',
  K3SV_TOKEN_FORMAT: 'the token has no format that K3s reads',
  K3SV_TOKEN_CA_HASH:
    'the CA hash of the token has the wrong length or other characters than hex digits, or two tokens name two CAs',
  K3SV_TOKEN_REFUSED: 'a rule refuses the token; the message names the rule',
  K3SV_TOKEN_SOURCE: 'the file, variable or stream that should hold the token does not',
} as const satisfies CodesOf<'TOKEN'>

const STORE_CODES = {
  K3SV_STORE_ABSENT: 'there is no token yet, and minting is not allowed here',
  K3SV_STORE_VANISHED:
    'there is no token in the store, but the store itself or Git has or had one there, or cannot tell, so nothing is minted',
  K3SV_STORE_OCCUPIED: 'the store holds another token already',
  K3SV_STORE_UNAVAILABLE: 'the store cannot answer',
  K3SV_STORE_DENIED:
    'the store does not let us in, or not to the document: no credentials, wrong ones, or no right',
  K3SV_STORE_TLS:
    "the store's certificate is not to be trusted: unknown CA, wrong name, expired; nothing was sent",
  K3SV_STORE_SETTINGS:
    'what the connection to the store needs is missing, unreadable, or makes no sense together',
  K3SV_STORE_UNFIT:
    'the place cannot keep a token: no KV mount of version 2, a server without what is needed',
  K3SV_STORE_EXPIRES: 'the store would delete the token by itself after a time, so none is made',
  K3SV_STORE_MOVED: 'the document was moved to another store, which the message names',
  K3SV_STORE_READ_ONLY: 'the store cannot be written',
  K3SV_STORE_FULL: 'the disk or the quota is full',
  K3SV_STORE_FOREIGN:
    'something that is not ours lies in the place of the document: a link, a folder, another owner',
  K3SV_STORE_EXPOSED:
    'others can write the document or its folder, or take them away, or plain secrets can be read by others',
  K3SV_STORE_CORRUPT: 'the document in the store is damaged or is not one of ours',
  K3SV_STORE_BINDING:
    'the document is not as it was written: its parts were edited, taken away, or come from another one',
  K3SV_STORE_UNSEALED:
    'a token lies in the clear in the document, although the configuration says that all are sealed',
  K3SV_STORE_CA:
    'a CA of the cluster is kept already, none is, or what is kept of one is not whole',
  K3SV_STORE_SCHEMA: 'the document was written by a newer version',
  K3SV_STORE_CONFLICT: 'the document changed while it was being replaced',
  K3SV_STORE_LOCKED: 'another process holds the lock of the document',
} as const satisfies CodesOf<'STORE'>

const VAULT_CODES = {
  K3SV_VAULT_NO_PASSWORD: 'a vault password is needed and none is configured',
  K3SV_VAULT_PASSWORD_SOURCE: 'a vault password file is missing, unreadable or empty',
  K3SV_VAULT_SCRIPT: 'a vault password script failed or printed nothing',
  K3SV_VAULT_CONFIG: 'ansible.cfg cannot be read as Ansible reads it',
  K3SV_VAULT_ID: 'the vault id has no password, or is not a usable name',
  K3SV_VAULT_WRONG_PASSWORD:
    'no password opens the text: another password sealed it, or it is damaged',
  K3SV_VAULT_NOT_VAULT: 'the text is not Ansible Vault text',
  K3SV_VAULT_FORMAT: 'the vault text is damaged: its envelope cannot be read',
  K3SV_VAULT_PLAIN: 'a value has the tag !vault, and what stands behind it is plain text',
  K3SV_VAULT_NOTHING: 'a path was named, and there is nothing to do to what lies there',
  K3SV_VAULT_OTHER: 'a file was named that is sealed in another way than was asked for',
  K3SV_VAULT_CIPHER: 'the vault text names a cipher other than AES256',
  K3SV_VAULT_PADDING: 'the vault text opens, but its padding is wrong',
  K3SV_VAULT_NOT_TEXT: 'the vault text opens, but what it holds is not UTF-8 text',
  K3SV_VAULT_FILE: 'a file to encrypt, decrypt or rekey cannot be read, or cannot be replaced',
  K3SV_VAULT_SYNTAX: 'a file cannot be read for sure as YAML, or as an INI inventory',
  K3SV_VAULT_VALUE: 'a value cannot be encrypted or decrypted in the place where it stands',
  K3SV_VAULT_EDITOR: 'the editor cannot be run, or failed',
} as const satisfies CodesOf<'VAULT'>

const CLUSTER_CODES = {
  K3SV_CLUSTER_ALIVE:
    'a server of K3s or RKE2 answers already, so its token must be imported and not invented',
  K3SV_CLUSTER_DOUBT:
    'nobody can tell whether the cluster lives already: its servers are not known, or one gives no clear answer; nothing is minted',
  K3SV_CLUSTER_PIN:
    'a server has another CA than the token names, or a certificate of another CA; no password was sent to it',
  K3SV_CLUSTER_CA:
    'the secure form is asked for, and no CA of the cluster is known for certain, or several are',
  K3SV_CLUSTER_UNREACHABLE: 'no server of the cluster answers as K3s, so nothing can be asked',
  K3SV_CLUSTER_KUBECONFIG:
    'there is no kubeconfig, or it cannot be used: unreadable, incomplete, or asking for what is not done here',
  K3SV_CLUSTER_API: 'the API of the cluster does not answer, or refuses what it is asked for',
  K3SV_CLUSTER_TOKEN: 'a server of the cluster does not accept the token',
  K3SV_CLUSTER_ANSIBLE: 'ansible-inventory cannot be run, or failed',
  K3SV_ROTATION_UNDER_WAY:
    'a rotation is under way, and a node that got a token now could be lost with it; nothing is handed out',
  K3SV_ROTATION_STOPPED:
    'a rotation cannot begin, go on or be taken back as things are; the message names what stops it',
} as const satisfies CodesOf<'CLUSTER' | 'ROTATION'>

/** Every error code with its meaning, by the area that its class and its exit status follow from. */
export const ERROR_CODES = {
  internal: INTERNAL_CODES,
  usage: USAGE_CODES,
  config: CONFIG_CODES,
  token: TOKEN_CODES,
  store: STORE_CODES,
  vault: VAULT_CODES,
  cluster: CLUSTER_CODES,
} as const satisfies Readonly<Record<ErrorArea, unknown>>

type Codes = { readonly [Area in ErrorArea]: keyof (typeof ERROR_CODES)[Area] }

/** The codes of an area, or of several. */
export type CodeOf<Area extends ErrorArea> = Codes[Area]

export type ErrorCode = CodeOf<ErrorArea>

/** Where something is wrong. Lines and columns count from 1; `key` is a dotted path such as `clusters.prod.role`. */
export interface Location {
  readonly file?: string | undefined
  readonly line?: number | undefined
  readonly column?: number | undefined
  readonly key?: string | undefined
}

export interface ErrorDetails {
  readonly location?: Location | undefined
  /** What to do next, in the imperative, lower case, without a full stop. There always is something. */
  readonly hint: string
}

/**
 * The base of all errors that we raise on purpose. `message` is one line in lower case without a full stop and holds
 * no input text; there is never a `cause`, because foreign errors quote what they read.
 */
export abstract class K3sVarsError extends Error {
  abstract readonly area: ErrorArea
  abstract readonly code: ErrorCode
  readonly location: Location | undefined
  readonly hint: string

  constructor(message: string, details: ErrorDetails) {
    super(message)
    this.name = new.target.name
    this.location = details.location
    this.hint = details.hint
  }

  get exitStatus(): number {
    return EXIT_STATUS[this.area]
  }
}

/** An error of one area, which has the codes of that area alone. */
abstract class AreaError<Area extends ErrorArea> extends K3sVarsError {
  abstract override readonly area: Area
  readonly code: CodeOf<Area>

  constructor(code: CodeOf<Area>, message: string, details: ErrorDetails) {
    super(message, details)
    this.code = code
  }
}

export class UsageError extends AreaError<'usage'> {
  readonly area = 'usage'
}

export class ConfigError extends AreaError<'config'> {
  readonly area = 'config'
}

export class TokenError extends AreaError<'token'> {
  readonly area = 'token'
}

export class StoreError extends AreaError<'store'> {
  readonly area = 'store'
}

export class VaultError extends AreaError<'vault'> {
  readonly area = 'vault'
}

export class ClusterError extends AreaError<'cluster'> {
  readonly area = 'cluster'
}

/** `file:line:column (key)` of a location, as far as it is known; empty when nothing is. */
export function formatLocation(location: Location): string {
  const position = [location.file, location.line, location.column].filter(
    (part) => part !== undefined,
  )
  const key = location.key === undefined ? '' : `(${location.key})`
  return [position.join(':'), key].filter((part) => part !== '').join(' ')
}
