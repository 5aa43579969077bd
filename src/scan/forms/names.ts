// Whether the names that lead to a value say that it is a K3s cluster's secret, or Ansible's vault password. Names come from all
// readers in one shape: the blocks around the value, outermost first, and its own name last.
import { isConfigPath } from './files.js'
import { CONFIG_KEYS, isEnvironmentName, kindOfName } from '../../role/token-names.js'

/** The ways in which names tell it; each is a form. */
export type NameForm = 'environment' | 'variable' | 'block-key' | 'vault-variable'

const OF_K3S = /k3s|rke2|k3os|k3d(?![a-z])/i
/** Words between the block that is K3s' and the key: they say which part of it, and not what else. */
const PARTS =
  /^(?:servers?|agents?|masters?|workers?|nodes?|control[-_ ]?planes?|config(?:uration)?|clusters?|commons?|globals?|settings?|args?|env(?:ironment)?|vars?|variables?|defaults?|values?|spec|secrets?|string_?data|data|auth|join|bootstrap|install|parameters?|params|options?|inputs?|properties|hosts|children|all|main|join[-_]?config|text|content|builtins|\w{0,20}json|\w{0,20}yaml|\w{0,20}toml|\d+)$/i
const GENERIC =
  /^(?:(?:agent|join|node|server|cluster|bootstrap|shared|worker|master|registration)[-_.]?)?token$|^(?:cluster|shared|join)[-_.]?secret$/i
/** Blocks whose key `secret` is a token. */
const PARTS_OF_SECRET = /^(?:cluster|shared|join|server|agent|node|bootstrap)$/i
/** Keys that say that the value of the name above them follows. */
const VALUES = /^(?:default|default_?value|value|result|content|text|plain_?text)$/i
const VAULT =
  /(?:^|[._-])vault[._-]?(?:pass(?:word|wd|phrase)?|pw)$|^ansible[._-]?vault[._-]?(?:secret|key)$/i

/** A name without the signs and the places that languages put before it: `$env:X`, `ENV.X`, `profile::k3s::X`. */
export function cleanName(name: string): string {
  return name
    .replace(/^(?:[$@%&*]|--)+/, '')
    .replace(/^(?:env|g|s|l|script|global):/i, '')
    .replace(/::|->|\?\.|(?<=\w):(?=\w)/g, '.')
    .replace(/^["'`]|(?<!["'`\]])["'`\]]+$/g, '')
}

/** Whether a text is worth looking at as a name of a token or a vault password; cheap. */
export function isMaybeName(name: string): boolean {
  return /token|secret|vault|default|value|result|content|text|password/i.test(name)
}

/** What such a name has; looked for first, because most words of a text have not. */
const SAYS_SO = /token|secret/i

/** A name that says by itself that a K3s token stands under it. */
export function isSpecific(name: string): boolean {
  return SAYS_SO.test(name) && kindOfName(cleanName(name)) === 'specific'
}

/** The same of the path of a secret in a store of secrets: `/k3s/token`. */
export function isSpecificPath(path: string): boolean {
  return isSpecific(path.replace(/^\//, '').replaceAll('/', '.'))
}

/** Keys under which a list of names and values has the name; in order, the first that is there is meant. */
export const PAIR_NAMES = [
  /^name$/i,
  /^key$/i,
  /(?:^|[a-z_-])(?:name|key|variable)$/i,
  /^(?:env|envvar|var|field|id|@name|path)$/i,
]
const PAIR_VALUES =
  /^(?:val|secret|plain_?text|result|content|@value)$|(?:^|[a-z_-])(?:value|secret_?string|default)$/i

/** Whether a key names what stands beside it. */
export function isPairName(key: string): boolean {
  return PAIR_NAMES.some((pattern) => pattern.test(key))
}

/** Whether what stands under a key is the value of the name beside it. */
export function isPairValue(key: string): boolean {
  return PAIR_VALUES.test(key)
}

/** A name of Ansible's vault password; `isAnsible`: whether Ansible is spoken of, because another vault has passwords, too. */
export function isVaultName(name: string, isAnsible: boolean): boolean {
  const clean = cleanName(name)
  return clean.length < 80 && VAULT.test(clean) && (isAnsible || /ansible/i.test(clean))
}

/** How the names tell it; undefined: they do not. */
export function formOfNames(path: readonly string[], isAnsible: boolean): NameForm | undefined {
  let names = path
  const last = names.at(-1) ?? ''
  if (!isMaybeName(last) && !OF_K3S.test(last)) return undefined
  while (names.length > 1 && VALUES.test(names.at(-1)!)) {
    names = names.slice(0, -1)
    while (names.length > 1 && /^(?:\d+|instances|attributes)$/.test(names.at(-1)!)) {
      names = names.slice(0, -1)
    }
  }
  const name = cleanName(names.at(-1) ?? '')
  if (isEnvironmentName(name)) return 'environment'
  if (isSpecific(name)) return 'variable'
  if (isVaultName(name, isAnsible)) return 'vault-variable'
  if (HOLDER.test(cleanName(names.at(-2) ?? '')) && CLUSTER.test(name)) return 'variable'
  return isInBlock(names.slice(0, -1), name) ? 'block-key' : undefined
}

/** A list of tokens that names each by what it is for: `tokens: { k3s: …, github: … }`. */
const HOLDER = /^(?:[A-Za-z_]{1,20}[-_.])?(?:tokens|token|secrets)$/i
const CLUSTER =
  /^(?:k3s|rke2)(?:[-_.]?(?:cluster|server|agent|node|join|prod|staging|dev|lab|home|edge)){0,2}$/i

/** Whether a name is that of a cluster, or of something that is named for it: `k3s`, `rke2-lab`. */
export function isClusterName(name: string): boolean {
  return CLUSTER.test(name)
}

/** Whether `name` is a key of a block of K3s'. */
export function isInBlock(blocks: readonly string[], name: string): boolean {
  const isSecret = name === 'secret' && PARTS_OF_SECRET.test(blocks.at(-1) ?? '')
  if (!GENERIC.test(name) && !CONFIG_KEYS.has(name) && !isSecret) return false
  const kind = blocks[0]
  // The first label of a resource is its type; the second is whatever somebody calls it.
  if ((kind === 'resource' || kind === 'data' || kind === 'provider') && blocks.length > 1) {
    return OF_K3S.test(blocks[1]!) || nearest(blocks.slice(3))
  }
  return nearest(blocks)
}

function nearest(blocks: readonly string[]): boolean {
  for (const block of blocks.toReversed()) {
    if (isConfigPath(block)) return true
    const parts = cleanName(block).split('.')
    for (const part of parts.toReversed()) {
      if (OF_K3S.test(part)) return !OF_OTHERS.test(part)
      if (!PARTS.test(part) && !isHost(block)) return false
    }
  }
  return false
}

/** What runs beside K3s, or on it, and is named after it. */
const OF_OTHERS = /runner|gitlab|github|grafana|exporter|dashboard|backup|monitor|traefik|dns/i

/** A host of an inventory: `hosts: 10.0.0.11: token: …`. */
function isHost(block: string): boolean {
  return /^[\w-]{1,60}(?:\.[\w-]{1,60})+$/.test(block)
}
