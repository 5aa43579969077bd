import { isUtf8 } from 'node:buffer'
import { ConfigError } from '../errors.js'
import { fileError } from '../files/file-error.js'
import type { FileReason } from '../files/file-error.js'
import { readGuarded } from '../files/guarded-read.js'

/** A fleet of 5,000 clusters has about one megabyte; a file this large is another one. */
const MOST_BYTES = 64 * 1024 * 1024

/**
 * The text of a configuration file.
 * @throws ConfigError `K3SV_CONFIG_UNREADABLE`, and `K3SV_CONFIG_SYNTAX` for what is not UTF-8
 */
export function readConfigText(file: string): string {
  const bytes = readBytes(file)
  if (isUtf8(bytes)) return bytes.toString()
  throw new ConfigError('K3SV_CONFIG_SYNTAX', 'the configuration is not UTF-8 text', {
    location: { file },
    hint: 'save the file as UTF-8',
  })
}

function readBytes(file: string): Buffer {
  try {
    const found = readGuarded(file, { from: 'file', links: 'follow', most: MOST_BYTES })
    if (found !== null) return found.bytes
  } catch (error) {
    throw unreadable(file, error)
  }
  throw unreadable(file, { code: 'ENOENT' })
}

const REASONS: Readonly<Partial<Record<FileReason, string>>> = {
  foreign: 'it is not a file',
  'too large': 'it is larger than 64 MiB',
  changed: 'it grew while it was read',
}

/** The error for a configuration file that cannot be looked at or read. */
export function unreadable(file: string, error: unknown): ConfigError {
  const { reason, errno } = fileError(error, file)
  const why = REASONS[reason] ?? (errno || 'an unknown error')
  return new ConfigError('K3SV_CONFIG_UNREADABLE', `the configuration cannot be read: ${why}`, {
    location: { file },
    hint: 'look at the rights of the file and of its folders',
  })
}
