// House rules: told is what PyYAML, and so Ansible, reads; where its reading of a text differs from that of the package that
// knows the places, this file sets it right. Nothing is judged here.
import { typeOfPlain } from '../../yaml-types.js'
import type { PlainType } from '../../yaml-types.js'
import { nextLine, parseTree, positionsIn } from '../../yaml/tree.js'
import type { LineAndColumn, ScalarStyle, Span, YamlNode, YamlPair } from '../../yaml/tree.js'
import type { FileValue } from './value.js'

export interface YamlValue extends FileValue {
  /** The document that it stands in, from 0. */
  readonly document: number
  /** How it is written; `alias`: as `*name`, its text being that of the anchor. */
  readonly style: ScalarStyle | 'alias'
  /** Whether it stands within `{…}` or `[…]`. */
  readonly isFlow: boolean
  /** As written, such as `!vault` or `!!str`. */
  readonly tag: string | undefined
  /** With its `&`; undefined: none. */
  readonly anchor: string | undefined
  /** How many aliases stand for this value. */
  readonly aliases: number
  /** Undefined without a tag. */
  readonly tagSpan: Span | undefined
  /** The value itself without tag and anchor; of a block scalar only its indicator such as `|-`. */
  readonly core: Span
  /** The lines of a block scalar, without the blank ones behind it that are not part of it. */
  readonly body: Span | undefined
  /** The column, from 0, of the key or dash that the value belongs to: its lines are indented deeper. */
  readonly indent: number
}

const VAULT_TAGS = ['!vault', '!vault-encrypted']
const STRING_TAGS = [...VAULT_TAGS, '!unsafe', '!!str', '!<tag:yaml.org,2002:str>']

/** Whether the tag, as written, is that of a vaulted value. */
export function isVaultTag(tag: string | undefined): boolean {
  return tag !== undefined && VAULT_TAGS.includes(tag)
}

/**
 * Every scalar value of every document in YAML text, in the order of the text. What is not written, as the value of `a:`,
 * may be left out or be an empty plain one. Keys that stand in a mapping twice give a value each.
 * @throws YamlSyntaxError
 */
export function readYamlValues(text: string): readonly YamlValue[] {
  const positionOf = positionsIn(text)
  return parseTree(text).flatMap((root, document) =>
    new Walk({ text, positionOf }, document).values(root),
  )
}

interface Source {
  readonly text: string
  readonly positionOf: (offset: number) => LineAndColumn
}

interface Step {
  readonly path: FileValue['path']
  readonly key: string
  readonly isFlow: boolean
  readonly indent: number
}

class Walk {
  readonly #text: string
  readonly #positionOf: Source['positionOf']
  readonly #document: number
  readonly #found: YamlValue[] = []
  /** Anchor name → index of its value in `#found`; undefined for an anchor of something else. */
  readonly #anchors = new Map<string, number | undefined>()

  constructor({ text, positionOf }: Source, document: number) {
    this.#text = text
    this.#positionOf = positionOf
    this.#document = document
  }

  values(root: YamlNode | undefined): readonly YamlValue[] {
    this.#visit(root, { path: [], key: '', isFlow: false, indent: -1 })
    return this.#found
  }

