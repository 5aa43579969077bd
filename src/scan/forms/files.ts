// Files that scripts and plays write, by their path: which are K3s' own, and which hold a vault password.

const CONFIG =
  /(?:k3s|rke2|rancherd?)[^\n"']{0,200}\/config\.ya?ml(?:\.d\/|$)|^(?:k3s|rke2)[\w.-]*config\.ya?ml$/i
const TOKEN =
  /(?:k3s|rke2)[^\s"']{0,200}token$|\/server\/(?:agent-|node-)?token$|(?:^|\/)cluster-token$/i
const VAULT =
  /(?:^|\/)\.?(?:[\w-]{1,40}[._-])?vault[._-]?(?:pass(?:word|wd|phrase)?|pw)(?:[._-][\w-]{1,40}){0,4}$/i
/** A variable that holds such a path. */
const VARIABLE =
  /^\$\{?(?:env:)?(?:\w{0,20}VAULT_?(?:PASS(?:WORD|WD)?|PW)_?(?:FILE|PATH)|(?:K3S|RKE2)_(?:AGENT_)?TOKEN_?(?:FILE|PATH))\}?$/i
const NO_VAULT = /\.(?:ya?ml|json|md|j2|enc|gpg|age|asc|example|sample)$/i

/** K3s' configuration, its token file, a file of a vault password, or none of these. */
export type Target = 'config' | 'token' | 'vault' | 'other'

/** Whether a path is that of K3s' configuration; cheap for what is no such path. */
export function isConfigPath(path: string): boolean {
  return path.includes('config.y') && targetOf(path) === 'config'
}

/** What a path is; undefined: the text does not tell, because it is worked out elsewhere. */
export function targetOf(path: string | undefined): Target | undefined {
  if (path === undefined || path === '') return undefined
  const plain = path.replace(/^["']|["']$/g, '')
  if (CONFIG.test(plain)) return 'config'
  if (TOKEN.test(plain)) return 'token'
  if (VARIABLE.test(plain)) return /VAULT/i.test(plain) ? 'vault' : 'token'
  if (VAULT.test(plain) && !NO_VAULT.test(plain)) return 'vault'
  return /[$`{]/.test(plain) || /^(?:\/dev\/|&|[0-9]+$|-$)/.test(plain) ? undefined : 'other'
}

/** Keys under which a task, a resource or a file of an image says where its text goes. */
export const PATH_KEYS: ReadonlySet<string> = new Set(
  'path dest destination file filename target name src mountPath mount_path'.split(' '),
)
/** Keys under which that text stands. */
export const CONTENT_KEYS: ReadonlySet<string> = new Set(
  'content contents inline line block text data source value body contents_base64'.split(' '),
)
