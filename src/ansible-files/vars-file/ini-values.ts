// INI inventories as Ansible's ini plugin reads them (plugins/inventory/ini.py of ansible-core 2.15 to 2.21). Such a file has
// no way to carry a vaulted value: the ciphertext would be the value.
import type { PlainType } from '../../yaml-types.js'
import { positionsIn } from '../../yaml/tree.js'
import type { FileValue } from './value.js'
import { splitWords } from './words.js'

export interface IniValue extends FileValue {
  /** Whether the value belongs to a host or to a group; `path` is the name of either and the key. */
  readonly owner: 'host' | 'group'
  /** False where what Ansible reads cannot be told here for sure: an escape, or quotes within quotes. */
  readonly isClear: boolean
}

/** Text that Ansible would not read as an INI inventory. The message holds no input. */
export class IniSyntaxError extends Error {
  readonly line: number

  constructor(reason: string, line: number) {
    super(reason)
    this.name = 'IniSyntaxError'
    this.line = line
  }
}

const SECTION = /^\[([^:\]\s]+)(?::(\w+))?\]\s*(?:#.*)?$/

/**
 * Every variable in the text of an INI inventory, in the order of the text.
 * @throws IniSyntaxError
 */
export function readIniValues(text: string): readonly IniValue[] {
  const positionOf = positionsIn(text)
  const found: IniValue[] = []
  let section = { name: 'ungrouped', kind: 'hosts' }
  for (const { line, start, number } of contentLines(text)) {
    const header = SECTION.exec(line)
    if (header) section = { name: header[1]!, kind: header[2] ?? 'hosts' }
    else if (line.startsWith('[') && line.endsWith(']'))
      throw new IniSyntaxError('a section header that is none', number)
    else if (section.kind === 'hosts') found.push(...hostValues({ line, start, number }))
    else if (section.kind === 'vars') found.push(groupValue(section.name, { line, start, number }))
    else if (section.kind !== 'children') throw new IniSyntaxError('an unknown section', number)
  }
  return found.map((value) => ({ ...value, ...positionOf(value.span.start) }))
}

interface Line {
  /** Without outer white space. */
  readonly line: string
  /** The offset of its first character. */
  readonly start: number
  /** From 1. */
  readonly number: number
}

function* contentLines(text: string): Generator<Line> {
  let offset = 0
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trim()
    const start = offset + raw.length - raw.trimStart().length
    offset += raw.length + 1
    if (line !== '' && !'#;'.includes(line[0]!)) yield { line, start, number: index + 1 }
  }
}

function hostValues({ line, start, number }: Line): IniValue[] {
  const words = splitWords(line, 'comments')
  if (words === undefined) throw new IniSyntaxError('a quote that is not closed', number)
  const host = words[0]?.text ?? ''
  return words.slice(1).map((word) => {
    const equals = word.text.indexOf('=')
    if (equals < 0) throw new IniSyntaxError('a word that is not key=value', number)
    const raw = line.slice(word.start, word.end)
    const valueStart = start + word.start + raw.indexOf('=') + 1
    return {
      ...describe(word.text.slice(equals + 1), [host, word.text.slice(0, equals)]),
      // The key itself may be quoted or escaped; then the first = need not be the one that divides.
      isClear: word.isClear && /^[\w.-]*=/.test(raw),
      owner: 'host',
      span: { start: valueStart, end: start + word.end },
    }
  })
}

function groupValue(group: string, { line, start, number }: Line): IniValue {
  const equals = line.indexOf('=')
  if (equals < 0) throw new IniSyntaxError('a line that is not key=value', number)
  const after = line.slice(equals + 1)
  const valueStart = start + equals + 1 + after.length - after.trimStart().length
  return {
    ...describe(after.trim(), [group, line.slice(0, equals).trim()]),
    owner: 'group',
    span: { start: valueStart, end: start + line.length },
  }
}

type Described = Pick<IniValue, 'path' | 'key' | 'text' | 'type' | 'isVault' | 'isClear'> &
  Pick<IniValue, 'line' | 'column'>

/** Ansible hands the text to Python's ast.literal_eval and keeps it as it is where that fails. */
function describe(written: string, path: readonly [string, string]): Described {
  const common = { path, key: path[1], isVault: false, line: 0, column: 0 }
  const quoted = /^(['"])([^\\]*)\1$/.exec(written)
  if (quoted && !quoted[2]!.includes(quoted[1]!)) {
    return { ...common, text: quoted[2]!, type: 'string', isClear: true }
  }
  // Quotes, brackets and prefixes such as r'' can begin other literals, or none: only Python knows.
  const isClear = /^[^'"([{\\]*$/.test(written)
  return { ...common, text: written, type: literalType(written), isClear }
}

function literalType(written: string): PlainType {
  if (
    /^[-+]?(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$|^0[xXoObB][\da-fA-F_]+$/.test(written)
  ) {
    // Python refuses 007, which so stays a text.
    return /^[-+]?0[\d_]*[1-9]/.test(written) && !/[.eE]/.test(written) ? 'string' : 'number'
  }
  if (/^(?:True|False)$/.test(written)) return 'boolean'
  return written === 'None' ? 'null' : 'string'
}
