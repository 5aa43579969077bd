// What a text is that stands where a token stands. Everything here is linear in the text: each pattern is anchored or has no
// two parts that could match the same characters.
import { BOOTSTRAP_PATTERN } from '../token/grammar.js'
import { isSampleToken } from '../token/samples.js'
import { estimateBits } from '../token/strength.js'

/**
 * `reference`: names a value that stands elsewhere (a template, a variable, a path); `placeholder`: made for a reader to
 * fill in; `sealed`: ciphertext of Ansible Vault; `secret`: the value itself.
 */
export type ValueKind = 'empty' | 'reference' | 'placeholder' | 'sealed' | 'secret'

/** Begins something that is worked out elsewhere: by a shell, a template, a secret manager, a program. */
const REFERENCE_START =
  /^(?:[$`]|!\w|%[sdvq]\b|%\(|%\w+%$|#\{|\{\w*\}$|ref\+|op:\/\/|https?:\/\/|(?:vault|env|file|ssm|arn|sops|secret|keyring|pass):|(?:lookup|query|q|file|env|getenv|var|local|data|module|hostvars|vars|secrets|os|process|random_\w+)[.([])/
const TEMPLATE = /\$\{|\$\(|\{\{|\{%|<%/
const PATH = /^(?:~|\.{1,2})?(?:\/[\w.@-]{1,64}){2,20}\/?$/
const IDENTIFIERS = /^[a-z_][a-z_0-9]*(?:\.[a-z_][a-z_0-9]*)+$/i
const CALL = /^[a-z_][\w.]*[([]/i

const MASK = /^(?:x{3,}|\*+|\.{2,}|-+|_+|#+|…+|\?+)$/i
const BRACKETED = /^\[.*\]$|<[^<>]{1,80}>/
const TRUNCATED = /(?:\.\.\.|…)$/
const NO_VALUE =
  /^(?:~|null|nil|none|undefined|omit|true|false|yes|no|on|off|string|str|text|required|optional|todo|tbd|redacted|default|auto|random|generated?|file|stdin)$/i
const INSTRUCTION =
  /^(?:your|insert|enter|put|replace|paste|fill|set|add)[-_ ]|(?:[-_ ]here|placeholder|dummy|fake|redacted)\b|^example[-_ ]/i
/** The token of kubeadm's and K3s's own documentation. */
const DOCUMENTED = /^(?:abcdef\.0123456789abcdef|K10(?:\W|$))/

/** What the text is; a sample that everybody knows counts as secret, because people do use them. */
export function kindOfValue(text: string): ValueKind {
  const value = text.trim()
  if (value === '') return 'empty'
  if (/^\$ANSIBLE_VAULT\b/.test(value)) return 'sealed'
  if (value.startsWith('ENC[')) return 'reference'
  if (isSampleToken(value)) return 'secret'
  if (isPlaceholder(value)) return 'placeholder'
  return isReference(value) ? 'reference' : 'secret'
}

function isPlaceholder(value: string): boolean {
  const patterns = [MASK, BRACKETED, TRUNCATED, NO_VALUE, DOCUMENTED]
  return (
    patterns.some((pattern) => pattern.test(value)) || (isWords(value) && INSTRUCTION.test(value))
  )
}

function isReference(value: string): boolean {
  if (BOOTSTRAP_PATTERN.test(value)) return false
  const patterns = [REFERENCE_START, TEMPLATE, PATH, IDENTIFIERS, CALL]
  return patterns.some((pattern) => pattern.test(value))
}

/** Words of letters, or short numbers, with something between them: how people make up a text, and no generator does. */
export function isWords(value: string): boolean {
  return value
    .split(/[^A-Za-z0-9]+/)
    .every((part) => /^(?:[A-Z]?[a-z]*|[A-Z]+|[0-9]{0,4})$/.test(part) && part.length < 20)
}

/** Several words: a description of a token rather than one. */
export function isProse(value: string): boolean {
  return /\s/.test(value) && isWords(value)
}

const RANDOM_BITS = 80

/** Where one word, or number, ends and the next one begins. */
const SEAM = /[^A-Za-z0-9]+|(?<=[a-z])(?=[A-Z0-9])|(?<=[A-Z])(?=[0-9])|(?<=[0-9])(?=[A-Za-z])/
/** Drawn at random, letters and digits change places after one or two characters. */
const WORD_LENGTH = 3

/** Whether the text looks drawn at random, so that it is no example in a document. */
export function looksRandom(value: string): boolean {
  const isMadeOfWords = value.length / value.split(SEAM).length >= WORD_LENGTH
  return !isMadeOfWords && /[0-9]/.test(value) && estimateBits(value) >= RANDOM_BITS
}
