// Tokens that a command writes into K3s' own files: `echo … > FILE`, `tee FILE`, edits by `sed` and `yq`, tasks in one line.
import { CONFIG_KEYS } from '../../role/token-names.js'
import { targetOf } from '../forms/files.js'
import type { FormId } from '../forms/forms.js'
import type { Command } from './commands.js'
import { decoded } from './piece.js'
import type { Line } from './line.js'
import { readWords } from './words.js'
import type { Word } from './words.js'

const SPEAKER = /^(?:echo|printf|print)$/
const KEY =
  /(?<![\w-])(?:agent-)?token["']?[ \t]{0,8}[:=][ \t]{0,8}["']?(?<value>[^\s"'/|,;}]{1,1100})/g

/** Gathers what the command writes into K3s' token file, or changes in its configuration. */
export function readWritten(line: Line, command: Command): void {
  const { words, output } = command
  if (targetOf(output) === 'token') {
    for (const word of saidBy(words)) addWord(line, word, 'token-file', output!)
  }
  if (
    words.some(({ text }) => /^(?:install|cp)$/.test(text)) &&
    targetOf(words.at(-1)?.text) === 'token'
  )
    for (const word of words.filter(({ kind }) => kind === 'substitution'))
      for (const { text } of saidBy(readWords(word.text))) addText(line, word, text)
  const task = words.find(({ text }) => /^(?:dest|path)=/.test(text))
  const content = words.find(({ text }) => text.startsWith('content='))
  if (task !== undefined && content !== undefined && targetOf(task.text.slice(5)) === 'token') {
    addWord(line, content, 'token-file', task.text.slice(5))
  }
  if (
    /^(?:sed|yq|jq|perl|dasel|awk)$/.test(programOf(words)) &&
    words.some(({ text }) => targetOf(text) === 'config')
  ) {
    for (const word of words) readEdit(line, word)
  }
  if (targetOf(output) === 'config') for (const word of words) readFilled(line, word)
}

/** What `printf 'token: %s' VALUE` puts behind the name that its format has before `%s`. */
export function readFormatted(line: Line, { words }: Command): void {
  const at = words.findIndex(({ text }) => text === 'printf')
  const format = words[at + 1]
  if (at < 0 || format === undefined) return
  for (const [index, { 0: before }] of [...format.text.matchAll(/[^%]{0,200}%[sq]/g)].entries()) {
    const name = FORMATTED.exec(before)?.groups!['name']
    const word = words[at + 2 + index]
    if (name === undefined || word?.kind !== 'word') continue
    const isKey = CONFIG_KEYS.has(name) && line.target === 'config'
    const form = line.gather.formOf([name]) ?? (isKey ? ('config-key' as const) : undefined)
    if (form !== undefined) addWord(line, word, form, name)
  }
}

const FORMATTED = /(?<name>[A-Za-z_][\w.-]{1,80})["']?[ \t]{0,8}[=:][ \t]{0,8}["']?%[sq]$/

/** A value that a template of the configuration is filled in with: `awk -v t='…'`, `T=… envsubst`, `sed 's/@T@/…/'`. */
function readFilled(line: Line, word: Word): void {
  for (const { 0: value, index } of word.text.matchAll(FILLED)) {
    const piece = decoded(line.piece, word.start, word.end, word.text)
    const { isComment } = line
    line.gather.add('config-key', '', { text: value, piece, at: index, isComment, isGuess: true })
  }
}

/** What stands behind a sign, and is long enough to be drawn at random. */
const FILLED = /(?<=^[A-Za-z_]\w{0,40}=|[/|,#@])[\w+=-]{16,256}(?=$|[/|,#@'"])/g

function readEdit(line: Line, word: Word): void {
  for (const match of word.text.matchAll(KEY)) {
    const value = match.groups!['value']!
    const piece = decoded(line.piece, word.start, word.end, word.text)
    const at = match.index + match[0].lastIndexOf(value)
    line.gather.add('config-key', 'token', { text: value, piece, at, isComment: line.isComment })
  }
}

function programOf(words: readonly Word[]): string {
  return words.find(({ text }) => !/^(?:sudo|env|exec|-.*|\w+=.*)$/s.test(text))?.text ?? ''
}

function addWord(line: Line, word: Word, form: FormId, key: string): void {
  const value = word.text.replace(/^content=/, '')
  const piece = decoded(line.piece, word.start, word.end, word.text)
  line.gather.add(form, key, {
    text: value,
    piece,
    at: word.text.length - value.length,
    isComment: line.isComment,
  })
}

/** What a command says whose output is taken for a file. */
function addText(line: Line, word: Word, text: string): void {
  const piece = decoded(line.piece, word.start, word.end, word.text)
  const at = word.text.lastIndexOf(text)
  line.gather.add('token-file', '', { text, piece, at, isComment: line.isComment })
}

/** The texts that `echo` and `printf` put out, each a word; formats and options are none. */
export function saidBy(words: readonly Word[]): readonly Word[] {
  const start = words.findIndex(({ text }) => SPEAKER.test(text))
  if (start < 0) return []
  const end = words.findIndex(({ kind }, index) => index > start && kind === 'operator')
  const said = words.slice(start + 1, end < 0 ? undefined : end)
  return said.filter(
    ({ kind, text }) =>
      kind === 'word' && !/^(?:-[neEs]+|--|[^%\n]*(?:%(?![sqb])[^%\n]*)*%[sqb].*)$/.test(text),
  )
}
