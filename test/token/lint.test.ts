import { describe, expect, test } from '@jest/globals'
import fc from '../support/properties.js'
import type { K3sVarsError } from '../../src/errors.js'
import { ROLE_PROFILES } from '../../src/role/profiles.js'
import { K3S_IO } from '../../src/role/k3s-io.js'
import { LABLABS } from '../../src/role/lablabs.js'
import type { RoleProfile, TokenKind } from '../../src/role/profile.js'
import { Secret } from '../../src/secret.js'
import { inspectToken } from '../../src/token/inspect.js'
import {
  cutsAtColons,
  explainFinding,
  isHarmless,
  lintToken,
  refuseToken,
} from '../../src/token/lint.js'
import { RULES } from '../../src/token/rules.js'

const GOOD = 'vQ3xT7mZp9Lk2Ws8Rb5Ny4Hd6Jc1Gf0aUeXiOoEtBqA'

/** The 64 characters after which openssl breaks the line. */
const BASE64 = 'Zm9v+/Ba'.repeat(8)

function severitiesOf(text: string, kind: TokenKind = 'server'): Record<string, string> {
  const findings = lintToken(new Secret(text), { kind, role: K3S_IO })
  return Object.fromEntries(findings.map(({ rule, severity }) => [rule, severity]))
}

// Rule, severity, a text that it is about, and one that is nearly so.
const ERRORS: [string, 'error' | 'warn', string, string][] = [
  ['vault-text', 'error', `$ANSIBLE_VAULT;1.1;AES256${GOOD}`, `ANSIBLE_VAULT${GOOD}`],
  ['vault-text', 'error', `!vault |-${GOOD}`, `!vaults${GOOD}`],
  ['vault-text', 'error', ` $ANSIBLE_VAULT;1.1;AES256${GOOD}`, `x$ANSIBLE_VAULT;1.1;AES256${GOOD}`],
  ['bootstrap-shape', 'error', 'abcdef.0123456789abcdef', 'abcdef.0123456789abcdeF'],
  ['secure-prefix', 'error', `K10${GOOD}`, `k10${GOOD}`],
  ['wrapped-base64', 'error', `${BASE64}\n${'+/aA'.repeat(5)}aA==`, `${BASE64}\n-`],
  ['wrapped-base64', 'error', `${BASE64}\r\naA==\r\n`, `${BASE64}\r\n`],
  ['wrapped-base64', 'error', `${BASE64}\n${BASE64}\naA==`, `${BASE64}\n-${BASE64}\naA==`],
  ['wrapped-base64', 'error', `${BASE64}Zm9v+/BaZm9v\naA==`, `${BASE64}Zm9v\naA==`],
  ['wrapped-base64', 'error', `${BASE64}\naA`, `${BASE64}\naA==.`],
  ['line-break', 'error', `${GOOD}\n${GOOD}`, `${GOOD}\n`],
  ['line-break', 'error', `${BASE64}\n-`, `${BASE64}\naA==`],
  ['line-break', 'error', `-${BASE64}\naA==\n`, `${BASE64}\naA==\n`],
  ['line-break', 'error', `${GOOD}\u0085x`, `${GOOD}\u0084x`],
  ['line-break', 'error', `${GOOD}\u2028x`, `${GOOD}\u2027x`],
  ['line-break', 'error', `${GOOD}\r${GOOD}`, `${GOOD}r${GOOD}`],
  ['outer-space', 'error', `${GOOD} `, `${GOOD} x`],
  ['outer-space', 'error', `\t${GOOD}`, `x\t${GOOD}`],
  ['outer-space', 'error', `${GOOD}\u00a0`, `\ufeff${GOOD}`],
  ['outer-space', 'error', `\u0085${GOOD}`, `${GOOD}\u200b`],
  ['byte-order-mark', 'error', `\ufeff${GOOD}`, `${GOOD}\ufeff${GOOD}`],
  ['byte-order-mark', 'error', `${GOOD}\ufeff`, `${GOOD}\u200b`],
  ['control-character', 'error', `${GOOD}\u0007x`, `${GOOD} x`],
  ['control-character', 'error', `${GOOD}\u007fx`, `${GOOD}~x`],
  ['control-character', 'error', `${GOOD}\u009bx`, `${GOOD}\u00a1x`],
  ['yaml-type', 'error', '1234567890123456789', '1234567890123456789g'],
  ['yaml-type', 'error', '0x1234567890abcdef', '1x1234567890abcdef'],
  ['yaml-type', 'error', '2026-01-01 10:00:00', '2026-01-01x10:00:00'],
  ['yaml-type', 'error', '1234567890123:10:10', '1234567890123:10:60'],
  ['sample', 'error', 'defaultSecret12345', 'defaultSecret12346'],
  ['sample', 'error', 'my-shared-secret', 'my-shared-secreT'],
  ['sample', 'error', 'CHANGEME!CHANGEME!CHANGEME!', 'CHANGEME!CHANGEME!CHANGEMY!'],
  ['short', 'error', GOOD.slice(0, 15), GOOD.slice(0, 16)],
  ['weak', 'warn', 'aaaaaaaaaaaaaaaaaaaaaaaa', GOOD],
  ['weak', 'warn', '0a1b2c3d4e5f60718'.slice(0, 16), '0a1b2c3d4e5f6071829a'],
  ['one-class', 'warn', 'abcdefghijklmnop', 'abcdefghijklmnoP'],
  ['one-class', 'warn', 'abcdefaabbccddeeffa', 'abcdefaabbccddeeffac'],
  ['one-class', 'warn', 'aaaaaaaaaaaaaaaa', 'aaaaaaaaaaaaaaa1'],
  ['not-ascii', 'warn', `${GOOD}\u00e9`, `${GOOD}e`],
  ['jinja', 'warn', `${GOOD}{{x`, `${GOOD}{x`],
  ['jinja', 'warn', `${GOOD}{%x`, `${GOOD}%{x`],
  ['jinja', 'warn', `${GOOD}{#x`, `${GOOD}#{x`],
]

