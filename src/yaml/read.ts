// Begin here: most only read. edit.ts changes a text in place, with the tree of tree.ts; quote.ts writes one value.
//
// Reads YAML as PyYAML's SafeLoader and Ansible read it: YAML 1.1 types, `!vault`, `!unsafe`. The one importer of js-yaml.
// House rule: an error holds no input text; js-yaml's own errors quote what they read and are rebuilt.
import * as yaml from 'js-yaml'
import { isBoolean, isFloat, isInteger, isNull, isTrue } from '../yaml-types.js'
import { checkSize, DEEPEST, MOST_NODES } from './size.js'
import { YamlSyntaxError } from './syntax-error.js'

export { YamlSyntaxError }

/** A place in a document; lines and columns count from 1. */
export interface Position {
  readonly line: number
  readonly column: number
}

export type Path = readonly (string | number)[]

/** A document that was read. */
export interface YamlDocument {
  /** Vault text is `{ __ansible_vault: text }` and unsafe text `{ __ansible_unsafe: text }`, as Ansible's JSON has them. */
  readonly value: unknown
  /** Whether JSON can carry the value: every number is finite, and no text holds half a surrogate pair. */
  readonly fitsJson: boolean
  /** Where the key or item of `path` stands; undefined where it is not written, such as behind a merge key. */
  placeOf(path: Path): Position | undefined
}

/** js-yaml's names of its own limits → our words. */
const LIMITS = {
  'nesting exceeded': 'nested too deeply',
  'merge keys exceeded': 'merge keys bring in too many values',
} as const

/** What @types/js-yaml does not know yet; the defaults of js-yaml 4.3 refuse fleets that share values by merge keys. */
interface LoadOptions extends yaml.LoadOptions {
  readonly maxDepth: number
  readonly maxTotalMergeKeys: number
}

/**
 * Reads one document.
 * @throws YamlSyntaxError
 */
export function readYaml(text: string): YamlDocument {
  const { value, fitsJson } = parse(text)
  return { value, fitsJson, placeOf: (path) => locate(text, path) }
}

/**
 * Reads every document of a text. As for PyYAML, the last of two equal keys counts.
 * @throws YamlSyntaxError
 */
export function readYamlDocuments(text: string): readonly unknown[] {
  try {
    const documents = yaml.loadAll(text, null, { ...loadOptions(), json: true })
    documents.forEach(checkSize)
    return documents
  } catch (error) {
    throw rebuild(error)
  }
}

let schema: yaml.Schema | undefined

function loadOptions(): LoadOptions {
  schema ??= makeSchema()
  return { schema, maxDepth: DEEPEST, maxTotalMergeKeys: MOST_NODES }
}

function parse(text: string, listener?: Listener): Pick<YamlDocument, 'value' | 'fitsJson'> {
  const options = loadOptions()
  try {
    const value = yaml.load(text, listener ? { ...options, listener } : options)
    return { value, fitsJson: checkSize(value) }
  } catch (error) {
    throw rebuild(error)
  }
}

function rebuild(error: unknown): unknown {
  if (!(error instanceof yaml.YAMLException)) return error
  const { line, column } = (error.mark as { line: number; column: number } | undefined) ?? {
    line: 0,
    column: 0,
  }
  const limit = Object.entries(LIMITS).find(([name]) => error.reason.startsWith(name))?.[1]
  return new YamlSyntaxError(limit ?? withoutQuotes(error.reason), line + 1, column + 1)
}

