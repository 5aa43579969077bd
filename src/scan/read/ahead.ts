// What stands beside a token, where one alone does not tell what it is.
import { isSpecific } from '../forms/names.js'
import type { Token } from './lexer.js'

/** Whether a statement goes on behind the line end: a chain, `|| "…"`, or what a sign ends. */
export function isContinued(tokens: readonly Token[], newline: number): boolean {
  const next = nextToken(tokens, newline)
  const last = tokens[newline - 1]
  return (
    (next !== undefined && /^(?:\.|\?\.|\|\||\?\?|\?|:|\+|or|->|=>)$/.test(next.text)) ||
    (last !== undefined && /^(?:=|:|=>|\+|\|\||\?\?|\\|or|,)$/.test(last.text))
  )
}

/** The next token that is neither a line end nor a comment. */
function nextToken(tokens: readonly Token[], at: number): Token | undefined {
  let index = at + 1
  while (tokens[index]?.type === 'newline' || tokens[index]?.type === 'comment') index++
  return tokens[index]
}

/** The names in `[a.b]` or `[[a]]` of TOML, and the index of the line's end. */
export function sectionAhead(
  tokens: readonly Token[],
  at: number,
): { names: string[]; end: number } {
  const names: string[] = []
  let end = at + 1
  for (; end < tokens.length && tokens[end]!.type !== 'newline'; end++) {
    const { type, text } = tokens[end]!
    if (type === 'word' || type === 'string') names.push(...text.split('.'))
  }
  return { names, end }
}

/** The name in `[:name]` of Ruby, where it stands behind another. */
export function symbolAhead(tokens: readonly Token[], at: number): string | undefined {
  const [before, bracket, colon, name, close] = tokens.slice(Math.max(0, at - 1), at + 4)
  const isBehind = before?.type === 'word' || before?.text === ']'
  const isIndex = bracket?.text === '[' && colon?.text === ':' && close?.text === ']'
  return isBehind && isIndex && name?.type === 'word' ? name.text : undefined
}

/** The name in `["name"]` or `{NAME}` that is part of what stands before it; undefined: it is a list or a block. */
export function indexAhead(
  tokens: readonly Token[],
  at: number,
  isAssigning: (text: string) => boolean,
): string | undefined {
  const [bracket, inside, close, behind] = tokens.slice(at, at + 4)
  if (inside === undefined || (inside.type !== 'string' && inside.type !== 'word')) return undefined
  const isList = bracket!.text === '['
  if (close?.text !== (isList ? ']' : '}')) return undefined
  if (isAssigning(behind?.text ?? ''))
    return isList && inside.type === 'word' ? undefined : inside.text
  if (!isList || inside.type !== 'string') return undefined
  const before = tokens[at - 1]
  return before?.type === 'sign' && !/^[\])]$/.test(before.text) ? undefined : inside.text
}

const COMPARES = /^(?:[=!]==?|=~|eq|ne|in|is)$/

/** Whether a string is compared with something rather than names it: `option == "agent-token"`. */
export function isCompared(tokens: readonly Token[], at: number): boolean {
  return COMPARES.test(tokens[at - 1]?.text ?? '') || COMPARES.test(tokens[at + 1]?.text ?? '')
}

/** The name of a token that stands right before a string, as `#define NAME "…"` and `set(ENV{NAME} "…")` have it. */
export function nameRightBefore(tokens: readonly Token[], at: number): string | undefined {
  const next = tokens[at + 1]
  // Labels of a block, or parts of one text.
  if (next?.text === '{' || next?.type === 'string' || tokens[at]!.text.startsWith('='))
    return undefined
  const before = tokens[at - 1]
  if (before?.type === 'word' || before?.type === 'string')
    return /token|secret/i.test(before.text) && isSpecific(before.text) ? before.text : undefined
  const [holder, open, name] = tokens.slice(Math.max(0, at - 4), at)
  const isHeld = /^[)}]$/.test(before?.text ?? '') && /^[({]$/.test(open?.text ?? '')
  return isHeld && /env$/i.test(holder!.text) && isSpecific(name!.text) ? name!.text : undefined
}