// One of each destination of the role: encodings.test.ts has them all.
const HARMFUL: [string, 'error' | 'warn', string, string][] = [
  ['to_nice_yaml/number', 'error', '12345678901234e5', '12345678901234f5'],
  ['systemd-environment-file/quotes', 'error', `'${GOOD}`, `x'${GOOD}`],
  ['systemd-environment-file/backslash', 'error', `${GOOD}\\x`, `${GOOD}/x`],
  ['openrc-sourced-file/expansion', 'warn', `${GOOD}$x`, `${GOOD}#x`],
  ['install-script/blanks', 'warn', `${GOOD}  x`, `${GOOD} x`],
  ['cut-at-colons/colon', 'warn', `${GOOD}:x`, `${GOOD};x`],
]

describe('each rule finds its text and lets a near miss pass', () => {
  test.each([...ERRORS, ...HARMFUL])('%s (%s): %j, not %j', (rule, severity, text, near) => {
    expect(severitiesOf(text)).toHaveProperty([rule], severity)
    expect(severitiesOf(near)).not.toHaveProperty([rule])
  })

  test('none is without a row', () => {
    const rows = new Set(ERRORS.map(([rule]) => rule))
    expect([...rows].sort()).toEqual(RULES.map(({ id }) => id).sort())
  })

  test('a good token has no finding', () => expect(severitiesOf(GOOD)).toEqual({}))

  test('a colon matters in the server token alone', () => {
    expect(severitiesOf(`${GOOD}:x`, 'agent')).toEqual({})
  })

  test('what breaks on servers matters in both tokens, whether agents have their own or not', () => {
    const secret = new Secret('12345678901234567e5')
    for (const kind of ['server', 'agent'] as const) {
      for (const isSeparate of [false, true]) {
        const found = lintToken(secret, { kind, role: K3S_IO, isSeparate })
        expect(found.map(({ rule }) => rule)).toContain('to_nice_yaml/number')
      }
    }
  })

  test('what breaks on agents alone is no matter of a server token that stays on servers', () => {
    const secret = new Secret(`'${GOOD}`)
    const rules = (kind: TokenKind, isSeparate: boolean): readonly string[] =>
      lintToken(secret, { kind, role: K3S_IO, isSeparate }).map(({ rule }) => rule)
    expect(rules('server', false)).toContain('systemd-environment-file/quotes')
    expect(rules('server', true)).not.toContain('systemd-environment-file/quotes')
    expect(rules('agent', true)).toContain('systemd-environment-file/quotes')
  })

  test('a file that servers and agents have alike is one finding, which says what the node sees', () => {
    const found = lintToken(new Secret(`${GOOD} #x`), { kind: 'server', role: LABLABS })
    expect(found.filter(({ rule }) => rule === 'yaml-unquoted/comment')).toEqual([
      {
        rule: 'yaml-unquoted/comment',
        severity: 'error',
        file: '/etc/rancher/rke2/config.yaml',
        message: expect.stringContaining('comment'),
        sees: 'the text up to there',
        hint: expect.any(String),
      },
    ])
  })

  test.each(['short', 'sample', 'wrapped-base64', 'control-character', 'yaml-type'])(
    'the hint of %s does not have a running cluster minted a new token',
    (id) => {
      const { hint } = RULES.find((rule) => rule.id === id)!
      expect(hint).toMatch(/new cluster.*minted/)
      expect(hint).toMatch(/running cluster|cluster does run/)
    },
  )

  test.each([
    ['systemd-environment-file/backslash', / \(systemd hosts\)$/],
    ['openrc-sourced-file/backslash', / \(OpenRC hosts\)$/],
    ['to_nice_yaml/number', /[^)]$/],
  ])('the reason of %s says on which hosts, where it is not all', (id, expected) => {
    const texts = [`${GOOD}\\x`, '12345678901234567e5']
    const found = texts.flatMap((text) =>
      lintToken(new Secret(text), { kind: 'server', role: K3S_IO }),
    )
    expect(found.find(({ rule }) => rule === id)!.message).toMatch(expected)
  })

  test('a finding explains itself, with what the node would see where that is known', () => {
    const finding = { rule: 'short', severity: 'error', message: 'why', hint: '' } as const
    expect(explainFinding(finding)).toBe('why')
    expect(explainFinding({ ...finding, sees: 'a part' })).toBe('why; the node would see a part')
  })

  test('a cluster that has a sample is told so once, with the command that ends it', () => {
    const purpose = { kind: 'server', role: K3S_IO, isInUse: true } as const
    const found = lintToken(new Secret('changeme!'), purpose)
    expect(found.map(({ rule, severity }) => [rule, severity])).toEqual([['sample', 'warn']])
    expect(found[0]!.hint).toContain('k3s-vars rotate')
  })

  test('errors come first', () => {
    const severities = Object.values(severitiesOf(`"${GOOD}é{{\\`))
    expect(severities).toEqual([...severities].sort())
    expect(new Set(severities).size).toBe(2)
  })
})

