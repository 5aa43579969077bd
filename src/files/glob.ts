// Globs, in one algorithm for the characters of a name and for the parts of a path: at a mismatch only the last star takes one
// more, so that the time is at most the product of both lengths. A regular expression made of the pattern would try every
// division among all stars.

/** A star stands for any characters; whatever else, for one. */
type Piece = '*' | ((character: string) => boolean)
type Name = readonly Piece[]

/** What stands for one part of a path, or `**` for any number of them, none included. */
export type Part = '**' | Name

const ANY: Name = ['*']

/** A test for names, in whose pattern `*` stands for any characters and `?` for one. */
export function compileName(pattern: string): (name: string) => boolean {
  const pieces = parseName(pattern)
  return (name) => matchesName(name, pieces)
}

/** The pattern of a name; every other character than `*` and `?` stands for itself. */
export function parseName(pattern: string): Name {
  return pattern.split('').map(parsePiece)
}

/** Whether the parts of a path match, from the first to the last. */
export function matchesParts(parts: readonly string[], pattern: readonly Part[]): boolean {
  return matches(parts, pattern, {
    isStar: (part) => part === '**',
    fits: (name, part) => part !== '**' && matchesName(name, part),
  })
}

/**
 * A test for relative paths with forward slashes, for a glob as .gitignore has them: `*`, `?` and `[abc]` within a name, `**`
 * over folders; a pattern without a slash fits at any depth, one that ends in a slash fits a folder, and what fits a folder
 * fits all that is in it.
 * @param pattern any text; a range that is none, such as `[z-a]`, fits nothing
 */
export function compileGlob(pattern: string): (path: string) => boolean {
  const body = withoutSlashes(pattern.replace(/^\.?\//, ''))
  if (body === '') return () => false
  const isAnchored = body.includes('/') || /^\.?\//.test(pattern)
  try {
    const inner = body.split('/').map((part): Part => (part === '**' ? '**' : parseSets(part)))
    // Two stars at the end stand for something in the folder, and not for the folder itself.
    const end: readonly Part[] = inner.at(-1) === '**' ? [ANY, '**'] : ['**']
    const parts: readonly Part[] = [...(isAnchored ? [] : ['**' as const]), ...inner, ...end]
    return (path) => matchesParts(path.split('/'), parts)
  } catch {
    // A regular expression is strict about ranges, and its error would quote the pattern.
    return () => false
  }
}

function withoutSlashes(path: string): string {
  let end = path.length
  while (path[end - 1] === '/') end--
  return path.slice(0, end)
}

/** A test for paths that fit one of the globs. */
export function compileGlobs(patterns: readonly string[]): (path: string) => boolean {
  const tests = patterns.map(compileGlob)
  return (path) => tests.some((test) => test(path))
}

function matchesName(name: string, pattern: Name): boolean {
  return matches(name, pattern, {
    isStar: (piece) => piece === '*',
    fits: (character, piece) => piece !== '*' && piece(character),
  })
}

interface Meaning<Item, Wanted> {
  readonly isStar: (wanted: Wanted) => boolean
  /** Whether an item is what a piece that is no star stands for. */
  readonly fits: (item: Item, wanted: Wanted) => boolean
}

function matches<Item, Wanted>(
  items: ArrayLike<Item>,
  pattern: readonly Wanted[],
  { isStar, fits }: Meaning<Item, Wanted>,
): boolean {
  let [at, inPattern] = [0, 0]
  let [starAt, star] = [0, -1]
  while (at < items.length) {
    const wanted = pattern[inPattern]
    if (wanted !== undefined && isStar(wanted)) {
      star = inPattern++
      starAt = at
    } else if (wanted !== undefined && fits(items[at]!, wanted)) {
      at++
      inPattern++
    } else if (star !== -1) {
      inPattern = star + 1
      at = ++starAt
    } else {
      return false
    }
  }
  return pattern.slice(inPattern).every(isStar)
}

function parsePiece(character: string): Piece {
  if (character === '*') return '*'
  return character === '?' ? () => true : (other) => other === character
}

/** As {@link parseName}, with `[abc]` and `[!abc]`. @throws SyntaxError */
function parseSets(pattern: string): Name {
  const pieces: Piece[] = []
  const last = pattern.lastIndexOf(']')
  for (let at = 0; at < pattern.length; at++) {
    const isSet = pattern[at] === '[' && at + 1 < last && pattern[at + 1] !== ']'
    if (!isSet) {
      pieces.push(parsePiece(pattern[at]!))
      continue
    }
    const end = pattern.indexOf(']', at)
    pieces.push(parseSet(pattern.slice(at, end + 1)))
    at = end
  }
  return pieces
}

function parseSet(set: string): Piece {
  const pattern = new RegExp(`^${set.replace(/^\[!/, '[^').replaceAll('\\', '\\\\')}$`)
  return (character) => pattern.test(character)
}
