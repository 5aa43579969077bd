// Which keys a text has in etcd.

/** Below the prefix. No cluster has such a name, and no deletion of a cluster's keys by their beginning takes its mark along. */
const MARKS = '.known/'

export interface Keys {
  readonly key: Buffer
  /** There since the text was first written, and for ever. */
  readonly mark: Buffer
}

export function keysOf(prefix: string, name: string): Keys {
  return { key: Buffer.from(prefix + name), mark: Buffer.from(prefix + MARKS + name) }
}
