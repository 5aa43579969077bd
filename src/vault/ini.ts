// House rules: Python's configparser with the options that Ansible gives it (inline comments after `;` alone, strict, no
// interpolation; CPython 3.10 to 3.12, Lib/configparser.py `_read`). A line is never quoted in an error, only counted.
import { VaultError } from '../errors.js'

/** Section → key in lower case → value. `[DEFAULT]` is one of the sections here. */
export type IniSections = ReadonlyMap<string, ReadonlyMap<string, string>>

const TWICE_HINT =
  'move the lines below it under the first one of that name, and take this header out: every program of Ansible stops at it, too'

/** What to do about any other file that Ansible refuses. */
export const REFUSED_HINT = 'correct it: every program of Ansible stops at it, too'

/** What str.strip() takes off. String.trim() also takes the BOM, which Python refuses, and leaves the separators. */
const PYTHON_SPACE = new Set(
  '\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000',
)

/** Python's str.strip(). */
export function strip(text: string): string {
  return stripEnd(text.slice(indentOf(text)))
}

/**
 * The sections of an INI text as Python's configparser reads them.
 * @param file named in errors
 * @throws VaultError `K3SV_VAULT_CONFIG` for what configparser refuses: no section, a section or key twice, no delimiter
 */
export function parseIni(text: string, file: string): IniSections {
  const reader = new Reader(file)
  for (const [index, line] of text.split('\n').entries()) reader.read(line, index + 1)
  return reader.sections()
}

class Reader {
  readonly #file: string
  readonly #sections = new Map<string, Map<string, string[]>>()
  #section: Map<string, string[]> | undefined
  /** The lines of the value that a deeper indented line continues. */
  #value: string[] | undefined
  #indent = 0

  constructor(file: string) {
    this.#file = file
  }

  read(line: string, number: number): void {
    const comment = commentStart(line)
    const content = strip(line.slice(0, comment))
    if (content === '') {
      if (comment === undefined) this.#value?.push('')
      return
    }
    const indent = indentOf(line)
    if (this.#value && indent > this.#indent) {
      this.#value.push(content)
      return
    }
    this.#indent = indent
    const name = /^\[([^\n]+)\]/.exec(content)?.[1]
    if (name === undefined) this.#readOption(content, number)
    else this.#openSection(name, number)
  }

  sections(): IniSections {
    const joined = new Map<string, Map<string, string>>()
    for (const [name, options] of this.#sections) {
      const values = [...options].map(([key, lines]) => [key, stripEnd(lines.join('\n'))] as const)
      joined.set(name, new Map(values))
    }
    return joined
  }

  #openSection(name: string, number: number): void {
    const known = this.#sections.get(name)
    if (known && name !== 'DEFAULT')
      throw this.#refusal('the section stands here twice', number, TWICE_HINT)
    this.#section = known ?? new Map<string, string[]>()
    this.#sections.set(name, this.#section)
    this.#value = undefined
  }

  #readOption(content: string, number: number): void {
    if (!this.#section) throw this.#refusal('the line stands before any section header', number)
    const delimiter = content.search(/[=:]/)
    const key = stripEnd(content.slice(0, delimiter)).toLowerCase()
    if (delimiter === -1 || key === '') {
      throw this.#refusal('the line is neither a section header nor key = value', number)
    }
    if (this.#section.has(key)) throw this.#refusal('the key stands in its section twice', number)
    this.#value = [strip(content.slice(delimiter + 1))]
    this.#section.set(key, this.#value)
  }

  #refusal(reason: string, line: number, hint = REFUSED_HINT): VaultError {
    return new VaultError('K3SV_VAULT_CONFIG', `ansible refuses this ansible.cfg: ${reason}`, {
      location: { file: this.#file, line },
      hint,
    })
  }
}

/** Where a comment begins: at 0 for a whole line of comment, behind a space for an inline one; undefined: nowhere. */
function commentStart(line: string): number | undefined {
  if ('#;'.includes(line[indentOf(line)] ?? ' ')) return 0
  for (let at = line.indexOf(';'); at !== -1; at = line.indexOf(';', at + 1)) {
    if (PYTHON_SPACE.has(line[at - 1]!)) return at
  }
  return undefined
}

function indentOf(line: string): number {
  let start = 0
  while (PYTHON_SPACE.has(line.charAt(start))) start++
  return start
}

function stripEnd(text: string): string {
  let end = text.length
  while (PYTHON_SPACE.has(text.charAt(end - 1))) end--
  return text.slice(0, end)
}
