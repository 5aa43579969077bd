// What is said of a store in the configuration that is not as it should be. Only an error loads the words; no value is repeated.
import { ConfigError } from '../errors.js'
import type { Location } from '../errors.js'

const KINDS = ['openbao', 'vault', 'etcd', 'git'] as const
type Kind = (typeof KINDS)[number]

const KV_KEYS =
  'address mount path namespace auth auth_mount role role_id token_path ca_cert client_cert client_key timeout'

/** The keys of each mapping in a store. */
export const STORE_KEYS: Readonly<Record<string, string>> = {
  store: KINDS.join(' '),
  'store.openbao': KV_KEYS,
  'store.vault': KV_KEYS,
  'store.etcd': 'endpoints prefix user ca_cert client_cert client_key timeout',
  'store.git': 'remote ref timeout',
}

const SECRETS = /^(?:.*_)?(?:token|password|passwd|pass|secret|secret_id|jwt|credentials?)$/

const KV_SECRETS =
  'set BAO_TOKEN, VAULT_TOKEN or ~/.vault-token; a secret id in BAO_SECRET_ID, VAULT_SECRET_ID or ANSIBLE_HASHI_VAULT_SECRET_ID; a JWT in BAO_JWT, VAULT_JWT or ANSIBLE_HASHI_VAULT_JWT'

const WHERE: Readonly<Record<Kind, string>> = {
  openbao: KV_SECRETS,
  vault: KV_SECRETS,
  etcd: 'set ETCDCTL_PASSWORD, or ETCDCTL_USER to USER:PASSWORD',
  git: "give it to Git: a credential helper, or ssh's agent",
}

/** The error for a key that would hold a secret of a connection; undefined for any other unknown key. */
export function secretKey(
  key: string,
  path: readonly string[],
  location: Location,
): ConfigError | undefined {
  const kind = kindIn(path)
  if (kind === undefined || !SECRETS.test(key)) return undefined
  return new ConfigError(
    'K3SV_CONFIG_SECRET',
    `${key} is a secret, and this file is no place for one`,
    { location, hint: `take it out and change it; ${WHERE[kind]}` },
  )
}

/** What is wrong with a value in a store; undefined where the general words will do. */
export function wrongInStore(path: readonly string[], keyword: string): string | undefined {
  if (keyword === 'maxProperties') return `expected one kind of store alone`
  if (kindIn(path) === undefined || keyword !== 'pattern') return undefined
  const last = path.filter((key) => !/^\d+$/.test(key)).at(-1) ?? ''
  return PATTERNS[last]
}

const PATTERNS: Readonly<Record<string, string>> = {
  address: 'expected https://HOST:PORT without a user or password; http only to this very machine',
  endpoints:
    'expected https://HOST:PORT without a user or password; http only to this very machine',
  path: 'expected words with slashes between them, and {cluster} once',
  mount: 'expected words with slashes between them',
  prefix: 'expected printable characters without spaces',
  user: 'expected a name without a password',
  remote: "expected the name of a remote, or Git's URL of one without a password",
  ref: 'expected the whole name of a ref, such as refs/k3s_vars/tokens',
}

/** The kind whose settings a path leads into. */
function kindIn(path: readonly string[]): Kind | undefined {
  const at = path.indexOf('store', path[0] === 'defaults' ? 1 : 2)
  return KINDS.find((kind) => at >= 0 && path[at + 1] === kind)
}
