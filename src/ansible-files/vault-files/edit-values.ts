// Puts values into vault text, out of it, or from one vault text into another, in the text of one YAML file.
import type { YamlValue } from '../vars-file/yaml-values.js'
import { typeOfPlain } from '../../yaml-types.js'
import { nextLine } from '../../yaml/tree.js'
import { codeLineOf, formatComment } from './style-comment.js'
import type { CodeLine } from './style-comment.js'
import { plainestStyle, renderScalar, styleOf } from './scalar-style.js'
import type { Rendered, ScalarStyle } from './scalar-style.js'
import { applySplices, replaceValue } from './splice.js'
import type { Splice } from './splice.js'
import { isPlain } from './plain-value.js'
import { requireIntent } from './yaml-file.js'
import type { Intent, YamlFile } from './yaml-file.js'

/** What becomes of one value: vault text, or the string that was in it. */
export interface ValueResult {
  readonly value: YamlValue
  readonly result: { readonly vaultText: string } | { readonly text: string }
}

const VAULT_TAG = '!vault'

/**
 * The file's text with the values in their new form and every other byte as it was.
 * @param comments whether a comment keeps the style of what becomes vaulted, where it is not the plainest
 * @throws VaultError `K3SV_VAULT_SYNTAX` where the text could not be edited without touching more
 */
export function editValues(
  file: YamlFile,
  results: readonly ValueResult[],
  comments: 'keep-style' | 'none',
): string {
  const intents = new Map<number, Intent>()
  for (const { value, result } of results) {
    const isVault = 'vaultText' in result
    const text = isVault ? result.vaultText : result.text
    intents.set(file.values.indexOf(value), { text, isVault })
  }
  const edit = (mode: typeof comments): string => {
    const splices = makeSplices(file, results, mode)
    const text = applySplices(file.text, splices)
    requireIntent(file, text, intents)
    return text
  }
  if (comments === 'none') return edit('none')
  try {
    return edit('keep-style')
  } catch {
    // A comment cannot stand on every line, such as one that a quoted text goes on behind.
    return edit('none')
  }
}

/** Whether decrypting brings back a value as it is written now. */
export function isStyleKept(file: YamlFile, value: YamlValue): boolean {
  return findStyle(file, value) !== 'lost'
}

/** The style that a comment has to keep; undefined where the plainest one is that of the value, or none is to be had. */
function findStyle(file: YamlFile, value: YamlValue): ScalarStyle | undefined | 'lost' {
  if (isWritten(file, value, plainestStyle(value.text, value.isFlow))) return undefined
  const style = styleOf(value, file.text)
  return style !== undefined && isWritten(file, value, style) ? style : 'lost'
}

/** Whether the style gives back what stands in the file, byte for byte. */
function isWritten(file: YamlFile, value: YamlValue, style: ScalarStyle): boolean {
  const rendered = renderScalar(value.text, style)
  if (rendered === undefined || rendered.tag !== (value.tag ?? '')) return false
  const splices = replaceValue(file.text, { value, rendered })
  return applySplices(file.text, splices) === file.text
}

