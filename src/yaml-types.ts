// What a bare word is for the two readers of YAML that a token meets: PyYAML and so Ansible (resolver.py, YAML 1.1), and
// go-yaml and so K3s (resolve.go, which takes both 1.1 and 1.2). Pure, and the one home of these tables.

export type PlainType = 'string' | 'number' | 'boolean' | 'null' | 'date' | 'other'

const NULL_WORDS = new Set(['~', 'null', 'Null', 'NULL', ''])
const TRUE_WORDS = new Set(['yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'])
const FALSE_WORDS = new Set(['no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'])
const INTEGER =
  /^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/
const FLOAT =
  /^(?:[-+]?(?:[0-9][0-9_]*)\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/
const DATE =
  /^(?:\d{4}-\d\d-\d\d|\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)$/

// go-yaml drops every underscore of a word that begins with a sign or a digit, then tries strconv's prefixes and a wider float.
const GO_NUMBER =
  /^[-+]?(?:0x[0-9a-f]+|0b[01]+|0o[0-7]+|(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:e[-+]?[0-9]+)?)$/i
/** It hands what follows `0b` to strconv by itself, a sign included. */
const GO_SIGNED_BINARY = /^0b[-+][01]+$/
/** A leading point keeps its underscores, and strconv allows them between digits. */
const GO_FRACTION = /^\.[0-9]+(?:_[0-9]+)*(?:e[-+]?[0-9]+(?:_[0-9]+)*)?$/i
/** Words of go-yaml beside those of both: floats, and the merge key. */
const GO_WORD = /^(?:<<|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/

// Wider than either reader: what any reader of any version may take for something else.
const ANY_WORD = /^(?:~|null|true|false|yes|no|on|off|y|n)$/i
const ANY_SEXAGESIMAL = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/
const ANY_DATE = /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:$|[Tt ])/

/** Whether PyYAML reads nothing. */
export function isNull(text: string): boolean {
  return NULL_WORDS.has(text)
}

/** Whether PyYAML reads true. */
export function isTrue(text: string): boolean {
  return TRUE_WORDS.has(text)
}

/** Whether PyYAML reads a truth value. */
export function isBoolean(text: string): boolean {
  return isTrue(text) || FALSE_WORDS.has(text)
}

// The engine compiles a pattern when it is first tried. What these look at beforehand spares that at nearly every start: most
// words are no numbers, most that look like one are IPv4 addresses, and most numbers have a digit.

/** Whether PyYAML reads an integer. */
export function isInteger(text: string): boolean {
  if (!mayBeNumber(text) || text.includes('.')) return false
  return (text.length === 1 && text >= '0') || INTEGER.test(text)
}

/** Whether PyYAML reads a float. */
export function isFloat(text: string): boolean {
  const point = text.indexOf('.')
  if (point === -1 || text.includes('.', point + 1)) return false
  return mayBeNumber(text) && FLOAT.test(text)
}

function mayBeNumber(text: string): boolean {
  return text !== '' && '+-.0123456789'.includes(text[0]!)
}

/** PyYAML's type of a bare word without a tag. `=`, `<<` and the signs of YAML itself are none of the usual ones. */
export function typeOfPlain(text: string): PlainType {
  if (isNull(text)) return 'null'
  if (isBoolean(text)) return 'boolean'
  if (isInteger(text) || isFloat(text)) return 'number'
  if (DATE.test(text)) return 'date'
  return /^(?:[=!&*]|<<)$/.test(text) ? 'other' : 'string'
}

/** What go-yaml takes for a number. */
export function isGoNumber(text: string): boolean {
  if (!/^[-+0-9]/.test(text)) return GO_FRACTION.test(text)
  const bare = text.replaceAll('_', '')
  return GO_NUMBER.test(bare) || GO_SIGNED_BINARY.test(bare)
}

/** Words that mean something other than themselves: truth values, nothing, infinity. */
export function isYamlWord(text: string): boolean {
  return ANY_WORD.test(text) || GO_WORD.test(text)
}

/** Numbers that PyYAML writes without quotes, because YAML 1.1 has them as strings, and that Go reads as numbers. */
export function isBareForPyYaml(text: string): boolean {
  return isGoNumber(text) && !isInteger(text) && !isFloat(text)
}

/** Whether some reader of YAML takes the bare text for something other than a string. */
export function readsAsOtherType(text: string): boolean {
  return (
    isGoNumber(text) ||
    isInteger(text) ||
    isFloat(text) ||
    [ANY_WORD, ANY_SEXAGESIMAL, ANY_DATE].some((pattern) => pattern.test(text))
  )
}
