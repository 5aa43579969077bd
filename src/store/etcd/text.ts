// What lies under a key, as a text.
import { StoreError } from '../../errors.js'
import type { StoredText } from '../shared-place.js'
import type { Keys } from './keys.js'
import type { Message } from './messages.js'

/** Documents are some kilobytes. */
const MOST_BYTES = 1024 * 1024

/** @throws StoreError `K3SV_STORE_CORRUPT` */
export function readText({ value, modRevision }: Message<'KeyValue'>): StoredText {
  const bytes = value ?? Buffer.alloc(0)
  if (bytes.length > MOST_BYTES) throw corrupt('is larger than 1 MiB')
  if (!process.getBuiltinModule('node:buffer').isUtf8(bytes)) throw corrupt('is not UTF-8 text')
  return { version: String(modRevision), text: Buffer.from(bytes).toString() }
}

/** The error where a mark stands without its text. */
export function vanished({ mark }: Keys): StoreError {
  return new StoreError('K3SV_STORE_VANISHED', 'the token document was deleted from etcd', {
    hint: `bring it back from a backup of etcd; only if the cluster is gone for ever, delete its mark, too: etcdctl del ${mark.toString()}`,
  })
}

function corrupt(what: string): StoreError {
  return new StoreError('K3SV_STORE_CORRUPT', `the token document ${what}`, {
    hint: 'see what lies under this key, and restore the document from a backup of etcd',
  })
}
