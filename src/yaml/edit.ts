// The one user of the `yaml` package, which knows where each value stands in the text. Only writing needs it, so it is
// imported when a document is replaced and never on Ansible's path.
import { isMap, isScalar, isSeq, Lexer, parseDocument, type Pair } from 'yaml'

/**
 * A change of one top-level key. `pair` is the whole new `key: value`, `items` are new items to put in front of a
 * list's; both are block style, indented from column 1, and end in a newline.
 */
export type YamlEdit =
  { readonly key: string; readonly pair: string } | { readonly key: string; readonly items: string }

interface Comment {
  readonly offset: number
  readonly text: string
}

interface Splice {
  readonly start: number
  readonly end: number
  readonly text: string
}

/**
 * `text` with the edits made and every other byte as it was. Comments inside a replaced pair move to the lines above
 * it, so none is lost. Null where the text is not one block mapping that holds the keys once each, without anchors: the
 * caller then writes the document afresh.
 */
export function editYaml(text: string, edits: readonly YamlEdit[]): string | null {
  const document = parseDocument(text)
  const root = document.contents
  if (document.errors.length > 0 || !isMap(root) || root.flow === true) return null
  const comments = findComments(text)
  const newline = text.includes('\r\n') ? '\r\n' : '\n'
  const splices: Splice[] = []
  for (const edit of edits) {
    const pair = root.items.find(({ key }) => isScalar(key) && key.value === edit.key)
    const splice =
      pair &&
      ('pair' in edit
        ? replacePair(text, pair, edit.pair, comments)
        : prepend(text, pair, edit.items))
    if (!splice) return null
    splices.push({ ...splice, text: splice.text.replaceAll('\n', newline) })
  }
  splices.sort((a, b) => b.start - a.start)
  return splices.reduce(
    (done, { start, end, text: inner }) => done.slice(0, start) + inner + done.slice(end),
    text,
  )
}

/** The comments of YAML text in their order, each from its `#` to the end of its line. */
export function commentsOf(text: string): string[] {
  return findComments(text).map((comment) => comment.text)
}

/** The lexer's pieces make up the text again, but for three control characters; one of them announces a scalar. */
function findComments(text: string): Comment[] {
  const found: Comment[] = []
  let offset = 0
  let isScalarNext = false
  for (const lexeme of new Lexer().lex(text)) {
    const isControl = lexeme === '\u0002' || lexeme === '\u0018' || lexeme === '\u001f'
    if (lexeme.startsWith('#') && !isScalarNext) found.push({ offset, text: lexeme.trimEnd() })
    if (!isControl) offset += lexeme.length
    isScalarNext = lexeme === '\u001f'
  }
  return found
}

function replacePair(
  text: string,
  pair: Pair,
  replacement: string,
  comments: readonly Comment[],
): Splice | null {
  const start = startOf(pair.key)
  const valueEnd = endOf(pair.value)
  // A key that does not begin its line belongs to a mapping on one line, or has a tag or an anchor in front.
  if (start === null || valueEnd === null || !isLineStart(text, start)) return null
  const isBlock = replacement.indexOf('\n') < replacement.length - 1
  const end = isBlock ? nextLine(text, valueEnd) : valueEnd
  const kept = comments.filter(({ offset }) => offset >= start && offset < end)
  return {
    start,
    end,
    text:
      kept.map((comment) => `${comment.text}\n`).join('') +
      (text[end - 1] === '\n' ? replacement : replacement.slice(0, -1)),
  }
}

/** Where the line after `offset` begins; `offset` itself if that is the beginning of a line. */
function nextLine(text: string, offset: number): number {
  if (text[offset - 1] === '\n') return offset
  const newline = text.indexOf('\n', offset)
  return newline < 0 ? text.length : newline + 1
}

function prepend(text: string, pair: Pair, items: string): Splice | null {
  const list = pair.value
  const start = startOf(list)
  if (!isSeq(list) || list.flow === true || start === null) return null
  const lineStart = text.lastIndexOf('\n', start - 1) + 1
  const indent = text.slice(lineStart, start)
  if (indent.trim() !== '') return null
  return { start: lineStart, end: lineStart, text: items.replace(/^(?=.)/gm, indent) }
}

function isLineStart(text: string, offset: number): boolean {
  return offset === 0 || text[offset - 1] === '\n' || (offset === 1 && text.startsWith('\ufeff'))
}

function startOf(node: unknown): number | null {
  return isScalar(node) || isSeq(node) ? (node.range?.[0] ?? null) : null
}

/** Where the last value inside a node ends; the node's own range may reach over the comments that follow it. */
function endOf(node: unknown): number | null {
  if ((isMap(node) || isSeq(node)) && node.flow !== true) {
    const last = node.items.at(-1)
    return endOf(isMap(node) ? (last as Pair | undefined)?.value : last)
  }
  return isScalar(node) || isMap(node) || isSeq(node) ? (node.range?.[1] ?? null) : null
}
