// Which token a snapshot needs: by its name, where that has the fingerprint, or by the key of K3s in it. Only names of keys are read.
import { closeSync, openSync, readSync } from 'node:fs'
import { basename } from 'node:path'

const CHUNK = 1024 * 1024
const KEY = '/bootstrap/'
const NAME_LENGTH = 12
/** More of the end of a chunk than a key with its revisions takes. */
const OVERLAP = 64

/** The fingerprints that the name of a file has in it: twelve hex digits that stand alone. */
export function fingerprintsInName(path: string): readonly string[] {
  return [...basename(path).matchAll(/(?<![0-9a-f])[0-9a-f]{12}(?![0-9a-f])/g)].map(
    ([digits]) => digits,
  )
}

/**
 * The fingerprints that the keys in a snapshot have, that of the newest one first; empty where there is none, as in a packed file. A
 * database keeps what was deleted for a while, so a rotation short before the snapshot shows in it.
 * @throws as `readSync`
 */
export function fingerprintsIn(path: string): readonly string[] {
  const newest = new Map<string, bigint>()
  const descriptor = openSync(path, 'r')
  try {
    const buffer = Buffer.alloc(CHUNK + OVERLAP)
    for (let position = 0; ; position += CHUNK) {
      const length = readSync(descriptor, buffer, 0, buffer.length, position)
      collect(buffer.subarray(0, length), newest)
      if (length < buffer.length) break
    }
  } finally {
    closeSync(descriptor)
  }
  return [...newest].sort(([, one], [, other]) => (one < other ? 1 : -1)).map(([name]) => name)
}

function collect(bytes: Buffer, newest: Map<string, bigint>): void {
  for (let at = bytes.indexOf(KEY); at >= 0; at = bytes.indexOf(KEY, at + 1)) {
    const start = at + KEY.length
    const name = bytes.toString('latin1', start, start + NAME_LENGTH)
    if (!/^[0-9a-f]{12}$/.test(name)) continue
    const revision = revisionAt(bytes, start + NAME_LENGTH)
    if ((newest.get(name) ?? -1n) < revision) newest.set(name, revision)
  }
}

/**
 * The revision of the last change, which follows a key of etcd (mvccpb.KeyValue: create_revision has the tag 0x10, mod_revision 0x18); 0
 * where none does.
 */
function revisionAt(bytes: Buffer, at: number): bigint {
  if (bytes[at] !== 0x10) return 0n
  const [, next] = varint(bytes, at + 1)
  return bytes[next] === 0x18 ? varint(bytes, next + 1)[0] : 0n
}

function varint(bytes: Buffer, at: number): readonly [value: bigint, next: number] {
  let value = 0n
  for (let shift = 0n, index = at; index < bytes.length && shift < 64n; index++, shift += 7n) {
    const byte = bytes[index]!
    value |= BigInt(byte & 0x7f) << shift
    if ((byte & 0x80) === 0) return [value, index + 1]
  }
  return [0n, at]
}
