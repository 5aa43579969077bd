// Our scalars against PyYAML's, and our host ranges against Ansible's own.
import { spawnSync } from 'node:child_process'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { readHostPattern } from '../../src/config/host-pattern.js'
import { expandHosts } from '../../src/config/host-range.js'
import { readYaml } from '../../src/yaml/read.js'
import { describeEachAnsible } from '../support/each-ansible.js'

const SCALARS =
  `~ null Null NULL nUll true True TRUE tRue yes Yes YES yEs on On ON off Off OFF no No NO y n
0 -0 +0 00 07 08 0644 0o644 -017 +12 1_000 1_ 0_ 0x1F 0xfg -0x_1 0b101 0b12 0b_1 1:30 -1:30 1:60 1:59:59 0:30 01:30
1. 1.5 .5 -.5 +.5 1e5 1.e5 1.0e5 1.0e+5 1.0e-5 1_0.5_0 1:30.5 0:30.5 1.2.3 v1.2 .inf -.inf +.inf .Inf .NaN .nan -.nan
1.30 10.0.0.1 inf nan NaN 0x 0b - -- a:b <a`.split(/\s+/)

const PATTERNS =
  `h h[1:3] h[01:10] h[01:10:3] h[a:e] h[a:e:2] h[A:C] h[x:C] h[:3] h[0:0] h[1:2]x[a:b] h[1:2][01:02]
h[00:5] h[1:] h[1] h[1:2:3:4] h[a:1] h[1:a] h[1:2:0] h[a:c:0] h[ h] h[1:2 h]1[1:2] h|1[1:2] h[1:2]| h[1:2]] h[1:2]b][1:2]
h[9:11] h[08:12] h[c:a] h[1:2:x] h[é:z] h[[1:2]] h[1:[2]]`.split(/\s+/)

const NAMES =
  `n1:2222 n1:0 n1:65535 n1:65536 n1:99999999999 n1: :22 n1:22:33 a:b x: [n1]:22 [n1:5]:22 [::1]:22 [::1] ::1 :: ::1:22 fe80::1%eth0
2001:db8::[1:9] [2001:db8::[1:9]]:22 2001:db8::[a:f] 2001:db8::[0a:1f] 1:2:3:4:5:6:7:8 1:2:3:4:5:6:7 1:2:3:4:5:6:7:8:9 1::2::3
::ffff:10.0.0.1 ::10.0.0.1 0:0:0:0:0:ffff:10.0.0.1 10.0.0.1:22 10.0.0.[1:3]:22 h[1:3]:22 h[a:c]x[1:2]:022 -n:22 n-:22 _n:22 n_:22
n.:22 .n:22 n..m:22 n/m:22 n@m:22 n1:2x é1:22 ß:22 n|m:22 [h[1:2]]:22 [[1:2]]:22 []:22 h[9:1] h[9:1]:22 10.0.0.256:22 N1:22`.split(
    /\s+/,
  )

const JSON_OUT = `
def plain(v):
    if isinstance(v, float) and (v != v or v in (float('inf'), float('-inf'))): return str(v)
    return v
def attempt(f, x):
    try: return [plain(f(x))]
    except Exception: return None
texts = json.load(sys.stdin)
`
const PYYAML = `import json, sys, yaml\n${JSON_OUT}
print(json.dumps([attempt(yaml.safe_load, t) for t in texts], default=str))`
const RANGES = `import json, sys\nfrom ansible.plugins.inventory import expand_hostname_range, detect_range\n${JSON_OUT}
print(json.dumps([attempt(lambda t: expand_hostname_range(t) if detect_range(t) else [t], t) for t in texts]))`

const HOST_NAMES = `import json, sys\nfrom ansible.plugins.inventory import BaseInventoryPlugin\n${JSON_OUT}
print(json.dumps([attempt(lambda t: BaseInventoryPlugin._expand_hostpattern(BaseInventoryPlugin, t), t) for t in texts]))`

