// The one user of the `yaml` package, which knows where each node stands in the text. It reads no types: every scalar is the
// text that it holds. Only the command line and writing need it, never Ansible's path.
import { Composer, isAlias, isMap, isScalar, isSeq, Lexer, Parser } from 'yaml'
import type { CST, Document, Pair } from 'yaml'
import { YamlSyntaxError } from './syntax-error.js'

/** A stretch of the text: offsets of its first character and of the one behind its last. */
export interface Span {
  readonly start: number
  readonly end: number
}

export interface Comment extends Span {
  /** From its `#` to the end of the line. */
  readonly text: string
}

/** A tag or an anchor as it is written, with its `!` or `&`. */
export interface Property extends Span {
  readonly text: string
}

export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded'

/** As deep as our reader goes, which reads what is written again. */
const MOST_DEPTH = 100

interface Node extends Span {
  readonly tag?: Property
  readonly anchor?: Property
}

/** `start` and `end` of a node leave out its tag and anchor, and the comments that follow it. */
export type YamlNode =
  | (Node & { readonly kind: 'scalar'; readonly style: ScalarStyle; readonly text: string })
  | (Node & { readonly kind: 'alias'; readonly name: string })
  | (Node & { readonly kind: 'map'; readonly isFlow: boolean; readonly pairs: readonly YamlPair[] })
  | (Node & {
      readonly kind: 'list'
      readonly isFlow: boolean
      readonly items: readonly YamlItem[]
    })

/** What is not written, such as the value of `a:`, is an empty plain scalar or undefined. */
export interface YamlPair {
  readonly key: YamlNode | undefined
  readonly value: YamlNode | undefined
}

export interface YamlItem {
  /** Where its dash stands; the item itself in a flow list. */
  readonly start: number
  readonly value: YamlNode | undefined
}

/**
 * The root of each document in `text`; undefined for an empty one. Keys that stand in a mapping twice are all there.
 * @throws YamlSyntaxError
 */
export function parseTree(text: string): readonly (YamlNode | undefined)[] {
  const tokens = tokensOf(text)
  // Each document has a token of its own, in whose start the tag and the anchor of the root stand.
  const starts = tokens.flatMap((token) => (token.type === 'document' ? [token.start] : []))
  return compose(tokens).map((document, index) => {
    const [error] = document.errors
    if (error !== undefined) throw syntaxError(text, error.pos[0])
    return convert(document.contents, starts[index] ?? [])
  })
}

/** The comments of YAML text in their order. */
export function findComments(text: string): readonly Comment[] {
  const found: Comment[] = []
  let offset = 0
  let isScalarNext = false
  // The lexer's pieces make up the text again, but for three control characters; one of them announces a scalar.
  for (const lexeme of new Lexer().lex(text)) {
    const isControl = lexeme === '\u0002' || lexeme === '\u0018' || lexeme === '\u001f'
    if (lexeme.startsWith('#') && !isScalarNext) {
      const comment = lexeme.trimEnd()
      found.push({ start: offset, end: offset + comment.length, text: comment })
    }
    if (!isControl) offset += lexeme.length
    isScalarNext = lexeme === '\u001f'
  }
  return found
}

export interface LineAndColumn {
  readonly line: number
  readonly column: number
}

