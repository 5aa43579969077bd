import { isUtf8 } from 'node:buffer'
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs'
import { ConfigError } from '../errors.js'

/** A fleet of 5,000 clusters has about one megabyte; a file this large is another one. */
const MOST_BYTES = 64 * 1024 * 1024

/** Never a wait for the other end of a pipe. */
const FLAGS = constants.O_RDONLY | constants.O_NONBLOCK

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
  let descriptor: number | undefined
  try {
    descriptor = openSync(file, FLAGS)
    const stats = fstatSync(descriptor)
    if (!stats.isFile()) throw unreadable(file, 'it is not a file')
    if (stats.size > MOST_BYTES) throw unreadable(file, 'it is larger than 64 MiB')
    return readFileSync(descriptor)
  } catch (error) {
    if (error instanceof ConfigError) throw error
    throw unreadable(file, (error as NodeJS.ErrnoException).code ?? 'an unknown error')
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}

function unreadable(file: string, reason: string): ConfigError {
  return new ConfigError('K3SV_CONFIG_UNREADABLE', `the configuration cannot be read: ${reason}`, {
    location: { file },
    hint: 'look at the rights of the file and of its folders',
  })
}
