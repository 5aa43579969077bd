// What a bare word becomes for a YAML reader, of version 1.1 or 1.2: PyYAML resolver.py, go-yaml resolve.go.

const WORD = /^(?:~|null|true|false|yes|no|on|off|y|n)$/i
const NUMBER =
  /^[-+]?(?:\.?[0-9][0-9_]*(?:\.[0-9_]*)?(?:e[-+]?[0-9]+)?|0x[0-9a-f_]+|0o[0-7_]+|0b[01_]+|\.inf)$|^\.nan$/i
const SEXAGESIMAL = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/
const DATE = /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:$|[Tt ])/

/** Whether a YAML reader takes the bare text for something other than a string. */
export function readsAsOtherType(text: string): boolean {
  return [WORD, NUMBER, SEXAGESIMAL, DATE].some((pattern) => pattern.test(text))
}

/** Numbers that PyYAML writes without quotes, because YAML 1.1 has them as strings, and that Go reads as numbers. */
export function isBareForPyYaml(text: string): boolean {
  return /^[-+]?(?:[0-9][0-9_]*e[0-9]+|0o[0-7_]+)$/i.test(text)
}
