// Which values are meant: by their key, or by the whole path of keys that leads to them.
import type { FileValue } from '../vars-file/value.js'

/**
 * A test for values. A pattern without a dot is for the nearest key, one with a dot for the last keys of the path such as
 * `cluster_rke2_config.token`; `*` and `?` stand for parts of a key, `**` for any keys. The items of a list go by its key.
 */
export function compileKeys(
  patterns: readonly string[],
): (value: Pick<FileValue, 'key' | 'path'>) => boolean {
  const tests = patterns.map(compileKey)
  return (value) => tests.some((test) => test(value))
}

function compileKey(pattern: string): (value: Pick<FileValue, 'key' | 'path'>) => boolean {
  const isPath = pattern.includes('.')
  const expression = new RegExp(
    `${isPath ? '(?:^|\\.)' : '^'}${pattern.split('.').map(translate).join('\\.')}$`,
    's',
  )
  return ({ key, path }) => {
    if (!isPath) return expression.test(key)
    // The indices of a list can be named or left out.
    const names = path.filter((step) => typeof step === 'string')
    return expression.test(names.join('.')) || expression.test(path.join('.'))
  }
}

function translate(part: string): string {
  if (part === '**') return '.*'
  return part
    .replace(/[\\^$+()[\]{}|]/g, '\\$&')
    .replace(/\*+/g, '[^.]*')
    .replaceAll('?', '[^.]')
}
