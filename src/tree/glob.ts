// Globs as .gitignore has them: `*` and `?` within a name, `**` over folders, `[abc]`; a pattern without a slash fits at any
// depth, one that ends in a slash fits a folder, and what fits a folder fits all that is in it.

/**
 * A test for relative paths with forward slashes.
 * @param pattern any text; a range that is none, such as `[z-a]`, fits nothing
 */
export function compileGlob(pattern: string): (path: string) => boolean {
  const body = pattern.replace(/^\.?\//, '').replace(/\/+$/, '')
  if (body === '') return () => false
  const isAnchored = body.includes('/') || /^\.?\//.test(pattern)
  const head = isAnchored ? '^' : '^(?:.*/)?'
  try {
    const expression = new RegExp(`${head}${translate(body)}(?:/.*)?$`, 's')
    return (path) => expression.test(path)
  } catch {
    // A regular expression is strict about ranges, and its error would quote the pattern.
    return () => false
  }
}

/** Whether a path fits one of the patterns. */
export function compileGlobs(patterns: readonly string[]): (path: string) => boolean {
  const tests = patterns.map(compileGlob)
  return (path) => tests.some((test) => test(path))
}

const PIECE = /\*\*\/|\*+|\?|\[[^\]/]+\]|[^]/g

function translate(body: string): string {
  return body.replace(PIECE, (piece) => {
    if (piece === '**/') return '(?:.*/)?'
    if (piece === '**') return '.*'
    if (piece.startsWith('*')) return '[^/]*'
    if (piece === '?') return '[^/]'
    if (piece.length > 1) return piece.replace(/^\[!/, '[^').replaceAll('\\', '\\\\')
    return piece.replace(/[\\^$.|+()[\]{}]/, '\\$&')
  })
}
