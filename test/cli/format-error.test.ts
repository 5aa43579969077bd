import { describe, expect, test } from '@jest/globals'
import { formatTable } from '../../src/cli/answer.js'
import { ConfigError, StoreError } from '../../src/errors.js'
import { describeError, formatError } from '../../src/format-error.js'

const CANARY = 'canary8f3a'

describe('an error of ours', () => {
  test('is one line with place and code, and its hint', () => {
    const error = new ConfigError('K3SV_CONFIG_UNKNOWN_KEY', 'there is no option of this name', {
      location: { file: 'k3s_vars.yml', line: 4, column: 5, key: 'clusters.prod.rolle' },
      hint: 'did you mean role?',
    })
    expect(formatError(error)).toEqual([
      'k3s_vars: there is no option of this name [k3s_vars.yml:4:5 (clusters.prod.rolle)] (K3SV_CONFIG_UNKNOWN_KEY)',
      'hint: did you mean role?',
    ])
  })

  test('is one line without control characters, whatever a path holds', () => {
    const place = { file: 'a\nb\u001b[31m\u2028.yml' }
    const error = new StoreError('K3SV_STORE_FULL', 'the disk is full', {
      location: place,
      hint: 'make\nroom',
    })
    expect(formatError(error)).toEqual([
      'k3s_vars: the disk is full [a\\x0ab\\x1b[31m\\u2028.yml] (K3SV_STORE_FULL)',
      'hint: make\\x0aroom',
    ])
  })

  test('leaves out a place that it does not have', () => {
    const error = new StoreError('K3SV_STORE_FULL', 'the disk is full', { hint: 'make room' })
    expect(formatError(error)).toEqual([
      'k3s_vars: the disk is full (K3SV_STORE_FULL)',
      'hint: make room',
    ])
  })
})

describe('an error of somebody else', () => {
  const fault = Object.assign(
    new TypeError(`cannot read ${CANARY}\n    at x (/bin/${CANARY}.cjs:1:2)`),
    {
      code: 'ENOENT',
    },
  )

  test('shows its class and its code, and nothing of its message', () => {
    expect(describeError(fault)).toMatchObject({ code: 'K3SV_FAULT', exitStatus: 1 })
    expect(formatError(fault)[0]).toMatch(/^k3s_vars: an unexpected fault: TypeError ENOENT/)
    expect(formatError(fault).join('\n')).not.toContain(CANARY)
  })

  test('is placed in our own file', () => {
    let thrown: unknown
    try {
      formatTable([[undefined as never]])
    } catch (error) {
      thrown = error
    }
    expect(formatError(thrown)[0]).toMatch(/: TypeError at answer\.ts:\d+:\d+ \(K3SV_FAULT\)$/)
  })

  test.each([
    ['a name made of input', Object.assign(new Error('x'), { name: CANARY })],
    ['a code made of input', Object.assign(new Error('x'), { code: CANARY })],
    ['a text', CANARY],
    ['a stack made of input', Object.assign(new Error('x'), { stack: CANARY })],
  ])('with %s shows none of it', (_case, thrown) => {
    expect(formatError(thrown).join('\n')).not.toContain(CANARY)
    expect(describeError(thrown).code).toBe('K3SV_FAULT')
  })
})
