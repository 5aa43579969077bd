// Tokens that a command puts into a store of secrets under a name that says so: `aws ssm put-parameter --name /k3s/token --value …`,
// `consul kv put k3s/token …`, `kubectl create secret generic k3s --from-literal=token=…`, `printf … | docker secret create k3s_token -`.
import { isSpecificPath } from '../forms/names.js'
import type { Command } from './commands.js'
import { decoded } from './piece.js'
import type { Line } from './line.js'
import type { Word } from './words.js'
import { saidBy } from './written.js'

const NAMED = /^(?:--?[\w-]*(?:name|key|id|variable|path))$/
const NAMED_HERE = /^(?:--?[\w-]*)?(?:name|key|id|variable|path)=(?<name>.+)$/
const VALUED = /^--?(?:[\w-]*(?:value|secret-string|secret|body|data|plaintext))$/
const VALUED_HERE =
  /^(?:--?[\w-]*)?(?:value|secret-string|secret|body|data|plaintext|token|(?:from-)?literal=[\w.-]+)=(?<value>.+)$/s
const PUTS =
  /^(?:put|set|add|create|insert|write|edit|put-parameter|create-secret|put-secret-value)$/
const STORES =
  /^(?:kv|secrets?|etcdctl|consul|vault|bao|ssm|secretsmanager|keyvault|pass|gopass|keyring|bws|doppler|envs|parameter)$/

/** Gathers what the command stores as a token. */
export function readStored(line: Line, { words, next }: Command): void {
  if (isStoring(next) && nameIn(next) !== undefined) {
    for (const word of saidBy(words)) add(line, word, { name: nameIn(next)!, value: word.text })
  }
  const name = nameIn(words)
  if (name === undefined) return
  for (const [index, word] of words.entries()) {
    const value = VALUED.test(words[index - 1]?.text ?? '')
      ? word.text
      : VALUED_HERE.exec(word.text)?.groups!['value']
    if (value !== undefined) add(line, word, { name, value })
  }
  const put = words.findIndex(({ text }) => isSpecificPath(text))
  const behind = words[put + 1]
  const isPut = put > 0 && isStoring(words.slice(0, put)) && PUTS.test(words[put - 1]!.text)
  if (isPut && behind?.kind === 'word' && !/^-|=/.test(behind.text))
    add(line, behind, { name, value: behind.text })
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
  const at = word.text.length - value.length
  line.gather.add('pair', name, { text: value, piece, at, isComment: line.isComment })
}
