// What a node tells of itself besides its tokens.
import {
  listOf,
  maybeObject,
  number,
  numberOf,
  objectOf,
  optional,
  renamed,
  textOf,
  textsOf,
} from './answer-fields.js'
import type { Fields } from './answer-fields.js'

/** What a rotation asks besides; of an older module everything is absent. */
export interface NodeCondition {
  readonly dataDir: string
  /** The service that runs it; empty where there is none. */
  readonly service: string
  /** Absent where nothing runs. `since` is in Unix seconds by the node's own clock. */
  readonly process?: { readonly pid: number; readonly started: number; readonly since?: number }
  readonly port?: number
  readonly version: string
  readonly addresses: readonly string[]
  readonly clock?: number
  /** Bytes that are free for the data, and that the database takes. */
  readonly free?: number
  readonly database?: number
  /** What a rotation has laid beside. */
  readonly side: readonly SideFile[]
  /** How many files a repair has left. */
  readonly repairs: number
  /** The status of `encrypt/status` to the token in memory; null without an answer, absent where it was not asked. */
  readonly gate?: number | null
  /** The own member of etcd; absent where there is none that answers. */
  readonly etcd?: { readonly isHealthy: boolean; readonly isVoting: boolean }
  readonly snapshots?: { readonly isWritable: boolean; readonly names: readonly string[] }
}

export interface SideFile {
  readonly rotation: string
  readonly option: string
  readonly code?: string
}

/** @throws TypeError for what is no such answer */
export function parseCondition(result: Fields): NodeCondition {
  const [process, disk] = [objectOf(result['process']), maybeObject(result['disk'])]
  const [gate, etcd, snapshots] = [
    maybeObject(result['gate']),
    maybeObject(result['etcd']),
    maybeObject(result['snapshots']),
  ]
  return {
    dataDir: textOf(result['data_dir'] ?? ''),
    service: textOf(objectOf(result['service'] ?? {})['name'] ?? ''),
    ...(typeof process['pid'] === 'number' && {
      process: {
        pid: process['pid'],
        started: numberOf(process['started']),
        ...number('since', process),
      },
    }),
    ...(result['port'] !== undefined && { port: Number(result['port']) }),
    version: textOf(result['version'] ?? ''),
    addresses: textsOf(result['addresses'] ?? []),
    ...number('clock', result),
    ...renamed('free', number('data', disk)['data']),
    ...number('database', disk),
    side: listOf(result['side'] ?? []).map((file) => ({
      rotation: textOf(file['rotation']),
      option: textOf(file['option']),
      ...optional('code', file),
    })),
    repairs: Array.isArray(result['repairs']) ? result['repairs'].length : 0,
    ...('status' in gate && { gate: typeof gate['status'] === 'number' ? gate['status'] : null }),
    ...('healthy' in etcd && {
      etcd: { isHealthy: etcd['healthy'] === true, isVoting: etcd['voting'] === true },
    }),
    ...('names' in snapshots && {
      snapshots: {
        isWritable: snapshots['writable'] === true,
        names: textsOf(snapshots['names']),
      },
    }),
  }
}
