// What a bare word is for PyYAML and so for Ansible: its resolver.py, which is YAML 1.1.

export const NULL = /^(?:~|null|Null|NULL|)$/
export const BOOL =
  /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/
export const INT =
  /^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/
export const FLOAT =
  /^(?:[-+]?(?:[0-9][0-9_]*)\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/
const DATE =
  /^(?:\d{4}-\d\d-\d\d|\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)$/

export type PlainType = 'string' | 'number' | 'boolean' | 'null' | 'date' | 'other'

/** The type of a bare word without a tag. `=`, `<<` and the signs of YAML itself are none of the usual ones. */
export function typeOfPlain(text: string): PlainType {
  if (NULL.test(text)) return 'null'
  if (BOOL.test(text)) return 'boolean'
  if (INT.test(text) || FLOAT.test(text)) return 'number'
  if (DATE.test(text)) return 'date'
  return /^(?:[=!&*]|<<)$/.test(text) ? 'other' : 'string'
}