/** One answer for each text: a list of one value, or null where Python refuses it. */
function ask<T>(python: string, program: string, texts: readonly string[]): ([T] | null)[] {
  const { stdout, stderr } = spawnSync(python, ['-c', program], {
    input: JSON.stringify(texts),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout) as ([T] | null)[]
}

function plain(value: unknown): unknown {
  if (typeof value !== 'number' || Number.isFinite(value)) return value === 0 ? 0 : value
  return String(value).replace('Infinity', 'inf').replace('NaN', 'nan')
}

const scalar = fc.string({
  unit: fc.constantFrom(...'0123456789_+-.:exobXEinfa'.split('')),
  minLength: 1,
  maxLength: 9,
})
const bound = fc.oneof(
  fc.nat(12).map(String),
  fc.nat(12).map((n) => String(n).padStart(2, '0')),
  fc.constantFrom('', 'a', 'c', 'Z', 'B', '-1', '+1', 'ab'),
)
const range = fc
  .tuple(bound, bound, fc.constantFrom('', ':1', ':2', ':0', ':-1', ':'))
  .map(([begin, end, step]) => `[${begin}:${end}${step}]`)
const pattern = fc
  .array(fc.oneof(range, fc.constantFrom('h', '-', '.x', ']', '|', '[')), { maxLength: 4 })
  .map((parts) => parts.join(''))
  .filter((text) => text !== '')

const piece = fc.oneof(
  fc.constantFrom(
    'n',
    'h-1',
    '10.0.0.',
    '2001:db8::',
    '::',
    ':',
    '.',
    '_',
    'ffff',
    '0',
    'é',
    '[',
    ']',
  ),
  range,
)
const named = fc
  .tuple(
    fc.array(piece, { minLength: 1, maxLength: 3 }),
    fc.constantFrom('', '', ':22', ':0', ':x'),
    fc.boolean(),
  )
  .map(([parts, port, isBracketed]) =>
    isBracketed ? `[${parts.join('')}]${port}` : `${parts.join('')}${port}`,
  )

/** What Ansible takes for a name or a port, and no machine can have. */
const NO_MACHINE = /colon|port that is none|brackets|no host/

/** What Ansible accepts and we refuse: signs, letters in a row, an empty step, and ranges that hold no host. */
const STRICTER = /\[[^\]]*(?:[-+]|[a-z]{2})[^\]]*\]/

describeEachAnsible(({ python }) => {
  test('scalars are what the SafeLoader of PyYAML reads', () => {
    const texts = [...SCALARS, ...fc.sample(scalar, { numRuns: 3000, seed: 1 })]
    const answers = ask(python, PYYAML, texts)
    const differing = texts.filter((text, index) => {
      const answer = answers[index]
      if (!answer) return false
      // Our JSON carries a date as its text.
      return JSON.stringify(plain(readYaml(text).value)) !== JSON.stringify(plain(answer[0]))
    })
    expect(differing).toEqual([])
    expect(answers.filter(Boolean).length).toBeGreaterThan(2000)
  })

  test('host ranges are what Ansible expands, and what it refuses is refused', () => {
    const texts = [...PATTERNS, ...fc.sample(pattern, { numRuns: 3000, seed: 2 })]
    const answers = ask<string[]>(python, RANGES, texts)
    const differing = texts.filter((text, index) => {
      const theirs = answers[index]?.[0] ?? null
      const ours = expandHosts(text)
      if (ours === null && theirs !== null) return theirs.length > 0 && !STRICTER.test(text)
      return JSON.stringify(ours) !== JSON.stringify(theirs)
    })
    expect(differing).toEqual([])
    expect(texts.filter((text) => (expandHosts(text)?.length ?? 0) > 1).length).toBeGreaterThan(100)
  })

  test('hosts and ports are what an inventory of Ansible reads, or are refused by name', () => {
    const texts = [...NAMES, ...fc.sample(named, { numRuns: 5000, seed: 3 })]
    const answers = ask<[string[], number | null]>(python, HOST_NAMES, texts)
    const differing = texts.filter((text, index) => {
      const theirs = answers[index]?.[0]
      const ours = readHostPattern(text)
      if ('fault' in ours) {
        return theirs !== undefined && !NO_MACHINE.test(ours.fault) && !STRICTER.test(text)
      }
      return JSON.stringify([ours.names, ours.port ?? null]) !== JSON.stringify(theirs)
    })
    expect(differing).toEqual([])
    const read = texts.map(readHostPattern)
    expect(read.filter((one) => 'port' in one).length).toBeGreaterThan(100)
    const isIpv6 = ({ names }: { readonly names: readonly string[] }): boolean =>
      names[0]!.includes('::')
    expect(read.filter((one) => 'names' in one && isIpv6(one)).length).toBeGreaterThan(50)
  })
})
