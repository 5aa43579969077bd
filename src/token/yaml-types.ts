// What a bare word becomes for a YAML reader, of version 1.1 or 1.2: PyYAML resolver.py, go-yaml resolve.go.

const WORD = /^(?:~|null|true|false|yes|no|on|off|y|n)$/i
/** Words of go-yaml beside those: floats, and the merge key. */
const GO_WORD = /^(?:<<|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/
// PyYAML's own idea of a number, of YAML 1.1: what it finds here it quotes when it writes a string.
const PYYAML_NUMBER =
  /^[-+]?(?:0b[01_]+|0[0-7_]+|0|[1-9][0-9_]*|0x[0-9a-fA-F_]+|\.(?:inf|Inf|INF))$|^\.(?:nan|NaN|NAN)$/
const PYYAML_FLOAT = /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*|\.[0-9][0-9_]*)(?:[eE][-+][0-9]+)?$/
// go-yaml drops every underscore of a word that begins with a sign or a digit, then tries strconv's prefixes and a wider float.
const GO_NUMBER =
  /^[-+]?(?:0x[0-9a-f]+|0b[01]+|0o[0-7]+|(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:e[-+]?[0-9]+)?)$/i
/** It hands what follows `0b` to strconv by itself, a sign included. */
const GO_SIGNED_BINARY = /^0b[-+][01]+$/
/** A leading point keeps its underscores, and strconv allows them between digits. */
const GO_FRACTION = /^\.[0-9]+(?:_[0-9]+)*(?:e[-+]?[0-9]+(?:_[0-9]+)*)?$/i
const SEXAGESIMAL = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/
const DATE = /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:$|[Tt ])/

/** Whether a YAML reader takes the bare text for something other than a string. */
export function readsAsOtherType(text: string): boolean {
  return (
    isGoNumber(text) ||
    isPyYamlNumber(text) ||
    [WORD, SEXAGESIMAL, DATE].some((pattern) => pattern.test(text))
  )
}

/** Numbers that PyYAML writes without quotes, because YAML 1.1 has them as strings, and that Go reads as numbers. */
export function isBareForPyYaml(text: string): boolean {
  return isGoNumber(text) && !isPyYamlNumber(text)
}

/** Words that mean something other than themselves: truth values, nothing, infinity. */
export function isYamlWord(text: string): boolean {
  return WORD.test(text) || GO_WORD.test(text)
}

/** What go-yaml, which K3s reads with, takes for a number. */
export function isGoNumber(text: string): boolean {
  if (!/^[-+0-9]/.test(text)) return GO_FRACTION.test(text)
  const bare = text.replaceAll('_', '')
  return GO_NUMBER.test(bare) || GO_SIGNED_BINARY.test(bare)
}

function isPyYamlNumber(text: string): boolean {
  return PYYAML_NUMBER.test(text) || PYYAML_FLOAT.test(text)
}
