// Reads YAML as PyYAML's SafeLoader and Ansible read it: YAML 1.1 types, `!vault`, `!unsafe`. The one importer of js-yaml.
// House rule: an error holds no input text; js-yaml's own errors quote what they read and are rebuilt.
import * as yaml from 'js-yaml'
import { BOOL, FLOAT, INT, NULL } from './plain-types.js'
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
  /** Where the key or item of `path` stands; undefined where it is not written, such as behind a merge key. */
  placeOf(path: Path): Position | undefined
}

/** Nesting deeper than this is no configuration, and would exhaust the stack. */
const DEEPEST = 100
/** Aliases can make a few lines stand for billions of values. */
const MOST_NODES = 1_000_000

/**
 * Reads one document.
 * @throws YamlSyntaxError
 */
export function readYaml(text: string): YamlDocument {
  const value = parse(text)
  return { value, placeOf: (path) => locate(text, path) }
}

let schema: yaml.Schema | undefined

function parse(text: string, listener?: Listener): unknown {
  schema ??= makeSchema()
  let depth = 0
  try {
    const value = yaml.load(text, {
      schema,
      listener: (event, state) => {
        depth += event === 'open' ? 1 : -1
        if (depth > DEEPEST) throw new YamlSyntaxError('nested too deeply', lineOf(state), 1)
        listener?.(event, state)
      },
    })
    countNodes(value)
    return value
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
  return new YamlSyntaxError(withoutQuotes(error.reason), line + 1, column + 1)
}

/** js-yaml quotes names of tags, aliases and handles, and characters; some of them behind a bare colon. */
function withoutQuotes(reason: string): string {
  return reason
    .replace(/[:"'`<!][^]*/, '')
    .replace(/(?:, but found| for)? *$/, '')
    .toLowerCase()
}

/** Counts what a printed value would hold, each alias anew. */
function countNodes(value: unknown): void {
  const sizes = new Map<object, number>()
  const sizeOf = (node: unknown): number => {
    if (typeof node !== 'object' || node === null) return 1
    const known = sizes.get(node)
    if (known !== undefined) return known
    sizes.set(node, Infinity)
    let size = 1
    for (const child of Object.values(node)) size += sizeOf(child)
    sizes.set(node, size)
    return size
  }
  if (sizeOf(value) > MOST_NODES)
    throw new YamlSyntaxError('aliases stand for too many values, or for themselves', 1, 1)
}

type Listener = (event: 'open' | 'close', state: yaml.State) => void

/** The line, from 1, at which the reader stands; js-yaml's types leave it out. */
function lineOf(state: yaml.State): number {
  return (state as unknown as { line: number }).line + 1
}

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
    const isKey = (child: Node): boolean => String(child.value) === String(step)
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
      implicit(
        'null',
        (text) => NULL.test(text),
        () => null,
      ),
      implicit(
        'bool',
        (text) => BOOL.test(text),
        (text) => /^(?:yes|true|on)$/i.test(text),
      ),
      implicit('int', (text) => INT.test(text), readInt),
      implicit('float', (text) => FLOAT.test(text), readFloat),
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