/** Tells line and column of an offset, both from 1; a byte order mark takes up no column. */
export function positionsIn(text: string): (offset: number) => LineAndColumn {
  const starts = [text.startsWith('\ufeff') ? 1 : 0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return (offset) => {
    let [low, high] = [0, starts.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (starts[middle]! <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: Math.max(0, offset - starts[low]!) + 1 }
  }
}

/** Where the line after `offset` begins; `offset` itself if that is the beginning of a line. */
export function nextLine(text: string, offset: number): number {
  if (offset > 0 && text[offset - 1] === '\n') return offset
  const newline = text.indexOf('\n', offset)
  return newline < 0 ? text.length : newline + 1
}

function compose(tokens: readonly CST.Token[]): readonly Document.Parsed[] {
  if (isDeeperThan(MOST_DEPTH, tokens)) throw tooDeep()
  const composer = new Composer({
    schema: 'failsafe',
    keepSourceTokens: true,
    prettyErrors: false,
    strict: false,
    uniqueKeys: false,
  })
  return [...composer.compose(tokens)]
}

/** As the package's parser makes them; where many levels end at once it calls itself for each, so there must not be many. */
function tokensOf(text: string): readonly CST.Token[] {
  const parser = new Parser()
  const tokens: CST.Token[] = []
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token)
    // A level takes a place or two.
    if (parser.stack.length > 3 * MOST_DEPTH) throw tooDeep()
  }
  for (const token of parser.end()) tokens.push(token)
  return tokens
}

function tooDeep(): YamlSyntaxError {
  return new YamlSyntaxError('nested too deeply', 1, 1)
}

/**
 * Whether tokens are nested deeper than that. The package's composer calls itself for each level, and near the end of the
 * stack V8 may end the process instead of throwing.
 */
function isDeeperThan(depth: number, tokens: readonly CST.Token[]): boolean {
  let level: readonly (CST.Token | null | undefined)[] = tokens
  for (let reached = 0; level.length > 0; reached++) {
    if (reached > depth) return true
    level = level.flatMap((token) => {
      if (token?.type === 'document') return [token.value]
      if (!token || !('items' in token)) return []
      return token.items.flatMap(({ key, value }) => [key, value])
    })
  }
  return false
}

function syntaxError(text: string, offset: number): YamlSyntaxError {
  const { line, column } = positionsIn(text)(offset)
  return new YamlSyntaxError('the structure cannot be followed', line, column)
}

/** @param before the tokens in front of the node, its tag and anchor among them */
function convert(node: unknown, before: readonly CST.SourceToken[]): YamlNode | undefined {
  if (!isScalar(node) && !isAlias(node) && !isMap(node) && !isSeq(node)) return undefined
  const [start, end] = node.range!
  const common: Node = { start, end, ...properties(before) }
  if (isScalar(node)) {
    return { ...common, kind: 'scalar', style: STYLES[node.type!] ?? 'plain', text: textOf(node) }
  }
  if (isAlias(node)) return { ...common, kind: 'alias', name: node.source }
  const isFlow = node.flow === true
  if (isMap(node)) return { ...common, kind: 'map', isFlow, pairs: node.items.map(convertPair) }
  const tokens = itemTokens(node.srcToken)
  const items = node.items.map((item, index): YamlItem => {
    const before = tokens[index]?.start ?? []
    const value = convert(item, before)
    const dash = before.find(({ type }) => type === 'seq-item-ind')?.offset
    return { start: dash ?? value?.start ?? start, value }
  })
  return { ...common, kind: 'list', isFlow, items }
}

const STYLES: Readonly<Record<string, ScalarStyle>> = {
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
}

/** With the failsafe schema a scalar is its text; nothing written is the empty one. */
function textOf({ value }: { readonly value: unknown }): string {
  return typeof value === 'string' ? value : ''
}

function convertPair({ key, value, srcToken }: Pair): YamlPair {
  return { key: convert(key, srcToken?.start ?? []), value: convert(value, srcToken?.sep ?? []) }
}

function properties(before: readonly CST.SourceToken[]): { tag?: Property; anchor?: Property } {
  const found: { tag?: Property; anchor?: Property } = {}
  for (const { type, offset, source } of before) {
    if (type === 'tag' || type === 'anchor') {
      found[type] = { start: offset, end: offset + source.length, text: source }
    }
  }
  return found
}

/** The parser's pieces of a list, those left out that hold comments alone. */
function itemTokens(token: CST.Token | undefined): readonly CST.CollectionItem[] {
  if (token?.type === 'flow-collection') return token.items
  if (token?.type !== 'block-seq') return []
  return token.items.filter(({ start }) => start.some(({ type }) => type === 'seq-item-ind'))
}
