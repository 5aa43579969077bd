// Texts that make a pattern try as much as it can, drawn from its own parts: something of which there can be any number, many
// times, behind what leads there and in front of what fits nothing.
import { RegExpParser, visitRegExpAST } from '@eslint-community/regexpp'
import type { AST } from '@eslint-community/regexpp'

/** A family of texts: one for each number of repetitions. */
export interface Family {
  readonly before: string
  readonly piece: string
  readonly after: string
}

const USUAL = [
  ...'a0A_-./:=,;#$%@"\'`!?*+~^&|<>()[]{}\\ \t\n\r',
  '\u0001',
  '\u00e9',
  '\u200b',
  '\u2028',
  '…',
]
/** Fits next to nothing, and what ends a line or a word. */
const ENDS = ['', '\u0001', '!', ' a', '\n\u0001']

/** From how many times on something counts as any number of times. */
const MANY = 20

export function familiesFor(pattern: RegExp): readonly Family[] {
  const draw = new Draw(pattern)
  const befores = new Set(['', ...draw.leads()])
  const pieces = new Set(draw.pieces())
  const afters = new Set([...ENDS, ...draw.excluded()])
  return [...befores].flatMap((before) =>
    [...pieces].flatMap((piece) => [...afters].map((after) => ({ before, piece, after }))),
  )
}

/** Whether something can be repeated in which there is a choice: that of a repetition, or among alternatives. */
export function hasNesting({ source, flags }: RegExp): boolean {
  let [depth, isNested] = [0, false]
  visitRegExpAST(parse(source, flags), {
    onQuantifierEnter: ({ max, element }) => {
      if (max <= 1) return
      const isChoice = 'alternatives' in element && element.alternatives.length > 1
      isNested ||= ++depth > 1 || isChoice
    },
    onQuantifierLeave: ({ max }) => void (max > 1 && depth--),
  })
  return isNested
}

function parse(source: string, flags: string): AST.Pattern {
  return new RegExpParser().parsePattern(source, 0, source.length, flags.includes('u'))
}

/** The text of a family with at least so many characters. */
export function textOf({ before, piece, after }: Family, length: number): string {
  return before + piece.repeat(Math.ceil(length / piece.length)) + after
}

type Single = AST.Character | AST.CharacterSet | AST.CharacterClass

class Draw {
  readonly #ast: AST.Pattern
  readonly #flags: string
  readonly #characters: readonly string[]

  constructor({ source, flags }: RegExp) {
    this.#ast = parse(source, flags)
    this.#flags = flags.replace(/[gy]/g, '')
    const own = new Set<string>()
    visitRegExpAST(this.#ast, {
      onCharacterEnter: ({ value }) => void own.add(String.fromCodePoint(value)),
    })
    this.#characters = [...new Set([...own, ...USUAL])]
  }

  /** What stands before each part that can be repeated. */
  leads(): string[] {
    const leads: string[] = []
    visitRegExpAST(this.#ast, {
      onQuantifierEnter: (node) => {
        if (node.max >= MANY) leads.push(this.#lead(node))
      },
    })
    return leads
  }

  /** What can be repeated, and what is made of several parts in a row. */
  pieces(): string[] {
    const pieces: string[] = [this.#sample(this.#ast)]
    visitRegExpAST(this.#ast, {
      onQuantifierEnter: ({ max, element }) => {
        if (max >= MANY) pieces.push(...this.#all(element))
      },
      onAlternativeEnter: ({ elements }) => {
        for (let start = 0; start < elements.length; start++) {
          for (const length of [1, 2, 3]) {
            const window = elements.slice(start, start + length)
            pieces.push(window.map((part) => this.#sample(part, 1)).join(''))
          }
        }
      },
    })
    return pieces.filter((piece) => piece !== '')
  }

  /** What some part is to end at. */
  excluded(): string[] {
    const excluded: string[] = []
    visitRegExpAST(this.#ast, {
      onCharacterClassEnter: (node) => {
        if (!node.negate) return
        const fitting = new Set(this.#fitting(node))
        excluded.push(...this.#characters.filter((one) => !fitting.has(one)).slice(0, 3))
      },
    })
    return excluded
  }

  #lead(node: AST.Node): string {
    const { parent } = node
    if (parent === null || parent === undefined) return ''
    const before =
      parent.type === 'Alternative'
        ? parent.elements.slice(0, parent.elements.indexOf(node as AST.Element))
        : []
    return this.#lead(parent) + before.map((part) => this.#sample(part, 1)).join('')
  }

  #all(node: AST.Node): readonly string[] {
    if (isSingle(node)) return this.#fitting(node).slice(0, 12)
    if (node.type === 'Group' || node.type === 'CapturingGroup') {
      return node.alternatives.map((one) => this.#sample(one, 1))
    }
    return [this.#sample(node, 1)]
  }

  /** @param least how often at least a part stands that need not */
  #sample(node: AST.Node, least = 0): string {
    if (isSingle(node)) return this.#fitting(node)[0] ?? ''
    if (node.type !== 'Assertion' && 'alternatives' in node) {
      return this.#sample(node.alternatives[0]!, least)
    }
    if (node.type === 'Alternative') {
      return node.elements.map((part) => this.#sample(part, least)).join('')
    }
    if (node.type === 'Quantifier') {
      const times = Math.max(node.min, Math.min(least, node.max))
      return this.#sample(node.element, least).repeat(times)
    }
    if (node.type !== 'Backreference') return ''
    return [node.resolved].flat().map((group) => this.#sample(group, least))[0] ?? ''
  }

  #fitting(node: Single): readonly string[] {
    const one = new RegExp(`^(?:${node.raw})$`, this.#flags)
    return this.#characters.filter((character) => one.test(character))
  }
}

function isSingle(node: AST.Node): node is Single {
  return ['Character', 'CharacterSet', 'CharacterClass'].includes(node.type)
}
