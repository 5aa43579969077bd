// YAML as people write it, made up at random: every style, tags, anchors, comments, odd indents, flow within block.
import fc from 'fast-check'

/** Words without meaning to YAML, and some with. */
const word = fc.oneof(
  fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9_.]{0,12}$/),
  fc.constantFrom('yes', 'null', '12', '0644', '1e3', 'a: b', 'x #y', '#x', '- a', '{x}', "it's"),
  fc.constantFrom('é', '🔑 key', '"q"', 'a\\b', '{{ x }}', ' outer ', '$ANSIBLE', '%a', '@a', '*'),
)

const isPlain = (text: string): boolean => /^[a-zA-Z0-9][a-zA-Z0-9_.]*$/.test(text)

const quoted = word.chain((text) =>
  fc.constantFrom(
    `"${text.replace(/[\\"]/g, '\\$&')}"`,
    `'${text.replaceAll("'", "''")}'`,
    ...(isPlain(text) ? [text] : []),
  ),
)

const tag = fc.constantFrom('', '', '', '!unsafe ', '!!str ', '! ', '!vault ')
const comment = fc.constantFrom('', '', ' # why', '   # "x" {y')

const flow = fc.oneof(
  fc.tuple(quoted, quoted).map(([a, b]) => `{one: ${a}, two: ${b}}`),
  fc.array(quoted, { minLength: 1, maxLength: 3 }).map((items) => `[ ${items.join(', ')} ]`),
  fc.tuple(quoted, quoted).map(([a, b]) => `{"one": [${a}], two: {deep: ${b}}}`),
)

/** The lines of a block scalar, indented by the caller. */
const block = fc
  .record({
    indicator: fc.constantFrom('|', '|-', '|+', '>', '>-', '>+'),
    lines: fc.array(fc.stringMatching(/^[a-z][a-z #:-]{0,9}[a-z]$/), {
      minLength: 1,
      maxLength: 3,
    }),
    after: fc.constantFrom('', '\n', '\n\n'),
    extra: fc.integer({ min: 1, max: 5 }),
  })
  .map((parts) => ({ kind: 'block' as const, ...parts }))

const leaf = fc.oneof(
  quoted.map((text) => ({ kind: 'line' as const, text })),
  flow.map((text) => ({ kind: 'line' as const, text })),
  block,
)

type Leaf = typeof leaf extends fc.Arbitrary<infer T> ? T : never

/** A text of one or two documents, in one style of line ends, with or without a final newline. */
export function yamlText(): fc.Arbitrary<string> {
  const entry = fc.record({ leaf, tag, comment, nested: fc.integer({ min: 0, max: 3 }) })
  return fc
    .record({
      entries: fc.array(entry, { minLength: 1, maxLength: 6 }),
      isCrlf: fc.boolean(),
      isOpen: fc.boolean(),
      start: fc.constantFrom('', '# head\n', '---\n', '\ufeff'),
    })
    .map(({ entries, isCrlf, isOpen, start }) => {
      const body = entries.map((each, index) => renderEntry(`key${index}`, each)).join('')
      const text = start + (isOpen ? body.replace(/\n$/, '') : body)
      return isCrlf ? text.replaceAll('\n', '\r\n') : text
    })
}

interface Entry {
  readonly leaf: Leaf
  readonly tag: string
  readonly comment: string
  readonly nested: number
}

function renderEntry(key: string, { leaf: value, tag: mark, comment: why, nested }: Entry): string {
  const [lead, indent] = [
    ['', 0],
    ['outer:\n  ', 2],
    ['list:\n- ', 2],
    ['odd:\n     ', 5],
  ][nested] as [string, number]
  const name = nested === 0 ? key : 'inner'
  const head = lead.replace(/^\w+/, (word) => `${word}_${key}`) + `${name}: `
  if (value.kind === 'line') {
    const isCollection = /^[[{]/.test(value.text)
    return `${head}${isCollection ? '' : mark}${value.text}${why}\n`
  }
  const pad = ' '.repeat(indent + value.extra)
  const lines = value.lines.map((line) => `${pad}${line}\n`).join('')
  return `${head}${mark}${value.indicator}${why}\n${lines}${value.after}`
}
