// Which values are meant: by their key, or by the whole path of keys that leads to them.
import { matchesParts, parseName } from '../../files/glob.js'
import type { Part } from '../../files/glob.js'
import type { FileValue } from '../vars-file/value.js'

export type Matches = (value: Pick<FileValue, 'key' | 'path'>) => boolean

/**
 * A test for values. A pattern without a dot is for the nearest key, one with a dot for the last keys of the path such as
 * `cluster_rke2_config.token`; `*` and `?` stand for parts of a key, `**` for any keys. The items of a list go by its key.
 */
export function compileKeys(patterns: readonly string[]): Matches {
  const tests = patterns.map(compileKey)
  return (value) => tests.some((test) => test(value))
}

function compileKey(pattern: string): Matches {
  const parts = pattern.split('.').flatMap((part) => (part === '**' ? SOME : [parseName(part)]))
  if (!pattern.includes('.')) return ({ key }) => matchesParts(key.split('.'), parts)
  const end: readonly Part[] = ['**', ...parts]
  return ({ path }) => {
    // The indices of a list can be named or left out.
    const names = path.filter((step) => typeof step === 'string')
    return [names, path].some((steps) => matchesParts(steps.join('.').split('.'), end))
  }
}

/** Any keys, but at least one. */
const SOME: readonly Part[] = [parseName('*'), '**']
