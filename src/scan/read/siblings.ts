import type { YamlValue } from '../../ansible-files/vars-file/yaml-values.js'
import { isPairValue, PAIR_NAMES } from '../forms/names.js'

export interface Sibling {
  readonly text: string
}

/** What stands beside the values of a file, and what the file says that it is. */
export interface Siblings {
  /** A token document of ours. */
  readonly isDocument: boolean
  /** The value of a key in the block that a value stands in. */
  readonly beside: (value: YamlValue, key: string) => Sibling | undefined
  /** The same, `up` blocks further out; 1 is its own. */
  readonly above: (value: YamlValue, up: number, key: string) => Sibling | undefined
  /** The name that a list of names and values gives a value. */
  readonly nameBeside: (value: YamlValue) => Sibling | undefined
  /** The keys of the block that a value stands in. */
  readonly keysBeside: (value: YamlValue) => readonly string[]
  /** The keys and values at the top of its document. */
  readonly top: (value: YamlValue, key: string) => string | undefined
  /** The values of this text that an anchor names. */
  readonly anchored: (text: string) => readonly YamlValue[]
  /** Ciphertext of another tool, told by what is around it. */
  readonly isSealed: (value: YamlValue) => boolean
}

/** A block of more keys is no pair. */
const MOST_BESIDE = 40
const SEALED_KEYS = /^(?:encryptedData|encrypted_data|secure|sops|cipher_?text|encrypted)$/i

/** Looks the values of a file up by the blocks that they stand in. */
export function siblingsOf(all: readonly YamlValue[]): Siblings {
  const blocks = new Map<string, Map<string, YamlValue>>()
  for (const value of all) {
    const mark = markOf(value, value.path.slice(0, -1))
    const block = blocks.get(mark) ?? new Map<string, YamlValue>()
    block.set(String(value.path.at(-1)), value)
    blocks.set(mark, block)
  }
  const anchors = all.filter(({ anchor, style }) => anchor !== undefined && style !== 'alias')
  const roots = new Set(all.map(({ path }) => path[0]))
  const above = (value: YamlValue, up: number, key: string): YamlValue | undefined =>
    value.path.length < up
      ? undefined
      : blocks.get(markOf(value, value.path.slice(0, -up)))?.get(key)
  const top = (value: YamlValue, key: string): string | undefined =>
    blocks.get(markOf(value, []))?.get(key)?.text
  return {
    isDocument: ['schema', 'cluster', 'attempt', 'current'].every((key) => roots.has(key)),
    beside: (value, key) => above(value, 1, key),
    above,
    keysBeside: (value) => [...(blocks.get(markOf(value, value.path.slice(0, -1)))?.keys() ?? [])],
    nameBeside: (value) => {
      const key = value.path.at(-1)
      if (typeof key !== 'string' || !isPairValue(key)) return undefined
      const block = blocks.get(markOf(value, value.path.slice(0, -1)))
      const beside = block === undefined || block.size > MOST_BESIDE ? [] : [...block]
      const own = PAIR_NAMES.flatMap((name) =>
        beside.filter(([one, sibling]) => name.test(one) && sibling !== value),
      )[0]?.[1]
      // The state of Terraform: the name of a resource stands above its attributes.
      return own ?? (value.path.at(-2) === 'attributes' ? above(value, 4, 'name') : undefined)
    },
    top,
    anchored: (text) => anchors.filter((value) => value.text === text),
    isSealed: (value) =>
      value.path.some((step) => typeof step === 'string' && SEALED_KEYS.test(step)) &&
      (top(value, 'kind') !== 'Secret' || value.path.includes('encryptedData')),
  }
}

function markOf({ document }: YamlValue, path: YamlValue['path']): string {
  return `${document} ${JSON.stringify(path)}`
}
