// What a text is that stands where a token stands, told once for every form and reader. Everything here is linear in the text:
// each pattern is anchored or has no two parts that could match the same characters.
import { BOOTSTRAP_PATTERN } from '../token/grammar.js'
import { isSampleToken } from '../token/samples.js'
import { estimateBits } from '../token/strength.js'
import { kindOfName } from '../role/token-names.js'

/**
 * `reference`: names a value that stands elsewhere, or is worked out there; `placeholder`: made for a reader to fill in, or
 * words about a token; `sealed`: ciphertext of Ansible Vault; `ciphertext`: that of another tool; `foreign`: a token of another
 * program, told by its prefix; `secret`: the value itself.
 */
export type ValueKind =
  'empty' | 'reference' | 'placeholder' | 'sealed' | 'ciphertext' | 'foreign' | 'secret'

type Row = readonly [kind: ValueKind, what: string, pattern: RegExp]

/** In order: the first that matches decides. */
const ROWS: readonly Row[] = [
  ['ciphertext', 'sops and eyaml', /^(?:ENC|DEC(?:::\w+)?)\[/],
  ['ciphertext', 'age and PGP', /^-----BEGIN |^age-encryption\.org/],
  ['ciphertext', 'Spring Cloud Config', /^\{cipher\}/],
  ['ciphertext', "Vault's transit engine", /^vault:v\d{1,3}:/],
  ['ciphertext', 'AWS KMS, Fernet', /^(?:AQICAH|gAAAAA)[\w+/=-]{20}/],
  ['ciphertext', 'kubeseal, Google KMS', /^(?:Ag[A-Z]|CiQA)[\w+/=-]{100}/],
  ['ciphertext', 'Pulumi', /^v1:[\w+/=]{8,32}:[\w+/=]{16}/],
  ['ciphertext', 'a hash of a password', /^\$(?:2[aby]|5|6|y|argon2\w{1,2})\$/],
  ['foreign', 'GitHub', /^(?:gh[pousr]_|github_pat_)\w/],
  ['foreign', 'GitLab', /^gl[a-z]{2,5}-[\w-]{8}/],
  ['foreign', 'Slack', /^xox[a-z]-|^xapp-/],
  ['foreign', 'JSON web tokens, Cloudflare', /^eyJ[\w-]{12}/],
  ['foreign', 'HashiCorp Vault', /^(?:hv[sbr]\.\w{20}|s\.[A-Za-z0-9]{24}$)/],
  ['foreign', 'Docker Swarm', /^SWMTKN-/],
  ['foreign', 'DigitalOcean, Tailscale, npm, PyPI', /^(?:do[opr]_v1_|tskey-|npm_|pypi-)\w/],
  ['foreign', 'Telegram', /^\d{8,12}:AA[\w-]{30}/],
  ['placeholder', 'a mask', /^(?:x{3,}|\*+|\.{2,}|-+|_+|#+|…+|\?+)$/i],
  ['placeholder', 'nothing but signs', /^[^A-Za-z0-9]*$/],
  ['placeholder', 'in brackets', /^\[[^\]]*\]$|<[^<>]{1,80}>/],
  ['placeholder', 'cut short', /(?:\.\.\.|…)$/],
  [
    'placeholder',
    'a word that is no value',
    /^(?:~|null|nil|none|undefined|omit|true|false|yes|no|on|off|string|str|text|required|optional|todo|tbd|redacted|default|auto|random|generated?|file|stdin|prompt|missing|unset|void|token:?|tokens?\))$/i,
  ],
  // The token of kubeadm's and K3s's own documentation.
  ['placeholder', 'documented', /^(?:abcdef\.0123456789abcdef|K10(?:\W|$))/],
  [
    'placeholder',
    'a name in capitals',
    /^(?=.*(?:TOKEN|SECRET|PASS|KEY|VALUE|CHANGE|REPLACE|YOUR|HERE))[A-Z][A-Z0-9_ .-]*$|^[A-Z][A-Z0-9]{1,15}(?:_[A-Z][A-Z0-9]{0,15})+$/,
  ],
  [
    'placeholder',
    'a duration, a number, a part of a text',
    /^-?\d{1,4}(?:[smhdw]|ms|:-?\d{1,4})?$/,
  ],
  ['reference', 'a bracket that opens', /^[{([|>&*]+$|^[{(]\s*$/],
  [
    'reference',
    'a shell, a template, a tag',
    /^(?:[$`]|!\w|<\(|\(\()|\$\{|\$\(|\{\{|\{\$|\{%|<%|\[\[/,
  ],
  // `(pass k3s)` of fish and nu, `(known after apply)`, `{shlex.quote(token)}`, `{$this->token()}`.
  [
    'reference',
    'an expression in brackets',
    /^[({](?=[A-Za-z_$@][\w$@-]{0,80}(?:[\s(),.[\]{}:!>'"]|->|::|$))/,
  ],
  ['reference', 'an address of a secret manager', /^(?:[a-z][\w+.-]{1,30}:\/\/|ref\+)/i],
  [
    'reference',
    'a word of where it is',
    /^(?:vault|env|file|ssm|arn|sops|secret|keyring|keychain|pass|op|bws|doppler|aws|gcp|azure|kv|credentials\w*|var|lookup|cmd|prompt|exec|age):/i,
  ],
  [
    'reference',
    'a mark to be replaced',
    /^(?:@{1,2}[\w. -]+@{1,2}|__\w+__|%{1,2}[\w.]+%{1,2}|![\w.]+!|%\{.*|#\{.*|#\(.*)$/,
  ],
  ['reference', 'a function of Azure', /^@Microsoft\.KeyVault/],
  [
    'reference',
    'a hole',
    /%(?:[0-9]+\$|\[\d+\])?[-+ #0]{0,3}[sdvqxr@](?![\w])|%[(<]\w|\{[\w.]{0,40}(?:[!:][\w#?]{0,10})?\}|#\{|\\\(/,
  ],
  ['reference', 'a pattern', /\.\*|\.\+\)|\\[SsWwdbBt]|\[\^|\(\?|^\^/],
  ['reference', 'what a sign joins', /^(?:[+.,;)%&|=<>?:!]|\.\.)(?:\s|$)/],
  ['reference', 'a path', /^(?:[@~]|\.{1,2})?\/|^(?:~|\.{1,2})\/|^[A-Z]:\\/],
  [
    'reference',
    'a file',
    /^[\w./-]+\.(?:txt|ya?ml|json|age|enc|gpg|pem|key|token|j2|tmpl|env|sh|py)$/i,
  ],
  ['reference', 'a path of names', /^[a-z_][a-z_0-9]*(?:(?:\.|::|->)[a-z_][a-z_0-9]*)+$/i],
  ['reference', 'a call', /^[a-z_][\w.:]*!?[([]/i],
  ['placeholder', 'too short for anything', /^.{1,2}$/],
]

const INSTRUCTION =
  /^(?:please[-_ ])?(?:your|insert|enter|put|replace|paste|fill|set|add|change|generate|choose|pick|create|provide|specify|supply|define)[-_ ]|(?:[-_ ]here|placeholder|dummy|fake|redacted)(?![a-z])|^example(?:[-_ ]|$)/i
/** Words of a sentence about a token. */
const ABOUT =
  /(?:^|\s)(?:tokens?|secrets?|passwords?|clusters?|nodes?|join|required|optional|missing|please|must|is|the|of|for|to|not|this)(?:$|[\s.,:;])/i

/** What the text is; a sample that everybody knows counts as secret, because people do use them. */
export function kindOfValue(text: string): ValueKind {
  const value = text
    .trim()
    .replace(/^(["'])(.*)\1$/, '$2')
    .replace(/(?<=\w):$/, '')
  if (value === '') return 'empty'
  if (/^\$ANSIBLE_VAULT\b/.test(value)) return 'sealed'
  if (isSampleToken(value)) return 'secret'
  if (BOOTSTRAP_PATTERN.test(value)) return value.startsWith('abcdef.') ? 'placeholder' : 'secret'
  const row = ROWS.find(([, , pattern]) => pattern.test(value))
  if (row !== undefined) return row[0]
  if (isWords(value) && (isAbout(value) || isOtherScript(value))) return 'placeholder'
  return isPathOfWords(value) || kindOfName(value) === 'specific' ? 'reference' : 'secret'
}

function isAbout(value: string): boolean {
  return (
    INSTRUCTION.test(value) || /^token$/i.test(value) || (/\s/.test(value) && ABOUT.test(value))
  )
}

/** A word of a language that is not written in ASCII: a label, because no token that K3s takes has such letters in words alone. */
function isOtherScript(value: string): boolean {
  return /[^\0-\x7f]/.test(value) && !/[0-9]/.test(value)
}

function isPathOfWords(value: string): boolean {
  return value.includes('/') && !/[+=]/.test(value) && isWords(value)
}

/** Words of letters, or short numbers, with something between them: how people make up a text, and no generator does. */
export function isWords(value: string): boolean {
  return value
    .split(/[^A-Za-z0-9]+/)
    .every((part) => /^(?:[A-Z]?[a-z]*|[A-Z]+|[0-9]{0,4}|k3s|rke2)$/i.test(part) && isOneCase(part))
}

function isOneCase(part: string): boolean {
  return part.length < 20 && /^(?:[A-Z]?[a-z0-9]*|[A-Z0-9]+)s?$/.test(part)
}

/** Several words: a description of a token rather than one. */
export function isProse(value: string): boolean {
  return /\s/.test(value) && isWords(value)
}

const RANDOM_BITS = 75

/** Where one word, or number, ends and the next one begins. */
const SEAM = /[^A-Za-z0-9]+|(?<=[a-z])(?=[A-Z0-9])|(?<=[A-Z])(?=[0-9])|(?<=[0-9])(?=[A-Za-z])/
/** Drawn at random, letters and digits change places after one or two characters. */
const WORD_LENGTH = 3
/** The same of a text of thirty characters and more, which no name has. */
const WORD_LENGTH_LONG = 3.6
const HEX = /^(?=.*[0-9])(?=.*[a-f])[0-9a-f]{20,}$|^(?=.*[0-9])(?=.*[A-F])[0-9A-F]{20,}$/

/** Whether the text looks drawn at random, so that it is no example in a document. */
export function looksRandom(value: string): boolean {
  if (/\s/.test(value) || !/[0-9]/.test(value)) return false
  if (isPassphrase(value)) return true
  if (estimateBits(value) < RANDOM_BITS) return false
  const most = value.length < 30 ? WORD_LENGTH : WORD_LENGTH_LONG
  return HEX.test(value) || value.length / value.split(SEAM).length < most
}

/** Words of an example, of which nobody draws a passphrase. */
const EXAMPLE =
  /^(?:my|your|the|a|secret|super|token|example|sample|test|demo|foo|bar|baz|password|pass|change|me|this|is|here|key|k3s|rke2|cluster|node|server|agent|shared|join|very|secure|strong|correct|horse|battery|staple|some|random|string|value|replace|insert|use|not|do|for|and|with|of)$/i

/** Whether the text is words drawn at random with a number among them: at least four, and none that examples are made of. */
function isPassphrase(value: string): boolean {
  const parts = value.split(/[^A-Za-z0-9]+/)
  const words = parts.filter((part) => /^[A-Z]?[a-z]{3,12}[0-9]{0,2}$/.test(part))
  return (
    words.length >= 3 &&
    parts.length >= 4 &&
    parts.every((part) => words.includes(part) || /^[0-9]{1,4}$/.test(part)) &&
    !parts.some((part) => EXAMPLE.test(part.replace(/[0-9]{1,2}$/, '')))
  )
}
