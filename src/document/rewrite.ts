import { StoreError } from '../errors.js'
import { commentsOf, editYaml } from '../yaml/edit.js'
import type { YamlEdit } from '../yaml/edit.js'
import type { ClusterDocument } from './document.js'
import { parseDocument, renderBody, renderDocument, renderItems, renderPair } from './text.js'

/**
 * The text of `next` that keeps what people wrote around the values of `text`: order, spacing, comments. Where the text
 * was given a shape that cannot be edited in place, it is written afresh with all its comments on top.
 * @throws StoreError `K3SV_STORE_CORRUPT` where `text` is no document of this cluster, or `next` could not be read again
 */
export function rewriteDocument(text: string, next: ClusterDocument, file: string): string {
  const expected = { cluster: next.cluster, file }
  const before = parseDocument(text, expected)
  const wanted = renderDocument(next)
  const edited = editYaml(text, findEdits(before, next))
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

function findEdits(before: ClusterDocument, next: ClusterDocument): YamlEdit[] {
  const keys = ['attempt', 'generation', 'phase', 'current', 'pending'] as const
  const pairs = keys
    .filter((key) => renderPair(before, key) !== renderPair(next, key))
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
