import { isVaultText } from '../vault/envelope.js'
import { readYamlValues } from '../ansible-files/vars-file/yaml-values.js'
import type { YamlValue } from '../ansible-files/vars-file/yaml-values.js'
import { YamlSyntaxError } from '../yaml/syntax-error.js'
import { allowedBy } from './allow.js'
import type { Candidate } from './candidate.js'
import { traitsOf } from './file-traits.js'
import type { FileTraits } from './file-traits.js'
import { findInLines } from './find-in-lines.js'
import { findInValues } from './find-in-values.js'
import type { NamedValue, Reference, ValueFindings } from './find-in-values.js'
import type { Hit } from './finding.js'
import { classifyCandidate } from './classify.js'

/** A file as it was looked at. */
export interface Inspected {
  readonly traits: FileTraits
  /** What the file alone tells. */
  readonly hits: readonly Hit[]
  /** Values sealed inline that stand where tokens stand. */
  readonly sealed: readonly NamedValue[]
  /** Values that are tokens if a token variable of any file refers to their name. */
  readonly others: readonly NamedValue[]
  readonly references: readonly Reference[]
  /** Whether the whole file is Ansible Vault text; then there is nothing else. */
  readonly isVault: boolean
  /** Whether a comment in the file allows the hit. */
  readonly isAllowed: (hit: Hit) => boolean
}

/**
 * Looks at the text of a file. Pure, and linear in the text but for the YAML parser, which gets no more than a megabyte.
 * @param path relative, with forward slashes: it tells what kind of file it is
 */
export function inspectText(path: string, text: string): Inspected {
  const traits = traitsOf(path, text)
  const isVault = isVaultText(text)
  const values = isVault ? undefined : readValues(text, traits)
  const found: ValueFindings =
    values === undefined ? { values: [], references: [] } : findInValues(values, traits)
  const inLines = isVault ? [] : findInLines(text, traits, looseLines(text, values, traits))
  const plain = found.values.filter(({ isSealed, place }) => !isSealed && place === 'token')
  return {
    traits,
    hits: withoutDoubles([...plain, ...inLines]).flatMap((one) => classifyCandidate(one, traits)),
    sealed: found.values.filter(({ isSealed, place }) => isSealed && place === 'token'),
    others: found.values.filter(({ place }) => place === 'other'),
    references: found.references,
    isVault,
    isAllowed: allowedBy(text),
  }
}

/** Vars files are small; a larger file is read by its lines. */
const MAX_STRUCTURE = 1024 * 1024
const WORTH_PARSING =
  /(?:token|secret)["']?\s*:|!vault|__ansible_vault|vault_\w+["']?\s*:|^attempt:/im

/** The values of YAML or JSON; undefined for another file, and for one that is neither in spite of its name. */
function readValues(text: string, traits: FileTraits): readonly YamlValue[] | undefined {
  if (!traits.isStructured || text.length > MAX_STRUCTURE) return undefined
  if (!WORTH_PARSING.test(text)) return []
  try {
    return readYamlValues(text)
  } catch (error) {
    if (error instanceof YamlSyntaxError) return undefined
    throw error
  }
}

/** The lines whose structure is not read: all of a file that has none, and text that is a value as a whole. */
function looseLines(
  text: string,
  values: readonly YamlValue[] | undefined,
  traits: FileTraits,
): (line: number) => boolean {
  if (values === undefined) return () => !traits.isHistory
  const loose = new Set<number>()
  for (const { body, line, isVault } of values) {
    if (body === undefined || isVault) continue
    const lines = text.slice(body.start, body.end).split('\n').length
    for (let offset = 1; offset <= lines; offset++) loose.add(line + offset)
  }
  return (line) => loose.has(line)
}

/** One text on one line is one finding, under the first name that was found for it. */
function withoutDoubles(candidates: readonly Candidate[]): Candidate[] {
  const seen = new Set<string>()
  return candidates.filter(({ text, line }) => {
    const mark = `${line} ${text.reveal().trim()}`
    if (seen.has(mark)) return false
    seen.add(mark)
    return true
  })
}
