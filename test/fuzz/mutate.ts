// Hostile variants of texts: edits as plain data, so that fast-check draws them from a seed and a run can be repeated.
import fc from 'fast-check'

/** A change of a text. `at` and `to` are places in it, in 1/65,536 of its length. */
export type Edit =
  | { readonly kind: 'insert'; readonly at: number; readonly word: string }
  | { readonly kind: 'replace'; readonly at: number; readonly word: string }
  | { readonly kind: 'remove'; readonly at: number; readonly length: number }
  | { readonly kind: 'copy'; readonly at: number; readonly to: number; readonly length: number }
  | {
      readonly kind: 'repeat'
      readonly at: number
      readonly length: number
      readonly times: number
    }
  | { readonly kind: 'cut'; readonly at: number }

/** What breaks programs that take text for harmless, in any language. */
const WORDS = [
  ...'\0\t\n\r\u001b\u007f\u0085\u00a0\u2028\ufeff\ud800\udc00é😀 "\'`\\#:;,.-_=+*?!&|<>(){}[]@%$~^/019aAzZ',
  '\r\n',
  '\n\n',
  '  ',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  'null',
  'true',
  '-1',
  '0x7f',
  '1e999',
  '9007199254740993',
  '9'.repeat(400),
  ' '.repeat(300),
  '['.repeat(120),
  '{{',
  '${',
  '..',
  '\\n',
  '\\0',
  '\\ud800',
]

const PLACE = fc.nat(0xffff)
const LENGTH = fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 400 }))

/** Up to eight edits; `words` are those that mean something in the texts. */
export function edits(words: readonly string[]): fc.Arbitrary<readonly Edit[]> {
  const word = fc.oneof(
    fc.constantFrom(...WORDS),
    ...(words.length > 0 ? [fc.constantFrom(...words)] : []),
    fc.string({ unit: 'binary', maxLength: 4 }),
  )
  const kind = <Kind extends Edit['kind']>(name: Kind) => fc.constant(name)
  const edit: fc.Arbitrary<Edit> = fc.oneof(
    fc.record({ kind: kind('insert'), at: PLACE, word }),
    fc.record({ kind: kind('replace'), at: PLACE, word }),
    fc.record({ kind: kind('remove'), at: PLACE, length: LENGTH }),
    fc.record({ kind: kind('copy'), at: PLACE, to: PLACE, length: LENGTH }),
    fc.record({
      kind: kind('repeat'),
      at: PLACE,
      length: LENGTH,
      times: fc.oneof(
        { weight: 9, arbitrary: fc.integer({ min: 2, max: 9 }) },
        { weight: 1, arbitrary: fc.constantFrom(100, 2000) },
      ),
    }),
    fc.record({ kind: kind('cut'), at: PLACE }),
  )
  return fc.array(edit, { minLength: 1, maxLength: 8 })
}

/** The edited text, at most `longest` characters of it. */
export function mutate(text: string, changes: readonly Edit[], longest: number): string {
  return changes.reduce((current, edit) => apply(current, edit).slice(0, longest), text)
}

function apply(text: string, edit: Edit): string {
  const place = (at: number): number => Math.round((at / 0xffff) * text.length)
  const at = place(edit.at)
  const [head, tail] = [text.slice(0, at), text.slice(at)]
  switch (edit.kind) {
    case 'insert':
      return head + edit.word + tail
    case 'replace':
      return head + edit.word + tail.slice(edit.word.length)
    case 'remove':
      return head + tail.slice(edit.length)
    case 'copy':
      return text.slice(0, place(edit.to)) + tail.slice(0, edit.length) + text.slice(place(edit.to))
    case 'repeat':
      return head + tail.slice(0, edit.length).repeat(edit.times) + tail.slice(edit.length)
    case 'cut':
      return head
  }
}
