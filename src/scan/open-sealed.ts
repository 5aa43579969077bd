// Opens what is sealed, as far as a password is at hand, and classifies the tokens in it.
import { K3sVarsError, VaultError } from '../errors.js'
import type { Secret } from '../secret.js'
import { readYamlValues } from '../ansible-files/vars-file/yaml-values.js'
import type { Vault } from '../vault/vault.js'
import { YamlSyntaxError } from '../yaml/syntax-error.js'
import type { Candidate } from './candidate.js'
import { traitsOf } from './file-traits.js'
import { Gather } from './read/gather.js'
import { readStructure } from './read/structure.js'
import type { Hit } from './finding.js'
import { classifyOpened } from './classify.js'

/** One sealed text of a tree. */
export interface SealedText {
  readonly text: string
  /** Classifies what was in it. */
  readonly classify: (opened: Secret) => readonly Hit[]
  readonly take: (hits: readonly Hit[]) => void
}

export interface Opening {
  readonly opened: number
  readonly unopened: number
  /** Why, of the first that stayed sealed; undefined where none did. */
  readonly reason: string | undefined
}

/** Each costs a key derivation, which the thread pool works off on all cores. */
const AT_ONCE = 16
/** Without a password, or with a source of one that fails, no other text opens either. */
const FOR_ALL = [
  'K3SV_VAULT_NO_PASSWORD',
  'K3SV_VAULT_PASSWORD_SOURCE',
  'K3SV_VAULT_SCRIPT',
  'K3SV_VAULT_CONFIG',
]

/** Opens and classifies each text. A text that does not open is counted and is no finding. */
export async function openSealed(texts: readonly SealedText[], vault: Vault): Promise<Opening> {
  let [opened, reason, isHopeless] = [0, undefined as string | undefined, false]
  const openOne = async ({ text, classify, take }: SealedText): Promise<void> => {
    try {
      const inner = await vault.open(text)
      opened++
      take(classify(inner))
    } catch (error) {
      if (!(error instanceof VaultError)) throw error
      reason ??= error.message
      isHopeless ||= FOR_ALL.includes(error.code)
    }
  }
  for (let start = 0; start < texts.length && !isHopeless; start += AT_ONCE) {
    await Promise.all(texts.slice(start, start + AT_ONCE).map(openOne))
  }
  return { opened, unopened: texts.length - opened, reason }
}

/** The hits of a value that was sealed inline. */
export function classifyValue(candidate: Candidate): (opened: Secret) => readonly Hit[] {
  return (text) => classifyOpened({ ...candidate, text })
}

/**
 * The hits of a file that was sealed as a whole. Its lines are not those of the file on the disk, so the key alone tells
 * the place.
 */
export function classifyWholeFile(path: string): (opened: Secret) => readonly Hit[] {
  return (opened) => {
    const text = opened.reveal()
    try {
      const traits = { ...traitsOf(path, text), isStructured: true }
      const gather = new Gather(text, traits)
      readStructure(readYamlValues(text), gather)
      return gather.candidates.flatMap(classifyOpened).map(({ rule, key }) => ({ rule, key }))
    } catch (error) {
      if (error instanceof YamlSyntaxError || error instanceof K3sVarsError) return []
      throw error
    }
  }
}