function makeSplices(
  file: YamlFile,
  results: readonly ValueResult[],
  comments: 'keep-style' | 'none',
): Splice[] {
  const byValue = new Map(results.map(({ value, result }) => [value, result]))
  const lines = new Map<number, { line: CodeLine; vaulted: YamlValue[]; after: Entry[] }>()
  const splices: Splice[] = []
  for (const value of file.values) {
    const result = byValue.get(value)
    if (result === undefined && !value.isVault) continue
    const line = codeLineOf(file.text, value, file.comments)
    const state = lines.get(line.comment.start) ?? { line, vaulted: [], after: [] }
    lines.set(line.comment.start, state)
    if (value.isVault) state.vaulted.push(value)
    const isEncrypted = result !== undefined && 'vaultText' in result && !value.isVault
    state.after.push({ value, result, isEncrypted })
  }
  for (const { line, vaulted, after } of lines.values()) {
    const known = new Map<YamlValue, ScalarStyle | undefined>()
    // Entries that are not one for each vaulted value are not to be trusted.
    if (comments !== 'none' && line.entries?.length === vaulted.length) {
      vaulted.forEach((value, index) => known.set(value, line.entries![index]))
    }
    const kept = after
      .filter(({ result }) => result === undefined || 'vaultText' in result)
      .map(({ value, isEncrypted }) => {
        const style = isEncrypted ? findStyle(file, value) : known.get(value)
        return style === 'lost' ? undefined : style
      })
    const isChanged = after.some(
      ({ value, result }) => result && value.isVault !== 'vaultText' in result,
    )
    const text = comments === 'none' ? '' : formatComment(kept)
    if (isChanged) splices.push({ ...line.comment, text })
    splices.push(...after.flatMap((entry) => valueSplices(file, entry, known)))
  }
  return splices
}

interface Entry {
  readonly value: YamlValue
  readonly result: ValueResult['result'] | undefined
  /** Whether it becomes vaulted. */
  readonly isEncrypted: boolean
}

function valueSplices(
  file: YamlFile,
  { value, result }: Entry,
  known: ReadonlyMap<YamlValue, ScalarStyle | undefined>,
): readonly Splice[] {
  if (result === undefined) return []
  if ('vaultText' in result) return replace(file, value, renderVault(file, value, result.vaultText))
  const plainest = plainestStyle(result.text, value.isFlow)
  const former = known.get(value)
  // The value may have changed since the comment was written.
  const isUsable = former !== undefined && carriesString(former, result.text, plainest)
  const rendered = isUsable ? renderScalar(result.text, former) : undefined
  return replace(file, value, rendered ?? renderScalar(result.text, plainest)!)
}

/** Whether the style makes the text a string, and no template of what would be none. */
function carriesString({ tag, style }: ScalarStyle, text: string, plainest: ScalarStyle): boolean {
  if (plainest.tag === '!unsafe' && tag !== '!unsafe') return false
  return tag !== '' || style !== 'plain' || typeOfPlain(text) === 'string'
}

function replace(file: YamlFile, value: YamlValue, rendered: Rendered): readonly Splice[] {
  return replaceValue(file.text, { value, rendered })
}

/** As `ansible-vault encrypt_string` writes it; on one line where a block cannot stand, and in the form that it has. */
function renderVault(file: YamlFile, value: YamlValue, vaultText: string): Rendered {
  const tag = value.isVault ? value.tag! : VAULT_TAG
  // Behind the tag may stand plain text, whose form is none of vault text.
  const isSealed = value.isVault && !isPlain(value)
  const isQuoted = isSealed && value.body === undefined
  if (value.isFlow || isQuoted) {
    return { ...renderScalar(vaultText, { ...DOUBLE, tag })!, tag }
  }
  const former = isSealed ? styleOf(value, file.text) : undefined
  const isUsable = former?.style === 'block' && former.indent > 0 && former.indicator[0] === '|'
  const indent = isUsable ? former.indent : vaultIndent(file.text, value)
  const lines = vaultText.trimEnd().split('\n')
  return {
    tag,
    core: isUsable ? former.indicator : '|',
    body: lines.map((line) => ' '.repeat(indent) + line),
  }
}

const DOUBLE: ScalarStyle = { tag: '', style: 'double', indicator: '', indent: 0 }
const INDENT = 2

/** Deeper than a comment on the lines behind, which would else become a part of the block. */
function vaultIndent(text: string, value: YamlValue): number {
  const behind = text.slice(value.body?.end ?? nextLine(text, value.core.end))
  const comment = /^(?:[ \t]*\r?\n)*( *)#/.exec(behind)?.[1]!.length ?? 0
  return Math.max(INDENT, comment - Math.max(value.indent, 0) + INDENT)
}