  #visit(node: YamlNode | undefined, step: Step): void {
    if (node?.anchor) {
      const isScalar = node.kind === 'scalar'
      this.#anchors.set(node.anchor.text.slice(1), isScalar ? this.#found.length : undefined)
    }
    switch (node?.kind) {
      case undefined:
        return
      case 'scalar':
      case 'alias':
        this.#add(node, step)
        return
      case 'map':
        for (const pair of node.pairs) this.#visitPair(pair, node.isFlow, step)
        return
      case 'list':
        for (const [index, item] of node.items.entries()) {
          this.#visit(item.value, {
            path: [...step.path, index],
            key: step.key,
            isFlow: step.isFlow || node.isFlow,
            indent: this.#columnOf(item.start),
          })
        }
    }
  }

  #visitPair({ key, value }: YamlPair, isFlow: boolean, step: Step): void {
    const name = key?.kind === 'scalar' ? key.text : ''
    const start = Math.min(...[key, key?.tag, key?.anchor].map((part) => part?.start ?? Infinity))
    if (key?.anchor) this.#anchors.set(key.anchor.text.slice(1), undefined)
    this.#visit(value, {
      path: [...step.path, name],
      key: name,
      isFlow: step.isFlow || isFlow,
      indent: Number.isFinite(start) ? this.#columnOf(start) : step.indent,
    })
  }

  #add(node: Extract<YamlNode, { kind: 'scalar' | 'alias' }>, step: Step): void {
    const start = Math.min(node.start, node.tag?.start ?? Infinity, node.anchor?.start ?? Infinity)
    const { core, body } = this.#parts(node)
    const tag = node.tag?.text
    this.#found.push({
      ...step,
      ...this.#positionOf(start),
      ...(node.kind === 'alias' ? this.#follow(node.name) : this.#read(node, tag)),
      document: this.#document,
      isVault: isVaultTag(tag),
      span: { start, end: body?.end ?? core.end },
      tag,
      anchor: node.anchor?.text,
      aliases: 0,
      tagSpan: node.tag && { start: node.tag.start, end: node.tag.end },
      core,
      body,
    })
  }

  #follow(name: string): Pick<YamlValue, 'style' | 'text' | 'type'> {
    const index = this.#anchors.get(name)
    const target = index === undefined ? undefined : this.#found[index]
    if (target === undefined) return { style: 'alias', text: '', type: 'other' }
    this.#found[index!] = { ...target, aliases: target.aliases + 1 }
    return { style: 'alias', text: target.text, type: target.type }
  }

  #read(
    node: Extract<YamlNode, { kind: 'scalar' }>,
    tag: string | undefined,
  ): Pick<YamlValue, 'style' | 'text' | 'type'> {
    const { style } = node
    const type = typeOf(node.text, style, tag)
    // A block that the text ends in, without a newline, has none for PyYAML.
    const isCut = isBlock(style) && node.end === this.#text.length && !this.#text.endsWith('\n')
    return { style, type, text: isCut ? node.text.replace(/\n$/, '') : node.text }
  }

  #parts(node: YamlNode): Pick<YamlValue, 'core' | 'body'> {
    if (node.kind !== 'scalar' || !isBlock(node.style)) {
      return { core: { start: node.start, end: node.end }, body: undefined }
    }
    const indicator = /^[|>][-+0-9]*/.exec(this.#text.slice(node.start, node.start + 4))![0]
    const bodyStart = Math.min(nextLine(this.#text, node.start + 1), node.end)
    const lines = this.#text.slice(bodyStart, node.end)
    // A last line of blanks that is indented deeper than the rest is part of the value.
    const isAll = indicator.includes('+') || /[ \t]\n*$/.test(node.text)
    const kept = isAll ? lines : withoutBlankEnd(lines)
    return {
      core: { start: node.start, end: node.start + indicator.length },
      body: { start: bodyStart, end: bodyStart + kept.length },
    }
  }

  #columnOf(offset: number): number {
    return this.#positionOf(offset).column - 1
  }
}

/** Whole lines of blanks at the end are taken off; blanks behind the last text stay. */
function withoutBlankEnd(lines: string): string {
  let end = lines.length
  while (end > 0 && ' \t\r\n'.includes(lines[end - 1]!)) end--
  const newline = end === 0 ? -1 : lines.indexOf('\n', end)
  return newline < 0 && end > 0 ? lines : lines.slice(0, newline + 1)
}

function isBlock(style: ScalarStyle): boolean {
  return style === 'literal' || style === 'folded'
}

function typeOf(text: string, style: ScalarStyle, tag: string | undefined): PlainType {
  // PyYAML resolves what the lone ! stands before as if it were a bare word, even in quotes.
  if (tag === '!') return typeOfPlain(text)
  if (tag !== undefined) return STRING_TAGS.includes(tag) ? 'string' : 'other'
  return style === 'plain' ? typeOfPlain(text) : 'string'
}
