// Reads YAML and JSON by their structure: the names above a value and beside it, lists of arguments, and what is in texts.
import { Secret } from '../../secret.js'
import { isDamagedVaultText, isVaultText } from '../../vault/envelope.js'
import type { YamlValue } from '../../ansible-files/vars-file/yaml-values.js'
import type { Candidate } from '../candidate.js'
import { CONTENT_KEYS, isConfigPath, PATH_KEYS, targetOf } from '../forms/files.js'
import type { Target } from '../forms/files.js'
import type { FormId } from '../forms/forms.js'
import { isSpecificPath } from '../forms/names.js'
import { roleOfKey } from '../forms/config.js'
import type { Gather } from './gather.js'
import { readArguments } from './lists.js'
import type { Piece } from './piece.js'
import { siblingsOf } from './siblings.js'
import type { Sibling, Siblings } from './siblings.js'
import { readContent, readText } from './text.js'

/** A value under a variable's name that only other files, or a password, tell more about. */
export interface NamedValue extends Candidate {
  /** The name of the variable itself, without the keys above it. */
  readonly name: string
  /** Sealed inline: `text` is then Ansible Vault text. */
  readonly isSealed: boolean
  /** `other`: a token only if a token variable's template refers to its name. */
  readonly place: 'token' | 'other'
}

/** A template of a token variable that refers to another variable: `token: "{{ vault_token }}"`. */
export interface Reference {
  readonly from: string
  readonly to: string
}

export interface ValueFindings {
  /** Sealed values, and those that may turn out to be tokens. */
  readonly values: readonly NamedValue[]
  readonly references: readonly Reference[]
}

/** Gathers what the values are, and tells what else may turn out to be a token. */
export function readStructure(all: readonly YamlValue[], gather: Gather): ValueFindings {
  const siblings = siblingsOf(all)
  const values: NamedValue[] = []
  const references: Reference[] = []
  for (const value of all) {
    if (!isReadable(value) || siblings.isSealed(value)) continue
    const reader = new ValueReader(value, siblings, gather)
    reader.read()
    const found = reader.others()
    values.push(...found.values)
    references.push(...found.references)
  }
  readArguments(all, siblings, gather)
  return { values, references }
}

const PLAIN_TAGS = new Set(['!unsafe', '!', '!!str', '!!binary', '!Sub', '!sub'])

/** Another tag names a value that stands elsewhere. */
function isReadable({ type, tag, isVault }: YamlValue): boolean {
  return (
    (type === 'string' || type === 'number') &&
    (tag === undefined || isVault || PLAIN_TAGS.has(tag))
  )
}

