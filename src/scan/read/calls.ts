// What calls make of the texts that they take, told by their names.
import type { Frame } from './frame.js'
import type { Token } from './lexer.js'

const FALLBACK_CALL = /(?:unwrap_or(?:_else)?|default|[oO]rElse|OrDefault|\.Or|\bor)$/
const TAKES_OTHER =
  /decrypt|unseal|hash(?!map)|digest|verif|sha\d|md5|file$|uuid|random|regex|match|replace|split|trim|prefix/i
const TAKES_NAME = /env|set|get$|put|define|flag|var|default|config|prop|option|string|arg/i

/** Whether a call makes something else of its arguments than a token. */
export function takesOther({ open, names }: Frame): boolean {
  return open === '(' && TAKES_OTHER.test(names.at(-1) ?? '')
}

/**
 * Whether a string is what a call takes for the name before it, `getenv("NAME", "value")`, `unwrap_or("value")`, or stands beside
 * it in a tuple.
 */
export function isTaken(
  { open, callee, names, index, line }: Frame,
  subject: NonNullable<Frame['subject']>,
  { text }: Token,
): boolean {
  const isLater =
    open === '(' && subject.index < index && subject.line >= line && subject.index >= 0
  const isTold = callee === undefined ? /[0-9]/.test(text) : TAKES_NAME.test(names.at(-1) ?? '')
  return (
    (isLater && isTold && text.length >= 8) ||
    (open !== '' && FALLBACK_CALL.test(names.at(-1) ?? ''))
  )
}

const WRITES = /write|put|save|dump|copy|append|echo|content/i

/** Whether a call writes its arguments into a file. */
export function isWriting({ open, names }: Frame): boolean {
  return open === '(' && WRITES.test(names.at(-1) ?? '')
}

/** Whether a call makes a vault of Ansible's of the password that it takes: `VaultSecret(b"…")`. */
export function takesPassword({ open, names }: Frame): boolean {
  return open === '(' && /^(?:Ansible)?Vault(?:Secret|AES256)?$/.test(names.at(-1) ?? '')
}
