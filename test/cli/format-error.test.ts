import { describe, expect, test } from '@jest/globals'
import { formatTable } from '../../src/cli/answer.js'
import { ConfigError, StoreError } from '../../src/errors.js'
import { describeError, formatError } from '../../src/format-error.js'

const CANARY = 'canary8f3a'
/** As a message, or as a stack: what looks like a place of ours but is input. */
const frames = [
  'Error: x',
  `    at a (/dist/${CANARY}.cjs:1:2)`,
  `    at b (/k3s_vars/src/${CANARY}.ts:3:4)`,
].join('\n')

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

  test('is about the file that was worked on where it names none itself', () => {
    const hint = 'make room'
    const bare = new StoreError('K3SV_STORE_FULL', 'the disk is full', { hint })
    const keyed = new StoreError('K3SV_STORE_FULL', 'the disk is full', {
      location: { key: 'a' },
      hint,
    })
    const placed = new StoreError('K3SV_STORE_FULL', 'the disk is full', {
      location: { file: 'own.yml', line: 2 },
      hint,
    })
    const shown = [bare, keyed, placed].map((error) => formatError(error, 'all.yml')[0])
    expect(shown).toEqual([
      'k3s_vars: the disk is full [all.yml] (K3SV_STORE_FULL)',
      'k3s_vars: the disk is full [all.yml (a)] (K3SV_STORE_FULL)',
      'k3s_vars: the disk is full [own.yml:2] (K3SV_STORE_FULL)',
    ])
    expect(describeError(bare, '')).not.toHaveProperty('place')
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
  const foreign = Object.assign(
    new TypeError(`cannot read ${CANARY}\n    at x (/bin/${CANARY}.cjs:1:2)`),
    {
      code: 'ENOENT',
    },
  )

  test('shows its class and its code, and nothing of its message', () => {
    expect(describeError(foreign)).toMatchObject({ code: 'K3SV_FAULT', exitStatus: 1 })
    expect(formatError(foreign)[0]).toMatch(/^k3s_vars: internal error: TypeError ENOENT/)
    expect(formatError(foreign).join('\n')).not.toContain(CANARY)
  })

  test('is placed in our own file', () => {
    let thrown: unknown
    try {
      formatTable([[undefined as never]])
    } catch (error) {
      thrown = error
    }
    expect(formatError(thrown)[0]).toMatch(
      /: TypeError at src\/cli\/answer\.ts:\d+:\d+ \(K3SV_FAULT\)$/,
    )
  })

  test.each([
    ['a name made of input', Object.assign(new Error('x'), { name: CANARY })],
    ['a code made of input', Object.assign(new Error('x'), { code: CANARY })],
    ['a text', CANARY],
    ['a stack made of input', Object.assign(new Error('x'), { stack: CANARY })],
    ['frames made of input', Object.assign(new Error(''), { stack: frames })],
    ['a message that was changed to hold frames', Object.assign(new Error(frames), { name: 'X' })],
    ['frames in its message', new Error(frames)],
  ])('with %s shows none of it', (_case, thrown) => {
    expect(formatError(thrown).join('\n')).not.toContain(CANARY)
    expect(describeError(thrown).code).toBe('K3SV_FAULT')
  })
})
