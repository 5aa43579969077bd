// The rules that hold wherever a token goes; what single files on a node do to it stands in encodings.ts.
import { BOOTSTRAP_PATTERN, SECURE_PREFIX, SHORTEST } from './grammar.js'
import { isSampleToken } from './samples.js'
import { classesOf, estimateBits } from './strength.js'
import { trimAsK3s } from './white-space.js'
import { readsAsOtherType } from '../yaml-types.js'

export interface Rule {
  readonly id: string
  readonly severity: 'error' | 'warn'
  readonly matches: (text: string) => boolean
  readonly reason: string
  readonly hint: string
  /** The token works, but can be guessed: a cluster that runs with it can be adopted as it is, and is warned about then. */
  readonly isWeakness?: true
}

/** The way out of a token that cannot stay; minting one for a cluster that runs would lock its nodes out. */
export const SOUND_TOKEN =
  'new cluster: have one minted with `k3s-vars token new`; running cluster: `k3s token rotate` to a sound one, then import it'

/** What to do about a weak token that a cluster has. */
export const ROTATION =
  'rotate it: `k3s-vars rotate CLUSTER -i INVENTORY` draws a strong one and brings it to every node; --plan shows each step first'

const WEAK_TOKEN =
  'new cluster: have one minted with `k3s-vars token new`; running cluster: adopt it as it is with --allow-weak, and rotate it then'

const WEAK_BITS = 80
/** YAML 1.1 breaks lines at three more characters than an environment file does. */
const LINE_BREAK = /[\r\n\u0085\u2028\u2029]/
// eslint-disable-next-line no-control-regex -- these are what the rule is about
const CONTROL_CHARACTER = /[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f]/
/** openssl and base64 wrap after 64 and 76 characters. */
const WRAPPED_BASE64 = /^(?:(?:[A-Za-z0-9+/]{64}|[A-Za-z0-9+/]{76})\r?\n)+[A-Za-z0-9+/]+={0,2}$/

/** Every rule; of those that match, the first error is the one that refuses. */
export const RULES: readonly Rule[] = [
  {
    id: 'vault-text',
    severity: 'error',
    matches: isSealedText,
    reason: 'it is sealed Ansible Vault text, and K3s would take the ciphertext as the token',
    hint: 'open it first: `ansible-vault view FILE | k3s-vars token import CLUSTER --stdin`',
  },
  {
    id: 'bootstrap-shape',
    severity: 'error',
    matches: (text) => BOOTSTRAP_PATTERN.test(text),
    reason:
      'it has the shape of a bootstrap token, which a server refuses and a rotation does not survive (k3s#12982)',
    hint: `\`k3s token generate\` makes tokens for joining agents only; ${SOUND_TOKEN}`,
  },
  {
    id: 'secure-prefix',
    severity: 'error',
    matches: (text) => text.startsWith(SECURE_PREFIX),
    reason: 'it begins with K10, so K3s looks for a CA hash and credentials in it',
    hint: 'bring the whole K10 token as K3s wrote it, or another password',
  },
  {
    id: 'wrapped-base64',
    severity: 'error',
    matches: isWrappedBase64,
    reason:
      'it has the two lines that `openssl rand -base64 64` prints, and an environment file ends a value at the first',
    hint: 'join the lines only if the cluster does run with the joined text; else, for a new cluster, have one minted with `k3s-vars token new`',
  },
  {
    id: 'line-break',
    severity: 'error',
    matches: (text) => LINE_BREAK.test(text.trim()) && !isWrappedBase64(text),
    reason: 'it has a line break inside, and an environment file ends a value there',
    hint: SOUND_TOKEN,
  },
  {
    id: 'byte-order-mark',
    severity: 'error',
    matches: (text) => /^\ufeff|\ufeff$/.test(text),
    reason:
      'it begins or ends with a byte order mark (U+FEFF), which nobody sees and which K3s does not cut off',
    hint: 'write it to the file anew as UTF-8 without a byte order mark',
  },
  {
    id: 'outer-space',
    severity: 'error',
    matches: (text) => text !== trimAsK3s(text),
    reason: 'it begins or ends with white space, which K3s cuts off when it reads a token file',
    hint: 'take the white space away',
  },
  {
    id: 'control-character',
    severity: 'error',
    matches: (text) => CONTROL_CHARACTER.test(text),
    reason: 'it has a control character, which files on the node do not carry',
    hint: SOUND_TOKEN,
  },
  {
    id: 'yaml-type',
    severity: 'error',
    matches: readsAsOtherType,
    reason: 'a YAML reader takes it for a number, a truth value, a date or nothing',
    hint: SOUND_TOKEN,
  },
  {
    id: 'sample',
    severity: 'error',
    matches: isSampleToken,
    reason: 'it is a sample that everybody knows',
    hint: WEAK_TOKEN,
    isWeakness: true,
  },
  {
    id: 'short',
    severity: 'error',
    matches: (text) => text.length < SHORTEST,
    reason: `it has fewer than ${SHORTEST} characters, and it protects the cluster's keys in every snapshot`,
    hint: WEAK_TOKEN,
    isWeakness: true,
  },
  {
    id: 'weak',
    severity: 'warn',
    matches: (text) => estimateBits(text) < WEAK_BITS,
    reason: `it is weaker than ${WEAK_BITS} bits, and whoever has a snapshot can try tokens offline`,
    hint: 'rotate to a minted token: `k3s-vars rotate CLUSTER -i INVENTORY`',
    isWeakness: true,
  },
  {
    id: 'one-class',
    severity: 'warn',
    matches: (text) => classesOf(text).length === 1 && estimateBits(text) < WEAK_BITS,
    reason: 'its characters are all of one class',
    hint: 'rotate to a minted token: `k3s-vars rotate CLUSTER -i INVENTORY`',
  },
  {
    id: 'not-ascii',
    severity: 'warn',
    // eslint-disable-next-line no-control-regex -- the range is ASCII itself
    matches: (text) => /[^\u0000-\u007f]/.test(text),
    reason: 'it has characters outside ASCII, which depend on the locale of each tool on the way',
    hint: 'rotate to a minted token: `k3s-vars rotate CLUSTER -i INVENTORY`',
  },
  {
    id: 'jinja',
    severity: 'warn',
    matches: (text) => /\{\{|\{%|\{#/.test(text),
    reason:
      'it has a Jinja marker; handed out by us it is not evaluated, from any other source it is',
    hint: 'never copy it into group_vars or --extra-vars',
  },
]

/** Ansible Vault text, with or without its tag. */
export function isSealedText(text: string): boolean {
  return /^\s*(?:!vault\b|\$ANSIBLE_VAULT)/.test(text)
}

/** The two lines, or more, of one long base64 text. */
export function isWrappedBase64(text: string): boolean {
  return WRAPPED_BASE64.test(text.trim())
}
