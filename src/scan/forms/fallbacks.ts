// What an expression falls back to: `${K3S_TOKEN:-value}`, `{{ k3s_token | default('value') }}`. The patterns are bounded in all
// that they repeat.

const WITHIN =
  /\$\{(?!(?:env|var|vars|config|secrets?|ssm|file|self|opt|cf|sys|localEnv|containerEnv|input|command|param|output|inputs|vault):)[^{}\s]{1,100}?(?::?[-=]|:(?![?+]))(?<value>[^{}]{0,1100})\}/g
const DEFAULT =
  /(?:\bdefault(?:_value)?|\bd|\belse|\bor|\?:|\?\?|\|\|)[ \t]{0,8}[(=]?[ \t]{0,8}(?:value[ \t]?=[ \t]?)?(?<quote>["'])(?<value>[^"'\n]{1,1100})\k<quote>/g
const MAKE = /^\$\(or [^,()]{0,100}(?:\([^()]{0,100}\))?,(?<value>[^()]{1,1100})\)$/g

/** The literal values that a reference falls back to, each with its place in the text. */
export function fallbacksIn(text: string): { readonly text: string; readonly at: number }[] {
  if (text.length > LONGEST) return []
  return [WITHIN, DEFAULT, MAKE].flatMap((pattern) =>
    [...text.matchAll(pattern)].filter(isOfWhole).map((match) => {
      const value = match.groups!['value']!
      const at = match.index + match[0].lastIndexOf(value)
      const inner = value.replace(/^[\\"']+|[\\"']+$/g, '')
      return { text: inner, at: at + value.indexOf(inner) }
    }),
  )
}

/** Whether what a match falls back to is that of the whole expression and not of an index in it: `groups[name | default('x')]`. */
function isOfWhole({ input, index }: RegExpExecArray): boolean {
  let depth = 0
  for (let at = 0; at < index; at++) {
    if (input[at] === '[') depth++
    else if (input[at] === ']') depth--
  }
  return depth <= 0
}

/** No expression that people write is longer. */
const LONGEST = 4000
