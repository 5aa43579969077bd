// Ansible's vault passwords where commands have them: written into a password file, handed over by a pipe, a here-string or a
// process substitution, or printed by a password script.
import { targetOf } from '../forms/files.js'
import { isProse, kindOfValue } from '../value.js'
import type { Command } from './commands.js'
import type { Gather } from './gather.js'
import { decoded } from './piece.js'
import type { Piece } from './piece.js'
import type { Line } from './line.js'
import { readWords } from './words.js'
import type { Word } from './words.js'
import { saidBy } from './written.js'

const OPTION = /--vault-(?:pass(?:word)?-file|id)|ANSIBLE_VAULT_(?:PASSWORD_FILE|IDENTITY_LIST)=/

/** Gathers the vault passwords of a command. */
export function readVaultPasswords(line: Line, command: Command): void {
  const { words, output, next } = command
  if (targetOf(output) === 'vault') add(line, saidBy(words), 'vault-written')
  if (next.some(({ text }) => OPTION.test(text))) add(line, saidBy(words), 'vault-handed')
  if (!words.some(({ text }) => OPTION.test(text))) return
  for (const [index, word] of words.entries()) {
    const before = words[index - 1]
    if (word.kind === 'substitution' && isPasswordFile(words, index)) addInside(line, word)
    else if (before?.kind === 'operator' && before.text === '<<<') add(line, [word], 'vault-handed')
  }
}

/** Whether the substitution stands where the password file does: behind the option, or behind `LABEL@`. */
function isPasswordFile(words: readonly Word[], index: number): boolean {
  const before = words[index - 1]?.text ?? ''
  return (
    OPTION.test(before) || (before.endsWith('@') && OPTION.test(words[index - 2]?.text ?? before))
  )
}

function addInside(line: Line, substitution: Word): void {
  const piece = decoded(line.piece, substitution.start, substitution.end, substitution.text)
  add({ ...line, piece }, saidBy(readWords(substitution.text)), 'vault-handed')
}

function add(line: Line, words: readonly Word[], form: 'vault-written' | 'vault-handed'): void {
  for (const { start, end, text } of words) {
    if (isProse(text)) continue
    const value = text.replace(/(?<!\\n)(?:\\n)+$/, '')
    const piece = decoded(line.piece, start, end, text)
    line.gather.add(form, '', { text: value, piece, at: 0, isComment: line.isComment })
  }
}

const PRINTS =
  /^\s{0,80}(?:[\w.]{1,40}\.)?(?:echo|printf|print|puts|write|log|Write-Output|Write-Host)\b[ (]{0,4}(?:-n )?(?:["']%s(?:\\n)?["'],? )?(?<value>"[^"\n]{4,300}"|'[^'\n]{4,300}'|[\w@!%+=.,/-]{4,300})(?<rest>.{0,200})/gm

/** Gathers what a password script prints, which Ansible takes as password. */
export function readPasswordScript(piece: Piece, gather: Gather): void {
  for (const match of piece.text.matchAll(PRINTS)) {
    const { value, rest } = match.groups!
    const text = value!.replace(/^["']|["']$/g, '').replace(/(?<!\\n)(?:\\n)+$/, '')
    if (/>\s?&?2|stderr|\.get|\(/.test(rest!) || isProse(text) || kindOfValue(text) !== 'secret')
      continue
    gather.add('vault-script', '', { text, piece, at: match.index + match[0].indexOf(text) })
  }
}
