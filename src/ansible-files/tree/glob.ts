// Globs as .gitignore has them: `*` and `?` within a name, `**` over folders, `[abc]`; a pattern without a slash fits at any
// depth, one that ends in a slash fits a folder, and what fits a folder fits all that is in it. All ways to fit are followed
// at once, a character at a time: a regular expression made of the pattern would try them one after the other.

type Test = (character: string) => boolean

type Piece =
  | { readonly kind: 'one' | 'many'; readonly fits: Test }
  /** `**` with a slash: any folders, or none. */
  | { readonly kind: 'folders' }

/**
 * A test for relative paths with forward slashes.
 * @param pattern any text; a range that is none, such as `[z-a]`, fits nothing
 */
export function compileGlob(pattern: string): (path: string) => boolean {
  const body = pattern.replace(/^\.?\//, '').replace(/(?<!\/)\/+$/, '')
  if (body === '') return () => false
  const isAnchored = body.includes('/') || /^\.?\//.test(pattern)
  try {
    const pieces: readonly Piece[] = [...(isAnchored ? [] : [FOLDERS]), ...parse(body)]
    return (path) => fits(pieces, path)
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

const FOLDERS: Piece = { kind: 'folders' }
const PIECE = /\*\*\/|\*+|\?|\[[^\]/]+\]|[^]/g

function parse(body: string): Piece[] {
  return (body.match(PIECE) ?? []).map((piece): Piece => {
    if (piece === '**/') return FOLDERS
    if (piece === '**') return { kind: 'many', fits: () => true }
    if (piece.startsWith('*')) return { kind: 'many', fits: isNotSlash }
    if (piece === '?') return { kind: 'one', fits: isNotSlash }
    if (piece.length === 1) return { kind: 'one', fits: (character) => character === piece }
    const set = new RegExp(`^${piece.replace(/^\[!/, '[^').replaceAll('\\', '\\\\')}$`)
    return { kind: 'one', fits: (character) => set.test(character) }
  })
}

function isNotSlash(character: string): boolean {
  return character !== '/'
}

function fits(pieces: readonly Piece[], path: string): boolean {
  /** The pieces that could come next. */
  let open = reach(pieces, [0])
  /** The `**` pieces that are within a folder's name, and are over at a slash. */
  const within = new Set<number>()
  for (const character of path.split('')) {
    // What fits a folder fits all that is in it.
    if (open.has(pieces.length) && character === '/') return true
    const next: number[] = []
    for (const index of open) {
      const piece = pieces[index]
      if (piece?.kind === 'folders') within.add(index)
      else if (piece?.fits(character)) next.push(piece.kind === 'many' ? index : index + 1)
    }
    if (character === '/') for (const index of within) next.push(index + 1)
    open = reach(pieces, next)
  }
  return open.has(pieces.length)
}

/** Those pieces, and each one behind a piece that can stand for nothing. */
function reach(pieces: readonly Piece[], indices: readonly number[]): Set<number> {
  const reached = new Set<number>()
  for (const start of indices) {
    for (let index = start; !reached.has(index); index++) {
      reached.add(index)
      if ((pieces[index]?.kind ?? 'one') === 'one') break
    }
  }
  return reached
}
