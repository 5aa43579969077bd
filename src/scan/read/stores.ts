// Tokens that a command puts into a store of secrets under a name that says so: `aws ssm put-parameter --name /k3s/token --value …`,
// `consul kv put k3s/token …`, `kubectl create secret generic k3s --from-literal=token=…`, `printf … | docker secret create k3s_token -`.
import { isSpecificPath } from '../forms/names.js'
import type { Command } from './commands.js'
import { decoded } from './piece.js'
import type { Line } from './line.js'
import { readWords } from './words.js'
import type { Word } from './words.js'
import { saidBy } from './written.js'

const NAMED = /^(?:--?[\w-]*(?:name|key|id|variable|path))$/
const NAMED_HERE = /^(?:--?[\w-]*)?(?:name|key|id|variable|path)=(?<name>.+)$/
const VALUED = /^--?(?:[\w-]*(?:value|secret-string|secret|body|data|plaintext))$/
const VALUED_HERE =
  /^(?:--?[\w-]*)?(?:value|secret-string|secret|body|data|plaintext|token|(?:from-)?literal=[\w.-]+)=(?<value>.+)$/s
/** `-b` of gh with its value in one word. */
const BODY = /^-b(?<value>[^-=].+)$/s
const PUTS =
  /^(?:put|set|add|create|insert|write|edit|put-parameter|create-secret|put-secret-value)$/
const STORES =
  /^(?:kv|secrets?|etcdctl|consul|vault|bao|ssm|secretsmanager|keyvault|pass|gopass|keyring|bws|doppler|envs|parameter)$/

/** Gathers what the command stores, or seals, as a token. */
export function readStored(line: Line, { words, next }: Command): void {
  readSealed(line, words, next)
  readOwnWays(line, words)
  if (isStoring(next) && nameIn(next) !== undefined) {
    for (const word of saidBy(words)) add(line, word, { name: nameIn(next)!, value: word.text })
  }
  const name = nameIn(words)
  if (name === undefined) return
  for (const [index, word] of words.entries()) {
    const value = VALUED.test(words[index - 1]?.text ?? '')
      ? word.text
      : (VALUED_HERE.exec(word.text) ?? BODY.exec(word.text))?.groups!['value']
    if (value !== undefined) add(line, word, { name, value })
  }
  const put = words.findIndex(({ text }) => isSpecificPath(text))
  const behind = words[put + 1]
  const isPut = put > 0 && isStoring(words.slice(0, put)) && PUTS.test(words[put - 1]!.text)
  if (isPut && behind?.kind === 'word' && !/^-|=/.test(behind.text))
    add(line, behind, { name, value: behind.text })
}

/** systemd's `SetCredential=NAME:VALUE`, and `sops --set '["NAME"] "VALUE"'`. */
const OWN_WAYS = [
  /^SetCredential=(?<name>[\w.-]{1,80}):(?<value>.{1,1100})$/,
  /^(?:\["[\w.-]{1,80}"\]){0,4}\["(?<name>[\w.-]{1,80})"\] "(?<value>[^"]{1,1100})"$/,
]

/** What single programs have ways of their own for; and `read NAME <<< VALUE`. */
function readOwnWays(line: Line, words: readonly Word[]): void {
  for (const [index, word] of words.entries()) {
    for (const way of OWN_WAYS) {
      const { name = '', value = '' } = way.exec(word.text)?.groups ?? {}
      if (isSpecificPath(name)) add(line, word, { name, value })
    }
    const [before, next] = [words[index - 1]?.text ?? '', words[index + 1]]
    if (word.text === '<<<' && next !== undefined && isSpecificPath(before))
      add(line, next, { name: before, value: next.text })
  }
}

const SEALS = /^(?:encrypt_string|kubeseal)$/
const SEALED_NAME = /^(?:--name|--stdin-name|-n)$/
/** Options of these programs that have a value. */
const TAKES = /^(?:--?[\w-]*(?:name|id|file|format|controller|namespace|scope|cert)|-n)$/

/** A token on the command line of what seals it: `ansible-vault encrypt_string '…' --name k3s_token`. */
function readSealed(line: Line, words: readonly Word[], next: readonly Word[]): void {
  const piped = sealedName(next)
  if (piped !== undefined)
    for (const word of saidBy(words)) add(line, word, { name: piped, value: word.text })
  const name = sealedName(words)
  if (name === undefined) return
  const start = words.findIndex(({ text }) => SEALS.test(text)) + 1
  for (const [index, word] of words.entries()) {
    if (word.kind === 'substitution')
      for (const { text } of saidBy(readWords(word.text))) add(line, word, { name, value: text })
    const before = words[index - 1]?.text ?? ''
    if (index >= start && word.kind === 'word' && !word.text.startsWith('-') && !TAKES.test(before))
      add(line, word, { name, value: word.text })
  }
}

function sealedName(words: readonly Word[]): string | undefined {
  if (!words.some(({ text }) => SEALS.test(text))) return undefined
  const at = words.findIndex(({ text }) => SEALED_NAME.test(text))
  const name = words[at + 1]?.text ?? ''
  return at >= 0 && isSpecificPath(name) ? name : undefined
}

function isStoring(words: readonly Word[]): boolean {
  return words.some(({ text }) => STORES.test(text)) && words.some(({ text }) => PUTS.test(text))
}

/** The name that the words give a secret: one that says that it is a token, or where one is stored, one that is K3s'. */
function nameIn(words: readonly Word[]): string | undefined {
  const isStore = isStoring(words)
  for (const [index, { text }] of words.entries()) {
    const isNamed = NAMED.test(words[index - 1]?.text ?? '')
    const here = NAMED_HERE.exec(text)?.groups!['name'] ?? text
    if ((isNamed || here !== text || isStore) && isSpecificPath(here)) return here
    if (isStore && OF_K3S.test(here)) return here
  }
  return undefined
}

const OF_K3S =
  /^(?:[\w-]+\/)*(?:k3s|rke2)(?:[-_/](?:cluster|server|agent|join|lab|prod|dev|secrets?))*$/i

function add(line: Line, word: Word, { name, value }: { name: string; value: string }): void {
  const piece = decoded(line.piece, word.start, word.end, word.text)
  const at = Math.max(0, word.text.lastIndexOf(value))
  line.gather.add('pair', name, { text: value, piece, at, isComment: line.isComment })
}
