// Only writing needs this and the tree of nodes beneath it, so it is imported when a document is replaced and never on
// Ansible's path.
import { YamlSyntaxError } from './syntax-error.js'
import { findComments, nextLine, parseTree } from './tree.js'
import type { Comment, YamlNode, YamlPair } from './tree.js'

/**
 * A change of one top-level key. `pair` is the whole new `key: value`, put in its place or on the line after another key's;
 * `items` are new items to put in front of a list's; both are block style, indented from column 1, and end in a newline.
 */
export type YamlEdit =
  | { readonly key: string; readonly pair: string }
  | { readonly key: string; readonly items: string }
  | { readonly after: string; readonly pair: string }

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
  const root = onlyRoot(text)
  if (root?.kind !== 'map' || root.isFlow) return null
  const comments = findComments(text)
  const newline = text.includes('\r\n') ? '\r\n' : '\n'
  const splices: Splice[] = []
  for (const edit of edits) {
    const name = 'after' in edit ? edit.after : edit.key
    const pairs = root.pairs.filter(({ key }) => key?.kind === 'scalar' && key.text === name)
    const pair = pairs.length === 1 ? pairs[0] : undefined
    const splice = pair && spliceOf(text, { edit, pair, comments })
    if (!splice) return null
    splices.push({ ...splice, text: splice.text.replaceAll('\n', newline) })
  }
  // From behind; what is inserted where a replaced pair begins comes in front of that.
  splices.sort((a, b) => b.start - a.start || b.end - a.end)
  return splices.reduce(
    (done, { start, end, text: inner }) => done.slice(0, start) + inner + done.slice(end),
    text,
  )
}

/** The comments of YAML text in their order, each from its `#` to the end of its line. */
export function commentsOf(text: string): string[] {
  return findComments(text).map((comment) => comment.text)
}

/** The root of a text of one document; undefined for any other text. */
function onlyRoot(text: string): YamlNode | undefined {
  try {
    const roots = parseTree(text)
    return roots.length === 1 ? roots[0] : undefined
  } catch (error) {
    if (error instanceof YamlSyntaxError) return undefined
    throw error
  }
}

interface Change {
  readonly edit: YamlEdit
  readonly pair: YamlPair
  readonly comments: readonly Comment[]
}

function spliceOf(text: string, { edit, pair, comments }: Change): Splice | null {
  if ('items' in edit) return prepend(text, pair, edit.items)
  return 'after' in edit
    ? insertAfter(text, pair, edit.pair)
    : replacePair(text, pair, edit.pair, comments)
}

/** On a line of its own, behind a comment that ends the line of the pair before. */
function insertAfter(text: string, pair: YamlPair, added: string): Splice | null {
  const [start, end] = [startOf(pair.key), endOf(pair.value)]
  if (start === null || end === null || !isLineStart(text, start)) return null
  const place = nextLine(text, end)
  return isLineStart(text, place) ? { start: place, end: place, text: added } : null
}

function replacePair(
  text: string,
  pair: YamlPair,
  replacement: string,
  comments: readonly Comment[],
): Splice | null {
  const start = startOf(pair.key)
  const valueEnd = endOf(pair.value)
  // A key that does not begin its line belongs to a mapping on one line, or has a tag or an anchor in front.
  if (start === null || valueEnd === null || !isLineStart(text, start)) return null
  const isBlock = replacement.indexOf('\n') < replacement.length - 1
  const end = isBlock ? nextLine(text, valueEnd) : valueEnd
  const kept = comments.filter((comment) => comment.start >= start && comment.start < end)
  return {
    start,
    end,
    text:
      kept.map((comment) => `${comment.text}\n`).join('') +
      (text[end - 1] === '\n' ? replacement : replacement.slice(0, -1)),
  }
}

function prepend(text: string, pair: YamlPair, items: string): Splice | null {
  const list = pair.value
  if (list?.kind !== 'list' || list.isFlow) return null
  const lineStart = text.lastIndexOf('\n', list.start - 1) + 1
  const indent = text.slice(lineStart, list.start)
  if (indent.trim() !== '') return null
  return { start: lineStart, end: lineStart, text: items.replace(/^(?=.)/gm, indent) }
}

function isLineStart(text: string, offset: number): boolean {
  return offset === 0 || text[offset - 1] === '\n' || (offset === 1 && text.startsWith('\ufeff'))
}

function startOf(node: YamlNode | undefined): number | null {
  return node?.kind === 'scalar' || node?.kind === 'list' ? node.start : null
}

/** Where the last value inside a node ends; the node's own span may reach over the comments that follow it. */
function endOf(node: YamlNode | undefined): number | null {
  if ((node?.kind === 'map' || node?.kind === 'list') && !node.isFlow) {
    const last = node.kind === 'map' ? node.pairs.at(-1)?.value : node.items.at(-1)?.value
    return endOf(last)
  }
  return node === undefined || node.kind === 'alias' ? null : node.end
}
