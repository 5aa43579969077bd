// What a block is asked for once all of it was read: a name and a value that stand side by side in it, and the texts whose file a
// path beside them, or further out, tells.
import { CONTENT_KEYS, PATH_KEYS, targetOf } from '../forms/files.js'
import { formOfNames, isPairName, isPairValue, isSpecificPath } from '../forms/names.js'
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
  const isConfig = names.some((name) => targetOf(name) === 'config')
  if (!isConfig && CONTENT_KEYS.has(names.at(-1) ?? '') && frame.outer !== undefined)
    frame.contents.push(token)
  else code.content(token, isConfig ? 'config' : undefined)
}

/** Tells what the block has kept. */
export function flush(frame: Frame, code: Handler): void {
  const { heldName, heldValue, contents } = frame
  if (heldName !== undefined && heldValue !== undefined) code.pair(heldName, heldValue)
  if (contents.length === 0) return
  const target = targetAround(frame)
  for (const token of contents) code.content(token, target)
}
