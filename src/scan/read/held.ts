// What a block is asked for once all of it was read: a name and a value that stand side by side in it, and the texts whose file a
// path beside them, or further out, tells.
import { CONTENT_KEYS, isConfigPath, PATH_KEYS, targetOf } from '../forms/files.js'
import { formOfNames, isPairName, isPairValue, isSpecificPath } from '../forms/names.js'
import { isWriting } from './calls.js'
import { targetAround } from './frame.js'
import type { Frame } from './frame.js'
import type { Handler } from './handler.js'
import type { Token } from './lexer.js'

/** Keeps the value of a key that may name, or be, what stands beside it. */
export function hold(frame: Frame, key: string, token: Token): void {
  if (PATH_KEYS.has(key)) frame.target = targetOf(token.text) ?? frame.target
  if (isPairName(key) && isNameOfSecret(token.text)) frame.heldName = token.text
  if (isPairValue(key)) frame.heldValue = token
}

function isNameOfSecret(text: string): boolean {
  return isSpecificPath(text) || formOfNames([text], false) !== undefined
}

/** Reads the content of a string at once, or keeps it until the block has told which file it is. */
export function keep(frame: Frame, names: readonly string[], token: Token, code: Handler): void {
  const isConfig = names.some(isConfigPath)
  if (!isConfig && CONTENT_KEYS.has(names.at(-1) ?? '') && frame.outer !== undefined)
    frame.contents.push(token)
  else code.content(token, isConfig ? 'config' : undefined)
}

/** What the path of such a file has. */
const FILE = /token|vault/i

/** Reads a string as what a call writes into the file of a token or a password that the statement speaks of. */
export function write(frame: Frame, token: Token, code: Handler): void {
  const statement = frame.block ?? frame
  const target = FILE.test(token.text) ? targetOf(token.text) : undefined
  if (target === 'token' || target === 'vault') statement.written = target
  else if (statement.written !== undefined && isWriting(frame)) {
    code.content(token, statement.written)
    statement.written = undefined
  }
}

const HOLE = /(--token|(?:K3S|RKE2)_(?:AGENT_)?TOKEN)[= :]{1,2}["']?(?:\{\w{0,20}\}|%[sqv@])/

/** The name whose value another text of the statement fills in: `"--token {}".format("…")`. */
export function filled({ index }: Frame, { text }: Token, line: number): Frame['subject'] {
  const name = HOLE.exec(text)?.[1]
  return name === undefined ? undefined : { name, index, line }
}

/** As many settings as one file has. */
const MOST_SETTINGS = 50

/** Tells what the block has kept; settings whose file is not told are kept for the block around it. */
export function flush(frame: Frame, code: Handler): void {
  const { heldName, heldValue, contents, settings, outer } = frame
  if (heldName !== undefined && heldValue !== undefined) code.pair(heldName, heldValue)
  if (frame.target === 'config') for (const token of settings) code.setting(token)
  else if (
    frame.target === undefined &&
    outer !== undefined &&
    outer.settings.length < MOST_SETTINGS
  )
    outer.settings.push(...settings)
  if (contents.length === 0) return
  const target = targetAround(frame)
  for (const token of contents) code.content(token, target)
}
