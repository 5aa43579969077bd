// One entry of `hosts` as Ansible's YAML inventories read it: parse_address of parsing/utils/addresses.py and _expand_hostpattern
// of plugins/inventory/__init__.py (ansible-core 2.15 to 2.21). What Ansible takes for a name and no machine can have is refused.
import { expandHosts, LETTERS, MOST_HOSTS } from './host-range.js'

/** The hosts of a pattern, and the port that is written behind them. */
export interface HostPattern {
  readonly names: readonly string[]
  readonly port?: number
}

/** Why a pattern is refused, to follow "the host pattern"; nothing of the pattern is in it. */
export interface PatternFault {
  readonly fault: string
}

/** Characters of a pattern; DNS has names of 253. */
const LONGEST = 1000

/** A name or an IPv4 address, which nearly every entry is: for those no other pattern has to be compiled. */
const BARE_NAME = /^[\w.-]+$/

/**
 * Control characters, invisible ones and those that turn the direction of writing, told by what they are not: making a set of
 * Unicode's classes takes longer than all the rest.
 */
const NO_NAME = /[^ -~\u00a0-\u200a\u2010-\u2027\u202f-\u205f\u2070-\ufefe\uff00-\uffff]/

export function readHostPattern(pattern: string): HostPattern | PatternFault {
  if (pattern === '') return { fault: 'is empty' }
  if (pattern.length > LONGEST) return { fault: `has more than ${LONGEST} characters` }
  if (BARE_NAME.test(pattern)) return { names: [pattern] }
  if (/\s/.test(pattern)) return { fault: 'has a blank in it, where Ansible would end the name' }
  if (pattern.includes(',')) {
    return { fault: 'has a comma in it, with which Ansible divides names: write each for itself' }
  }
  if (NO_NAME.test(pattern)) return { fault: 'has a control character in it' }
  const { host, port } = splitPort(pattern)
  if (port !== undefined && (port < 1 || port > 65_535)) {
    return { fault: 'has a port that is none: they go from 1 to 65535' }
  }
  const bare = host.replace(/\[[^[\]]*\]/g, '')
  if (bare.includes(':') && !isIpv6(host)) {
    return { fault: 'has a colon in it, which neither stands before a port nor in an IPv6 address' }
  }
  const names = expandHosts(host)
  if (names === null) return { fault: faultOfRange(host) }
  return { names, ...(port !== undefined && { port }) }
}

const BRACKETED_PORT = /^\[(.+)\]:([0-9]+)$/
const PORT = /^((?:[^:[\]]|\[[^\]]*\])*):([0-9]+)$/

/** The port counts only behind what is an address or a name; Ansible tries both spellings, one after the other. */
function splitPort(pattern: string): { readonly host: string; readonly port?: number } {
  let host = pattern
  let port: number | undefined
  for (const spelling of [BRACKETED_PORT, PORT]) {
    const match = spelling.exec(host)
    if (match === null) continue
    host = match[1]!
    port = Number(match[2])
  }
  if (port === undefined) return { host: pattern }
  return isIpv6(host) || isHostname(host) ? { host, port } : { host: pattern }
}

const RANGE = String.raw`\[(?:[a-z]:[a-z]|[0-9]+:[0-9]+)(?::[0-9]+)?\]`
const HEX_RANGE = String.raw`\[[0-9a-f]+:[0-9a-f]+(?::[0-9]+)?\]`

let hostname: RegExp | undefined

function isHostname(text: string): boolean {
  const word = String.raw`\p{L}\p{N}_`
  const label = `(?:[${word}]|${RANGE})(?:[${word}-]|${RANGE})*(?<![_-])`
  hostname ??= new RegExp(`^${label}(?:\\.${label})*$`, 'iu')
  return hostname.test(text)
}

let ipv6: RegExp | undefined

/** Eight parts, some of them left out, each perhaps a range; at the end perhaps an IPv4 address. */
function isIpv6(text: string): boolean {
  const part = `(?:[0-9a-f]{1,4}|${HEX_RANGE})`
  const dotted = `(?:${part}\\.){3}${part}`
  ipv6 ??= new RegExp(
    `^(?:${[
      `(?:${part}:){7}${part}`,
      `(?:${part}:){1,6}:`,
      ...[6, 5, 4, 3, 2, 1].map(
        (most, index) => `(?:${part}:){${index + 1}}(?::${part}){1,${most}}`,
      ),
      `:(?::${part}){1,6}`,
      `${part}?::`,
      `(?:0:){6}${dotted}`,
      `::(?:ffff:)?${dotted}`,
      `(?:0:){5}ffff:${dotted}`,
    ].join('|')})$`,
    'i',
  )
  return ipv6.test(text)
}

function faultOfRange(pattern: string): string {
  for (const [, begin, end] of pattern.matchAll(/\[(\d+|[A-Za-z]):(\d+|[A-Za-z])[:\]]/g)) {
    if (isReversed(begin!, end!)) {
      return 'has a range that ends before it begins, in which Ansible sees no host'
    }
  }
  if (/^\[[0-9a-f:.]*\]$/i.test(pattern)) {
    return 'has brackets around an address and no port behind them: write it without'
  }
  const isTooMuch = /\[(?:\d*:\d+|[a-z]:[a-z])(?::[1-9]\d*)?\]/i.test(pattern)
  return isTooMuch
    ? `stands for more than ${MOST_HOSTS} hosts, or has bounds of two widths`
    : 'has brackets that hold no range: ranges look like web[01:10], db[a:f] or node[1:9:2]'
}

function isReversed(begin: string, end: string): boolean {
  const isNumber = /^\d+$/
  if (isNumber.test(begin) && isNumber.test(end)) return Number(end) < Number(begin)
  return LETTERS.includes(begin) && LETTERS.indexOf(end) < LETTERS.indexOf(begin)
}
