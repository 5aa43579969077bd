// What stands ahead of a token, where one alone does not tell what it is.
import type { Token } from './lexer.js'

/** The next token that is neither a line end nor a comment. */
export function nextToken(tokens: readonly Token[], at: number): Token | undefined {
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
