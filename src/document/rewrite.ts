import { StoreError } from '../errors.js'
import { commentsOf, editYaml } from '../yaml/edit.js'
import type { YamlEdit } from '../yaml/edit.js'
import { readYaml } from '../yaml/read.js'
import type { ClusterDocument } from './document.js'
import { DOCUMENT_KEYS, keysOf, schemaOf } from './fields.js'
import type { DocumentKey } from './fields.js'
import {
  parseDocument,
  renderBody,
  renderDocument,
  renderItems,
  renderMoved,
  renderPair,
} from './text.js'

/**
 * The text of `next`, in our schema, that keeps what people wrote around the values of `text`: order, spacing, comments. Where the text
 * was given a shape that cannot be edited in place, it is written afresh with all its comments on top.
 * @throws StoreError `K3SV_STORE_CORRUPT` where `text` is no document of this cluster, or `next` could not be read again
 */
export function rewriteDocument(text: string, next: ClusterDocument, file: string): string {
  const expected = { cluster: next.cluster, file }
  const before = parseDocument(text, expected)
  const wanted = renderDocument(next)
  const keys = keysOf(schemaOf(readYaml(text)))
  const edits = [...findMissing(keys, next), ...findEdits(keys, before, next)]
  const edited = editYaml(text, [...edits, ...findMove(before, next)])
  if (edited !== null && reads(edited)) return edited
  const fresh = [...commentsOf(text), ''].join('\n') + renderBody(next)
  if (reads(fresh)) return fresh
  throw new StoreError(
    'K3SV_STORE_CORRUPT',
    'the token document cannot be replaced by one that could be read again',
    {
      location: { file },
      hint: 'restore the document from Git or a backup; this one was edited',
    },
  )

  function reads(candidate: string): boolean {
    try {
      return renderDocument(parseDocument(candidate, expected)) === wanted
    } catch {
      return false
    }
  }
}

/** What a text of a former schema lacks, besides the number of ours. */
function findMissing(keys: readonly DocumentKey[], next: ClusterDocument): YamlEdit[] {
  if (keys.length === DOCUMENT_KEYS.length) return []
  const added = DOCUMENT_KEYS.flatMap((key, index): YamlEdit[] =>
    keys.includes(key) ? [] : [{ after: DOCUMENT_KEYS[index - 1]!, pair: renderPair(next, key) }],
  )
  return [{ key: 'schema', pair: renderPair(next, 'schema') }, ...added]
}

function findMove(before: ClusterDocument, next: ClusterDocument): YamlEdit[] {
  if (before.moved !== undefined || next.moved === undefined) return []
  return [{ after: 'attempt', pair: renderMoved(next) }]
}

function findEdits(
  keys: readonly DocumentKey[],
  before: ClusterDocument,
  next: ClusterDocument,
): YamlEdit[] {
  const pairs = keys
    .filter((key) => key !== 'previous' && renderPair(before, key) !== renderPair(next, key))
    .map((key) => ({ key, pair: renderPair(next, key) }))
  const previous = findFormerEdit(before, next)
  return previous === null ? pairs : [...pairs, previous]
}

/** Former tokens are only ever added in front; the text of those that are there stays as it is. */
function findFormerEdit(before: ClusterDocument, next: ClusterDocument): YamlEdit | null {
  if (renderPair(before, 'previous') === renderPair(next, 'previous')) return null
  const added = next.previous.slice(0, next.previous.length - before.previous.length)
  const isPrepended =
    before.previous.length > 0 &&
    renderItems([...added, ...before.previous]) === renderItems(next.previous)
  return isPrepended
    ? { key: 'previous', items: renderItems(added) }
    : { key: 'previous', pair: renderPair(next, 'previous') }
}
