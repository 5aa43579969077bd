// How large and how deep a value is that YAML made of a text, with each alias counted anew.
import { YamlSyntaxError } from './syntax-error.js'

/** Nesting deeper than this is no configuration, and would exhaust the stack. */
export const DEEPEST = 100
/** Aliases and merge keys can make a few lines stand for billions of values. */
export const MOST_NODES = 1_000_000

interface Size {
  /** Values in it, itself included, each alias counted anew. */
  readonly nodes: number
  /** Collections within one another. */
  readonly depth: number
}

const SCALAR: Size = { nodes: 1, depth: 0 }
const ENDLESS: Size = { nodes: Infinity, depth: Infinity }

/**
 * Refuses what would be too large or too deep once printed, and what holds itself.
 * @returns whether JSON can carry the value
 * @throws YamlSyntaxError
 */
export function checkSize(value: unknown): boolean {
  let fitsJson = true
  const sizes = new Map<object, Size>()
  const sizeOf = (node: unknown, level: number): Size => {
    if (typeof node !== 'object' || node === null) {
      fitsJson &&= isJsonScalar(node)
      return SCALAR
    }
    const known = sizes.get(node)
    if (known !== undefined) return known
    // Deeper by aliases than by brackets: no deeper than this is looked, or the stack would end first.
    if (level > DEEPEST) return ENDLESS
    sizes.set(node, ENDLESS)
    let [nodes, depth] = [1, 0]
    for (const key of Object.keys(node)) {
      fitsJson &&= isJsonScalar(key)
      const size = sizeOf((node as Record<string, unknown>)[key], level + 1)
      nodes += size.nodes
      if (size.depth > depth) depth = size.depth
    }
    const size = { nodes, depth: depth + 1 }
    sizes.set(node, size)
    return size
  }
  const { nodes, depth } = sizeOf(value, 1)
  if (depth === Infinity || depth > DEEPEST) throw new YamlSyntaxError('nested too deeply', 1, 1)
  if (nodes > MOST_NODES) throw new YamlSyntaxError('aliases stand for too many values', 1, 1)
  return fitsJson
}

/** Whether JSON can carry a scalar or a key; Python refuses half a surrogate pair when it encodes text. */
export function isJsonScalar(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed()
  return typeof value !== 'number' || Number.isFinite(value)
}
