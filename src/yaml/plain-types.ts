// What a bare word is for PyYAML and so for Ansible: its resolver.py, which is YAML 1.1.

const NULL_WORDS = new Set(['~', 'null', 'Null', 'NULL', ''])
const TRUE_WORDS = new Set(['yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'])
const FALSE_WORDS = new Set(['no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'])
const INTEGER =
  /^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/
const FLOAT =
  /^(?:[-+]?(?:[0-9][0-9_]*)\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/
const DATE =
  /^(?:\d{4}-\d\d-\d\d|\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)$/

export type PlainType = 'string' | 'number' | 'boolean' | 'null' | 'date' | 'other'

export function isNull(text: string): boolean {
  return NULL_WORDS.has(text)
}

export function isTrue(text: string): boolean {
  return TRUE_WORDS.has(text)
}

export function isBoolean(text: string): boolean {
  return isTrue(text) || FALSE_WORDS.has(text)
}

export function isInteger(text: string): boolean {
  return mayBeNumber(text) && INTEGER.test(text)
}

export function isFloat(text: string): boolean {
  return mayBeNumber(text) && FLOAT.test(text)
}

/** Most words are none, and the engine compiles a pattern when it is first tried: this spares it at every start. */
function mayBeNumber(text: string): boolean {
  return text !== '' && '+-.0123456789'.includes(text[0]!)
}

/** The type of a bare word without a tag. `=`, `<<` and the signs of YAML itself are none of the usual ones. */
export function typeOfPlain(text: string): PlainType {
  if (isNull(text)) return 'null'
  if (isBoolean(text)) return 'boolean'
  if (isInteger(text) || isFloat(text)) return 'number'
  if (DATE.test(text)) return 'date'
  return /^(?:[=!&*]|<<)$/.test(text) ? 'other' : 'string'
}
