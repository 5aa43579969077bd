// An authority as it is kept beside the token document: certificates in the clear, keys sealed in one piece. What is read is taken
// at its word for nothing, and no message repeats what the file holds.
import { StoreError } from '../errors.js'
import { isMapping } from '../yaml/mapping.js'
import { quoteYaml } from '../yaml/quote.js'
import { readYaml, YamlSyntaxError } from '../yaml/read.js'
import type { AuthorityOptions } from './authority.js'

export interface StoredAuthority {
  readonly cluster: string
  readonly program: AuthorityOptions['program']
  /** RFC 3339 in UTC to the second. */
  readonly created: string
  /** PEM by the name of the file, relative to `server/tls`. */
  readonly certificates: Readonly<Record<string, string>>
  /** Vault text; what it holds is JSON: PEM by the name of the file. */
  readonly keys: string
}

const SCHEMA = 1
const HEADER = `# The CA of a K3s cluster, made before its first start and kept by k3s_vars; its hash stands in the token document beside.
# Commit it: the keys are sealed. Never edit it: what is not whole is refused.
`

/** YAML, one fixed form. */
export function renderAuthority(authority: StoredAuthority): string {
  const { cluster, program, created, certificates, keys } = authority
  const texts = Object.entries(certificates).map(
    ([name, pem]) => `  ${quoteYaml(name)}: |\n${indent(indent(pem))}`,
  )
  return [
    HEADER,
    `schema: ${SCHEMA}\n`,
    `cluster: ${quoteYaml(cluster)}\n`,
    `program: ${program}\n`,
    `created: ${quoteYaml(created)}\n`,
    `certificates:\n${texts.join('')}`,
    `keys: !vault |\n${indent(keys)}`,
  ].join('')
}

/** @throws StoreError `K3SV_STORE_CA` for a text that is not whole, or another cluster's; `K3SV_STORE_SCHEMA` for a newer one */
export function parseAuthority(
  text: string,
  expected: { readonly cluster: string; readonly file: string },
): StoredAuthority {
  const { file } = expected
  const value = read(text, file)
  const { schema, cluster, program, created, certificates, keys } = value
  if (typeof schema === 'number' && schema > SCHEMA) {
    throw new StoreError('K3SV_STORE_SCHEMA', 'the CA was written by a newer version of k3s_vars', {
      location: { file },
      hint: 'update k3s_vars on this machine',
    })
  }
  const sealed = isMapping(keys) ? keys['__ansible_vault'] : undefined
  const isWhole =
    schema === SCHEMA &&
    cluster === expected.cluster &&
    (program === 'k3s' || program === 'rke2') &&
    typeof created === 'string' &&
    isTexts(certificates) &&
    typeof sealed === 'string'
  if (!isWhole) throw notWhole(file, 'is not one of this cluster')
  return { cluster, program, created, certificates, keys: sealed }
}

/** The PEM texts of opened keys by the names of their files; undefined for what is none. */
export function parseKeys(text: string): Readonly<Record<string, string>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isTexts(value) ? value : undefined
  } catch {
    return undefined
  }
}

export function notWhole(file: string, what: string): StoreError {
  return new StoreError('K3SV_STORE_CA', `the CA that is kept ${what}`, {
    location: { file },
    hint: 'restore the file from Git or a backup; a CA that nodes know cannot be made again',
  })
}

function read(text: string, file: string): Readonly<Record<string, unknown>> {
  try {
    const { value } = readYaml(text)
    if (isMapping(value)) return value
  } catch (error) {
    if (!(error instanceof YamlSyntaxError)) throw error
  }
  throw notWhole(file, 'is not valid YAML')
}

function isTexts(value: unknown): value is Readonly<Record<string, string>> {
  return isMapping(value) && Object.values(value).every((one) => typeof one === 'string')
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '  ')
}
