// Finds candidates in YAML and JSON by their structure: token variables, keys of config.yaml, secrets of our own documents.
import { Secret } from '../secret.js'
import type { YamlValue } from '../ansible-files/vars-file/yaml-values.js'
import type { Candidate, Via } from './candidate.js'
import type { FileTraits } from './file-traits.js'
import { CONFIG_KEYS, kindOfName } from '../role/token-names.js'

/** A value under a variable's name. */
export interface NamedValue extends Candidate {
  /** The name of the variable itself, without the keys above it. */
  readonly name: string
  /** Sealed inline: `text` is then Ansible Vault text. */
  readonly isSealed: boolean
  /** `other`: a token only if a token variable's template refers to its name. */
  readonly place: 'token' | 'other'
}

/** A template of a token variable that refers to another variable: `token: "{{ vault_token }}"`. */
export interface Reference {
  readonly from: string
  readonly to: string
}

export interface ValueFindings {
  readonly values: readonly NamedValue[]
  readonly references: readonly Reference[]
}

/** The values of YAML or JSON that are, or may turn out to be, tokens. */
export function findInValues(all: readonly YamlValue[], file: FileTraits): ValueFindings {
  const values: NamedValue[] = []
  const references: Reference[] = []
  const form = formOf(all)
  for (const value of all) {
    const { names, isSealed } = unwrap(value)
    const name = names.at(-1) ?? ''
    const via = viaOf(names, form, file)
    if (!isReadable(value) || (via === undefined && !MAYBE.test(name))) continue
    if (via !== undefined && !isSealed) {
      references.push(...namesIn(value.text).map((to) => ({ from: name, to })))
    }
    values.push({
      text: new Secret(value.text),
      line: value.line,
      column: value.column,
      key: names.join('.'),
      via: via ?? 'variable',
      isComment: false,
      name,
      isSealed,
      place: via === undefined ? 'other' : 'token',
    })
  }
  return { values, references }
}

/** A name that people give the variable behind a token variable. */
const MAYBE = /token|secret|pass|vault/i

const PLAIN_TAGS = new Set(['!unsafe', '!', '!!str'])

/** An item of a list is no variable's value; another tag names a value that stands elsewhere. */
function isReadable({ type, tag, isVault, path }: YamlValue): boolean {
  const isText = (type === 'string' || type === 'number') && typeof path.at(-1) === 'string'
  return isText && (tag === undefined || isVault || PLAIN_TAGS.has(tag))
}

/** The names that lead to a value, without list indices and without the mark that JSON gives a sealed or unsafe value. */
function unwrap({ path, isVault }: YamlValue): { names: readonly string[]; isSealed: boolean } {
  const names = path.filter((step) => typeof step === 'string')
  const mark = names.at(-1)
  if (mark === '__ansible_vault') return { names: names.slice(0, -1), isSealed: true }
  return { names: mark === '__ansible_unsafe' ? names.slice(0, -1) : names, isSealed: isVault }
}

/** What the file's top-level keys say it is. */
type Form = 'variables' | 'list' | 'manifest' | 'token document'

function formOf(values: readonly YamlValue[]): Form {
  const roots = new Set(values.map(({ path }) => path[0]))
  if (['schema', 'cluster', 'attempt', 'current'].every((key) => roots.has(key)))
    return 'token document'
  if (roots.has('apiVersion') && roots.has('kind')) return 'manifest'
  return roots.has(0) ? 'list' : 'variables'
}

/** How a token stands under these names; undefined: it is none as far as they tell. */
function viaOf(names: readonly string[], form: Form, file: FileTraits): Via | undefined {
  const name = names.at(-1) ?? ''
  if (form === 'token document') {
    const isSecret = /^(?:server|agent)$/.test(name) && names.length === 2
    return isSecret ? 'document' : undefined
  }
  const kind = kindOfName(name, names.at(-2))
  if (kind === 'specific') return 'variable'
  if (kind === 'other') return undefined
  return isVariablePlace(names, form) || (CONFIG_KEYS.has(name) && file.isK3sConfig)
    ? 'variable'
    : undefined
}

const HOLDERS = /^(?:vars|set_fact|ansible\.builtin\.set_fact)$|k3s|rke2/i

/** Whether a variable of this path is one of Ansible's: of a vars file, a play, a task, a group or a host. */
function isVariablePlace(names: readonly string[], form: Form): boolean {
  if (names.length === 1) return form === 'variables'
  return HOLDERS.test(names.at(-2)!) || names.at(-3) === 'hosts'
}

const TEMPLATE = /\{\{\s*(?:\(\s*)?([A-Za-z_]\w{0,100})/g

function namesIn(text: string): string[] {
  return [...text.slice(0, 1000).matchAll(TEMPLATE)].map(([, name]) => name!)
}
