// How a value is written in YAML: its tag, its quotes, the form of its block. A vaulted value has lost that, so a comment
// keeps it, with the value itself left out: `# k3s-vars: "..."`.
import { typeOfPlain } from '../../yaml-types.js'
import type { YamlValue } from '../vars-file/yaml-values.js'

export interface ScalarStyle {
  /** Such as `!unsafe`; empty for none. */
  readonly tag: string
  readonly style: 'plain' | 'single' | 'double' | 'block'
  /** Of a block, such as `|-`; else empty. */
  readonly indicator: string
  /** How much deeper than its key a block's lines are indented; else 0. */
  readonly indent: number
}

/** A value in a style. */
export interface Rendered {
  readonly tag: string
  readonly core: string
  /** The lines of a block, indented from the column of the key; undefined for anything else. */
  readonly body: readonly string[] | undefined
}

/** A bare word that no reader of YAML takes for anything else, in a list or mapping of any kind. */
const SAFE_WORD = /^[A-Za-z/][A-Za-z0-9_./+=@^~$%-]*$/
const OTHER_WORDS = /^(?:y|n)$/i
const JINJA = /\{[{%#]/
/** What YAML 1.1 lets stand in a file, but for its odd line ends. */
const PRINTABLE =
  /^[\t\n -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]*$/u

/**
 * The plainest style that is read back as this very string: a bare word, a block for lines, else double quotes. What
 * was vaulted is never evaluated as a template, so `!unsafe` keeps what looks like one from it.
 */
export function plainestStyle(text: string, isFlow: boolean): ScalarStyle {
  const tag = JINJA.test(text) ? '!unsafe' : ''
  const isBare = SAFE_WORD.test(text) && !OTHER_WORDS.test(text) && typeOfPlain(text) === 'string'
  if (isBare) return { tag, style: 'plain', indicator: '', indent: 0 }
  if (!isFlow && text.slice(0, -1).includes('\n')) {
    const indicator = /\n\n$/.test(text) ? '|+' : text.endsWith('\n') ? '|' : '|-'
    const block: ScalarStyle = { tag, style: 'block', indicator, indent: 2 }
    if (renderScalar(text, block) !== undefined) return block
  }
  return { tag, style: 'double', indicator: '', indent: 0 }
}

/** How a value of the text is spelled, as far as that can be told in short; undefined for an alias. */
export function styleOf(value: YamlValue, text: string): ScalarStyle | undefined {
  const { style, body, core, indent } = value
  if (style === 'alias') return undefined
  const tag = value.tag ?? ''
  if (style !== 'literal' && style !== 'folded') return { tag, style, indicator: '', indent: 0 }
  const first = /^(?:[ \t]*\r?\n)*( *)/.exec(text.slice(body!.start, body!.end))![1]!
  return {
    tag,
    style: 'block',
    indicator: text.slice(core.start, core.end),
    indent: first.length - Math.max(indent, 0),
  }
}

/** `value` in this style; undefined where the style cannot carry it. */
export function renderScalar(value: string, spelling: ScalarStyle): Rendered | undefined {
  const { tag, style } = spelling
  if (style === 'double') return { tag, core: quote(value), body: undefined }
  if (!PRINTABLE.test(value)) return undefined
  if (style === 'block') return renderBlock(value, spelling)
  if (value.includes('\n')) return undefined
  const core = style === 'single' ? `'${value.replaceAll("'", "''")}'` : value
  return { tag, core, body: undefined }
}

function renderBlock(value: string, { tag, indicator, indent }: ScalarStyle): Rendered | undefined {
  const content = value.replace(/(?<!\n)\n+$/, '')
  const ends = value.length - content.length
  const wanted = indicator.includes('-') ? ends === 0 : indicator.includes('+') || ends === 1
  const lines = indicator.includes('+') ? value.replace(/\n$/, '').split('\n') : content.split('\n')
  const isFolded = indicator.startsWith('>')
  if (!wanted || content === '' || indent < 1 || (isFolded && content.includes('\n'))) {
    return undefined
  }
  if (/^[ \t\n]/.test(content) && !/\d/.test(indicator)) return undefined
  const pad = ' '.repeat(indent)
  return { tag, core: indicator, body: lines.map((line) => (line === '' ? '' : pad + line)) }
}

/** In double quotes, on one line; only what cannot stand there is escaped. */
function quote(value: string): string {
  const escaped = value.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\t', '\\t')
  const body = [...escaped].map((character) =>
    PRINTABLE.test(character) ? character : escape(character.codePointAt(0)!),
  )
  return `"${body.join('')}"`
}

function escape(code: number): string {
  const hex = code.toString(16)
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`
}

const STYLES = { '...': 'plain', '"..."': 'double', "'...'": 'single' } as const
const FORMATTED = /^(?:(!\S*) )?(?:(\.\.\.|"\.\.\."|'\.\.\.')|([|>][-+0-9]*) indented ([1-9]\d*))$/

/** As it stands in a comment: `!unsafe "..."`, `|- indented 2`. */
export function formatStyle({ tag, style, indicator, indent }: ScalarStyle): string {
  const form =
    style === 'block'
      ? `${indicator} indented ${indent}`
      : Object.entries(STYLES).find(([, name]) => name === style)![0]
  return tag === '' ? form : `${tag} ${form}`
}

/** The inverse of {@link formatStyle}; undefined for any other text. */
export function parseStyle(text: string): ScalarStyle | undefined {
  const found = FORMATTED.exec(text)
  if (!found) return undefined
  const [, tag = '', quotes, indicator = '', indent = '0'] = found
  const style = quotes === undefined ? 'block' : STYLES[quotes as keyof typeof STYLES]
  return { tag, style, indicator, indent: Number(indent) }
}