/** A name that people give the variable behind a token variable. */
const MAYBE = /token|secret|pass|vault/i
const TEMPLATE = /\{\{\s*(?:\(\s*)?([A-Za-z_]\w{0,100})/g

class ValueReader {
  readonly #value: YamlValue
  readonly #siblings: Siblings
  readonly #gather: Gather
  readonly #names: readonly string[]
  readonly #isSealed: boolean

  constructor(value: YamlValue, siblings: Siblings, gather: Gather) {
    this.#value = value
    this.#siblings = siblings
    this.#gather = gather
    const names = value.path.filter((step) => typeof step === 'string')
    const mark = names.at(-1)
    // The mark that JSON gives a sealed or unsafe value. Behind either may stand plain text, which lies open all the same.
    this.#isSealed = (value.isVault || mark === '__ansible_vault') && isCiphertext(value.text)
    this.#names =
      mark === '__ansible_vault' || mark === '__ansible_unsafe' ? names.slice(0, -1) : names
  }

  /** Gathers the value by its names and siblings, and what is in it. */
  read(): void {
    if (this.#isSealed) return
    const { path, text } = this.#value
    const name = this.#names.at(-1) ?? ''
    if (typeof path.at(-1) === 'string') {
      const form = this.#form()
      if (form !== undefined) {
        const key = this.#names.join('.')
        this.#gather.add(form, key, {
          text: text.trim(),
          piece: this.#piece(),
          at: text.search(/\S|$/),
          nameAt: -1,
        })
      }
      const pair = this.#siblings.nameBeside(this.#value)
      if (form === undefined && pair !== undefined && this.#isToken(pair.text)) {
        this.#gather.add('pair', pair.text, {
          text: text.trim(),
          piece: this.#piece(),
          at: text.search(/\S|$/),
        })
      }
    }
    // A command with a colon in it, which makes it a key: `- echo "token: x" > config.yaml`.
    if (/\btoken$/.test(name) && /["']/.test(name)) {
      readText(
        this.#gather.places.lineTo(this.#value.span.end),
        { isComment: false, isConfig: true },
        this.#gather,
      )
    }
    if (!PATH_KEYS.has(name)) readContent(this.#content(), this.#target(), this.#gather)
  }

  /** The value itself, or of an alias what it stands for: a finding is told where the text is written. */
  #written(): YamlValue {
    const { style, text } = this.#value
    return style === 'alias' ? (this.#siblings.anchored(text)[0] ?? this.#value) : this.#value
  }

  #isToken(name: string): boolean {
    return isSpecificPath(name) || this.#gather.formOf([name]) === 'vault-variable'
  }

  /** How the names say that it is a token. */
  #form(): FormId | undefined {
    const { traits } = this.#gather
    if (this.#siblings.isDocument) {
      const isSecret =
        /^(?:server|agent)$/.test(this.#names.at(-1) ?? '') && this.#names.length === 2
      return isSecret ? 'document' : undefined
    }
    return (
      this.#gather.formOf(this.#names) ??
      roleOfKey(this.#names, this.#value, this.#siblings, traits)
    )
  }

  #piece(text = this.#value.text): Piece {
    const { span } = this.#written()
    return { text, start: span.start, end: span.end, isExact: false }
  }

  /** What the text is once it is decoded, as files in images and addresses of data hold it. */
  #content(): Piece {
    const { text } = this.#value
    if (text.startsWith('data:')) return this.#piece(decodeData(text))
    const encoding = this.#siblings.beside(this.#value, 'encoding')?.text ?? ''
    return this.#piece(
      /^(?:b64|base64)$/.test(encoding) ? Buffer.from(text, 'base64').toString() : text,
    )
  }

  /** Which file the text is written into, told by a path beside it, or beside the block around it. */
  #target(): Target | undefined {
    if (!CONTENT_KEYS.has(this.#names.at(-1) ?? '')) {
      return this.#names.some(isConfigPath) ? 'config' : undefined
    }
    for (const up of [1, 2]) {
      const path = [...PATH_KEYS]
        .map((key) => this.#siblings.above(this.#value, up, key))
        .find(isPath)
      const target = targetOf(path?.text)
      if (target !== undefined) return target
    }
    return undefined
  }

  /** What a password, or another file, tells more about. */
  others(): ValueFindings {
    const { text, line, column, path } = this.#value
    const name = this.#names.at(-1) ?? ''
    const form = typeof path.at(-1) === 'string' ? this.#form() : undefined
    if (typeof path.at(-1) !== 'string' || (form === undefined && !MAYBE.test(name))) return NONE
    const references =
      form !== undefined && !this.#isSealed && !form.startsWith('vault')
        ? namesIn(text).map((to) => ({ from: name, to }))
        : []
    if (form !== undefined && !this.#isSealed) return { values: [], references }
    const place =
      form === undefined || form.startsWith('vault') ? ('other' as const) : ('token' as const)
    const key = this.#names.join('.')
    const value = {
      text: new Secret(text),
      line,
      column,
      key,
      isComment: false,
      name,
      isSealed: this.#isSealed,
      place,
    }
    return { values: [{ ...value, form: form ?? 'role-variable' }], references }
  }
}

function isCiphertext(text: string): boolean {
  return isVaultText(text.trim()) || isDamagedVaultText(text)
}

const NONE: ValueFindings = { values: [], references: [] }

function isPath(sibling: Sibling | undefined): boolean {
  return sibling !== undefined && /[/.]/.test(sibling.text)
}

function decodeData(url: string): string {
  const [, head = '', body = ''] = /^data:([^,]{0,100}),(.*)$/s.exec(url) ?? []
  if (head.endsWith(';base64')) return Buffer.from(body, 'base64').toString()
  try {
    return decodeURIComponent(body)
  } catch {
    return body
  }
}

function namesIn(text: string): string[] {
  return [...text.slice(0, 1000).matchAll(TEMPLATE)].map(([, name]) => name!)
}