describe('refusing', () => {
  const refusal = (text: string): K3sVarsError | undefined => {
    try {
      refuseToken(lintToken(new Secret(text), { kind: 'server', role: K3S_IO }))
      return undefined
    } catch (error) {
      return error as K3sVarsError
    }
  }

  test.each([GOOD, `${GOOD}$x`, `${GOOD}:x`, 'abcdefghijklmnop'])('lets %j pass', (text) => {
    expect(refusal(text)).toBeUndefined()
  })

  test('names the rule and the file on the node', () => {
    const error = refusal(`${GOOD}\\x`)
    expect(error).toMatchObject({ code: 'K3SV_TOKEN_REFUSED' })
    expect(error!.message).toContain('systemd-environment-file/backslash')
    expect(error!.message).toContain('/etc/systemd/system/k3s-agent.service.env')
  })

  test('names no file where the rule holds everywhere, and says what to do', () => {
    expect(refusal(`K10${GOOD}`)).toMatchObject({
      message: expect.stringMatching(/^the token is refused by rule secure-prefix: it begins/),
      hint: expect.stringContaining('bring the whole K10 token'),
    })
  })

  const texts = [...ERRORS, ...HARMFUL].filter(([, severity]) => severity === 'error')

  test.each(texts)('by %s (%s) has a code and holds nothing of %j', (_, __, text) => {
    const error = refusal(text)!
    expect(error).toMatchObject({ code: 'K3SV_TOKEN_REFUSED' })
    const shown = `${error.message}${error.hint}${error.stack}${String(error.cause)}`
    // A sample of a rule may quote its own marker; the token as a whole never appears.
    expect(shown).not.toContain(text)
  })

  test.each([...ERRORS, ...HARMFUL])('by %s (%s): no report holds %j', (_, __, text) => {
    const purpose = { kind: 'server', role: K3S_IO } as const
    const inside = JSON.stringify(text).slice(1, -1)
    const findings = lintToken(new Secret(text), purpose)
    for (const whole of [text, `K10::server:${text}`, `K10broken${text}`]) {
      expect(JSON.stringify([findings, inspectToken(whole, purpose)])).not.toContain(inside)
    }
  })
})

