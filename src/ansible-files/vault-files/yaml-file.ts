// House rules: a file is edited only where two readers of YAML agree on it, and an edit stands only if reading it again gives
// what was meant. Anything else is refused with the reason; no message holds a value.
import { VaultError } from '../../errors.js'
import type { ErrorDetails } from '../../errors.js'
import { readYamlDocuments, YamlSyntaxError } from '../../yaml/read.js'
import { findComments } from '../../yaml/tree.js'
import type { Comment } from '../../yaml/tree.js'
import { readYamlValues } from '../vars-file/yaml-values.js'
import type { YamlValue } from '../vars-file/yaml-values.js'

/** YAML text with all its values. */
export interface YamlFile {
  /** As it is named in errors. */
  readonly name: string
  readonly text: string
  readonly values: readonly YamlValue[]
  readonly comments: readonly Comment[]
}

/** Line ends that YAML 1.1 knows and other readers do not. */
const ODD_LINE_END = /\r(?!\n)|[\u0085\u2028\u2029]/

/** @throws VaultError `K3SV_VAULT_SYNTAX` */
export function readYamlFile(name: string, text: string): YamlFile {
  const odd = ODD_LINE_END.exec(text)
  if (odd) {
    throw notSure('it has line ends that readers of YAML disagree on', {
      location: { file: name, line: text.slice(0, odd.index).split('\n').length },
    })
  }
  try {
    const values = readYamlValues(text)
    requireAgreement(name, text, values)
    return { name, text, values, comments: findComments(text) }
  } catch (error) {
    if (!(error instanceof YamlSyntaxError)) throw error
    const { reason, line, column } = error
    throw notSure(reason, { location: { file: name, line, column } })
  }
}

/** What an edit is meant to make of a value. */
export interface Intent {
  readonly text: string
  readonly isVault: boolean
}

/**
 * The file with its new text, read anew.
 * @param intents what became of the values that were changed, by their index
 * @throws VaultError `K3SV_VAULT_SYNTAX` where any value is not what it should be
 */
export function requireIntent(
  file: YamlFile,
  text: string,
  intents: ReadonlyMap<number, Intent>,
): YamlFile {
  const edited = readYamlFile(file.name, text)
  const differs = (after: YamlValue, index: number): boolean => {
    const before = file.values[index]!
    const intent = intents.get(index)
    const isSame =
      intent === undefined
        ? after.text === before.text && after.tag === before.tag && after.style === before.style
        : isMeant(after, intent)
    const isPlace = JSON.stringify(after.path) === JSON.stringify(before.path)
    const type = intent === undefined ? before.type : 'string'
    return !isSame || !isPlace || after.type !== type || after.anchor !== before.anchor
  }
  // What an alias stands for changes with its value.
  const at = edited.values.findIndex(
    (after, index) => after.style !== 'alias' && differs(after, index),
  )
  if (edited.values.length === file.values.length && at < 0) return edited
  const { line } = file.values[Math.max(at, 0)] ?? { line: 1 }
  throw notSure('the edited text would not read as it should', {
    location: { file: file.name, line },
  })
}

/** Whether vault text ends in a newline makes no difference, and is up to the block that carries it. */
function isMeant(after: YamlValue, { text, isVault }: Intent): boolean {
  if (after.isVault !== isVault) return false
  return isVault ? after.text.trimEnd() === text.trimEnd() : after.text === text
}

/** @throws VaultError where our other reader finds another string in a place */
function requireAgreement(name: string, text: string, values: readonly YamlValue[]): void {
  const documents = readYamlDocuments(text)
  const last = new Map(
    values.map((value) => [JSON.stringify([value.document, value.path]), value] as const),
  )
  for (const value of last.values()) {
    if (value.type !== 'string' || value.style === 'alias') continue
    const found = lookUp(documents[value.document], value.path)
    // js-yaml ends a block with a newline even where the text has none.
    const isCut = value.body?.end === text.length && !text.endsWith('\n')
    if (found === undefined || found === value.text) continue
    if (isCut && found === `${value.text}\n`) continue
    throw notSure('its readers disagree on a value', {
      location: { file: name, line: value.line, column: value.column },
    })
  }
}

/** The text at a path; undefined where the path cannot be followed, as behind a merge key or a key that is no text. */
function lookUp(document: unknown, path: YamlValue['path']): string | undefined {
  let node = document
  for (const step of path) {
    if (typeof node !== 'object' || node === null || !Object.hasOwn(node, step)) return undefined
    node = (node as Record<string | number, unknown>)[step]
  }
  if (typeof node === 'object' && node !== null) {
    node = Object.values(node as Record<string, unknown>)[0]
  }
  return typeof node === 'string' ? node : undefined
}

function notSure(reason: string, details: Pick<ErrorDetails, 'location'>): VaultError {
  return new VaultError('K3SV_VAULT_SYNTAX', `the file cannot be edited safely: ${reason}`, {
    hint: 'encrypt the whole file instead, or correct it first',
    ...details,
  })
}
