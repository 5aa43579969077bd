import { Secret } from '../../secret.js'
import type { Candidate } from '../candidate.js'
import type { FileTraits } from '../file-traits.js'
import { fallbacksIn } from '../forms/fallbacks.js'
import { formOfNames } from '../forms/names.js'
import type { FormId } from '../forms/forms.js'
import { kindOfValue } from '../value.js'
import { Places } from './piece.js'
import type { Piece } from './piece.js'

/** No token is longer, and no expression that people write for one. */
const LONGEST = 1024

/** A text that a reader met, and where: `at` is its index in the piece. */
export interface Met {
  readonly text: string
  readonly piece: Piece
  readonly at: number
  /** Index of its name in the piece; absent: beside it. */
  readonly nameAt?: number
  readonly isComment?: boolean
  readonly isGuess?: boolean
}

/** What the readers of one file find, told in the end by form. */
export class Gather {
  readonly candidates: Candidate[] = []
  /** Names of variables that K3s is handed as its token. */
  readonly uses = new Set<string>()
  readonly places: Places
  readonly traits: FileTraits

  constructor(text: string, traits: FileTraits) {
    this.places = new Places(text)
    this.traits = traits
  }

  /** The form of a value under these names, or undefined. */
  formOf(names: readonly string[]): FormId | undefined {
    return formOfNames(names, this.traits.mentionsAnsible)
  }

  /** The form of a key `token:` at an offset of the file, where no structure is read. */
  formOfKey(offset: number): FormId | undefined {
    const { isVars, isInventory, isK3sConfig, mentionsK3s, isHistory, isDocument } = this.traits
    if (isK3sConfig) return 'config-key'
    if (isVars) return 'role-variable'
    if (isHistory) return undefined
    const section = isDocument ? undefined : this.places.sectionAt(offset)
    if (isInventory && (section === undefined || section.endsWith(':vars'))) return 'role-variable'
    if (section !== undefined) return this.formOf([...section.split(/[.\s"':]+/), 'token'])
    return mentionsK3s ? 'config-key' : undefined
  }

  /** Adds a value that stands where a token, or a vault password, stands; a reference adds what it falls back to. */
  add(form: FormId, key: string, met: Met): void {
    const { text, piece, at } = met
    if (text === '' || text.length > LONGEST) return
    const kind = kindOfValue(text)
    if (kind === 'secret' || kind === 'sealed') {
      this.#push(form, key, met)
      return
    }
    if (kind !== 'reference' && kind !== 'placeholder') return
    for (const use of usesIn(text)) if (!form.startsWith('vault')) this.uses.add(use)
    for (const fallback of fallbacksIn(text)) {
      const inner = { ...met, piece, text: fallback.text, at: at + fallback.at }
      if (kindOfValue(fallback.text) === 'secret') {
        this.#push(form.startsWith('vault') ? form : 'default', key, inner)
      }
    }
  }

  #push(form: FormId, key: string, { text, piece, at, nameAt, isComment, isGuess }: Met): void {
    const offset = this.places.find(piece, at, text)
    const nameOffset = nameAt === undefined ? offset : this.places.find(piece, nameAt, key)
    this.candidates.push({
      text: new Secret(text),
      form,
      ...this.places.position(offset),
      nameLine: this.places.position(nameOffset).line,
      key,
      isComment: isComment ?? false,
      isGuess: isGuess ?? false,
    })
  }
}

const USE =
  /\$\{?(?:env:)?([A-Za-z_]\w{2,60})\}?|#\{([A-Za-z_]\w{2,60})\}|\{\{\s{0,8}([A-Za-z_]\w{2,60})|^\{([A-Za-z_]\w{2,60})\}$|^(?:var\.|local\.|self\.|this\.)?([A-Za-z_]\w{2,60})$/g

/** The names of variables that a reference is made of. */
function usesIn(text: string): string[] {
  return [...text.slice(0, 300).matchAll(USE)].map(([, ...names]) => names.find(Boolean)!)
}
