// No pattern of the program takes more than time that grows with the text, whatever the text is.
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { CONFIG_SCHEMA } from '../../src/config/schema.js'
import { ANCHOR } from '../../src/scan/read/text.js'
import { steepest } from './patterns/growth.js'
import { familiesFor, hasNesting, textOf } from './patterns/hostile-texts.js'
import { listPatterns } from './patterns/list-patterns.js'

const { literals, made } = listPatterns(join(import.meta.dirname, '../../src'))

/** Patterns that are made when the program runs: file → how many, and examples of them. */
const MADE: Readonly<Record<string, { readonly made: number; readonly examples: RegExp[] }>> = {
  'cli/check/play.ts': { made: 1, examples: [/^\s*roles_path\s*[=:]/i] },
  'cli/check/vars-place.ts': { made: 1, examples: [/(?:^|[\s"'{,])k3s_token["']?\s*[:=]/] },
  'cli/init/choices.ts': {
    made: 1,
    examples: [new RegExp(CONFIG_SCHEMA.properties.clusters.propertyNames.pattern)],
  },
  'config/host-pattern.ts': {
    made: 2,
    examples: [
      /^(?:\w|\[\d+:\d+\])(?:[\w-]|\[\d+:\d+\])*(?<![_-])(?:\.(?:\w|\[\d+:\d+\])(?:[\w-]|\[\d+:\d+\])*(?<![_-]))*$/i,
      /^(?:(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|(?:[0-9a-f]{1,4}:){1,6}:)$/i,
    ],
  },
  'files/glob.ts': { made: 1, examples: [/^[a-z]$/, /^[^*\\]$/] },
  'scan/inspect-text.ts': { made: 1, examples: [new RegExp(ANCHOR.source, 'i')] },
  // Patterns that stand in the source, made again so that each reader has a place of its own in them.
  'scan/read/heredocs.ts': { made: 1, examples: [/<</g] },
  'scan/read/text.ts': { made: 3, examples: [ANCHOR] },
}

/** How a pattern is used: one with the flag `g` or `y` at every place, any other up to its first match. */
function use(pattern: RegExp): (text: string) => unknown {
  if (!/[gy]/.test(pattern.flags)) return (text) => pattern.exec(text)
  const everywhere = new RegExp(pattern.source, `${pattern.flags.replace(/[gy]/g, '')}g`)
  return (text) => text.replace(everywhere, '')
}

/** Texts in which the time grows faster than the text; undefined where there are none. */
function steep(pattern: RegExp): string | undefined {
  return steepest(use(pattern), familiesFor(pattern), { textOf, mayExplode: hasNesting(pattern) })
}

test('the list of patterns has them all', () => {
  expect(literals.length).toBeGreaterThan(300)
  // A pattern that is made in another file, or once more in one of these, needs an example above.
  expect(made).toEqual(
    Object.fromEntries(Object.entries(MADE).map(([file, { made }]) => [file, made])),
  )
})

describe('time grows with the text', () => {
  test.each(literals.map(({ place, pattern }) => [place, pattern] as const))(
    '%s %s',
    (_, pattern) => expect(steep(pattern)).toBeUndefined(),
  )

  test.each(Object.entries(MADE))('%s, which makes its pattern', (_, { examples }) => {
    for (const pattern of examples) expect(steep(pattern)).toBeUndefined()
  })

  test.each(patternsIn(CONFIG_SCHEMA))('the schema: %s', (source) => {
    expect(steep(new RegExp(source, 'u'))).toBeUndefined()
  })
})

/** The `pattern` of every place in a JSON Schema, each once. */
function patternsIn(schema: unknown): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const all = Object.entries(schema).flatMap(([key, value]: [string, unknown]) =>
    key === 'pattern' && typeof value === 'string' ? [value] : patternsIn(value),
  )
  return [...new Set(all)]
}

describe('what would be steep is found', () => {
  test.each([
    /(a+)+$/,
    /^(?:a|a)*b/,
    /\s+$/,
    /^[a-z]*[a-z0-9]*x/,
    /\d[\d_]*\.?\d*$/,
    /x[^\n]*y/g,
    // What once stood in the program.
    /\/+$/,
    /\[[^\]]+\]|[^]/g,
    /\$(?:(\w+)|\{([^}]*)\})/g,
    /^ # k3s-vars: ([^\r\n]+?)(?=[ \t]+#|[ \t]*\r?(?:\n|$))/,
    /(?:k3s|rke2)[^\n]*\/config\.ya?ml(?:$|\.d\/)/i,
    /(?:^|\/)inventor(?:y|ies)\/[^.]*$/,
    /^vault[._-]?pass(?:word)?(?:[._-][\w-]+)*(?:\.txt)?$/i,
  ])('%s', (pattern) => {
    // A busy machine can blur a growth, which is looked for once more then.
    expect([1, 2, 3].some(() => steep(pattern) !== undefined)).toBe(true)
  })
})