/** js-yaml quotes names of tags, aliases and handles, and characters; some of them behind a bare colon. */
function withoutQuotes(reason: string): string {
  return reason
    .replace(/[:"'`<!][^]*/, '')
    .trimEnd()
    .replace(/(?:, but found| for)$/, '')
    .toLowerCase()
}

type Listener = (event: 'open' | 'close', state: yaml.State) => void

interface Node extends Position {
  /** Offsets in the text. */
  readonly start: number
  end: number
  readonly children: Node[]
  value: unknown
}

/** Reads the text again and notes where each node begins; only errors need that. */
function locate(text: string, path: Path): Position | undefined {
  const root: Node = { line: 1, column: 1, start: 0, end: 0, children: [], value: undefined }
  const open: Node[] = [root]
  parse(text, (event, state) => {
    const { line, position, lineStart, result } = state as unknown as {
      line: number
      position: number
      lineStart: number
      result: unknown
    }
    if (event === 'open') {
      const node: Node = {
        line: line + 1,
        column: position - lineStart + 1,
        start: position,
        end: position,
        children: [],
        value: undefined,
      }
      // What follows an anchor or tag is tried as a key, then read anew: the first reading reaches beyond this.
      const { children } = open.at(-1)!
      while ((children.at(-1)?.end ?? 0) > position) children.pop()
      children.push(node)
      open.push(node)
    } else {
      Object.assign(open.pop()!, { value: result, end: position })
    }
  })
  return descend(root.children[0], path)
}

function descend(node: Node | undefined, path: Path): Position | undefined {
  let [current, position] = [node, node as Position | undefined]
  for (const step of path) {
    // A flow collection on a line of its own is read as the key that it could be: one node within another.
    while (current?.children.length === 1 && current.children[0]!.value === current.value)
      current = current.children[0]
    if (!current) return undefined
    if (Array.isArray(current.value)) {
      current = current.children[step as number]
      position = current
      continue
    }
    // The children of a mapping are its keys and values in turn, save for keys without a value as in `{ a, b: 1 }`.
    const isKey = ({ value }: Node): boolean =>
      // A mapping can hold a `toString` of its own, which must not be called.
      (typeof value !== 'object' || value === null) && String(value) === String(step)
    const inTurn = current.children.findIndex((child, place) => place % 2 === 0 && isKey(child))
    const index = inTurn < 0 ? current.children.findIndex(isKey) : inTurn
    position = current.children[index]
    current = index < 0 ? undefined : current.children[index + 1]
  }
  return position && { line: position.line, column: position.column }
}

/** Dates stay the text that they are: that is what Ansible's JSON carries. */
function makeSchema(): yaml.Schema {
  const scalar = (tag: string, construct: (text: string) => unknown): yaml.Type =>
    new yaml.Type(tag, {
      kind: 'scalar',
      construct: (text: string | null) => construct(text ?? ''),
    })
  const implicit = (
    tag: string,
    resolves: (text: string) => boolean,
    construct: (text: string) => unknown,
  ): yaml.Type =>
    new yaml.Type(`tag:yaml.org,2002:${tag}`, {
      kind: 'scalar',
      resolve: (text: unknown) =>
        text === null ? tag === 'null' : typeof text === 'string' && resolves(text),
      construct,
    })
  return yaml.FAILSAFE_SCHEMA.extend({
    implicit: [
      implicit('null', isNull, () => null),
      implicit('bool', isBoolean, isTrue),
      implicit('int', isInteger, readInt),
      implicit('float', isFloat, readFloat),
      new yaml.Type('tag:yaml.org,2002:merge', {
        kind: 'scalar',
        resolve: (text: unknown) => text === '<<' || text === null,
      }),
    ],
    explicit: [
      scalar('!vault', (text) => ({ __ansible_vault: text })),
      scalar('!vault-encrypted', (text) => ({ __ansible_vault: text })),
      scalar('!unsafe', (text) => ({ __ansible_unsafe: text })),
    ],
  })
}

function signed(text: string): { readonly sign: number; readonly digits: string } {
  const digits = text.replaceAll('_', '')
  return {
    sign: digits.startsWith('-') ? -1 : 1,
    digits: digits.replace(/^[-+]/, '').toLowerCase(),
  }
}

/** The number; its text where JavaScript has no such integer, so that no digit is lost. */
function readInt(text: string): number | string {
  const value = integerOf(text)
  return Number.isSafeInteger(value) ? value : text
}

function integerOf(text: string): number {
  const { sign, digits } = signed(text)
  if (digits.includes(':')) return sign * sexagesimal(digits)
  if (/^0[bx]/.test(digits)) return sign * Number(digits)
  if (/^0[0-7]+$/.test(digits)) return sign * Number.parseInt(digits, 8)
  return sign * Number(digits)
}

function readFloat(text: string): number {
  const { sign, digits } = signed(text)
  if (digits === '.inf') return sign * Infinity
  if (digits === '.nan') return NaN
  return sign * (digits.includes(':') ? sexagesimal(digits) : Number(digits))
}

function sexagesimal(digits: string): number {
  return digits.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
}