describe('a token of letters and digits', () => {
  const characters = fc.constantFrom(...'0123456789eExXoOlLnNaAyYfFtTkK_-. ')
  const texts = fc.oneof(
    fc.string({ minLength: 14, maxLength: 60, unit: characters }),
    fc
      .tuple(
        fc.constantFrom('K10', 'k10', 'e', 'x', 'yes', 'NaN', 'Infinity', 'true'),
        fc.stringMatching(/^[0-9]{13,60}$/),
      )
      .map(([start, rest]) => start + rest),
    fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{15,60}$/),
  )

  test('is refused by no rule of any role once it is in use', () => {
    let harmless = 0
    fc.assert(
      fc.property(texts, (text) => {
        const secret = new Secret(text)
        if (!isHarmless(secret)) return
        harmless++
        for (const role of Object.values(ROLE_PROFILES))
          for (const kind of ['server', 'agent'] as const)
            for (const isSeparate of [false, true]) {
              const found = lintToken(secret, { kind, role, isSeparate, isInUse: true })
              expect(found.filter(({ severity }) => severity === 'error')).toEqual([])
            }
      }),
      { numRuns: 2000 },
    )
    expect(harmless).toBeGreaterThan(500)
  })

  test.each([
    [true, GOOD],
    [true, 'changemechangeme'],
    [false, `K10${GOOD}`],
    [false, 'short'],
    [false, `1${GOOD}`],
    [false, `${GOOD}-`],
    [false, `${GOOD}\n`],
  ])('is harmless: %s for %j', (expected, text) => {
    expect(isHarmless(new Secret(text))).toBe(expected)
  })
})

describe('with the CA in front', () => {
  const caHash = '0123456789abcdef'.repeat(4)
  const secure = (text: string, role: RoleProfile): string[] =>
    lintToken(new Secret(text), { kind: 'server', role, caHash }).map(({ rule }) => rule)

  test.each(Object.values(ROLE_PROFILES))('a minted token arrives with role $id', (role) => {
    expect(cutsAtColons(role)).toBe(false)
    expect(secure(GOOD, role)).toEqual([])
  })

  test('what is judged is what is handed out, but for the file that K3s writes itself', () => {
    const quoted = `'${GOOD}`
    const rules = lintToken(new Secret(quoted), { kind: 'agent', role: K3S_IO })
    expect(rules.map(({ rule }) => rule)).toContain('systemd-environment-file/quotes')
    expect(secure(quoted, K3S_IO)).not.toContain('systemd-environment-file/quotes')
    expect(secure(`~${GOOD}`, K3S_IO)).toContain('openrc-sourced-file/tilde')
    expect(secure(`a:${GOOD}`, K3S_IO)).toContain('cut-at-colons/colon')
  })
})
