import { describe, expect, test } from '@jest/globals'
import { inspectText } from '../../src/scan/inspect-text.js'
import { CLEAN, PLANTED } from './trees.js'

function found(path: string, text: string): string[] {
  return inspectText(path, text).hits.map(({ rule, line }) => `${rule}:${line}`)
}

describe('every planted secret is found where it stands', () => {
  test.each(PLANTED.filter(([path]) => path !== 'group_vars/vault.yml'))(
    '%s',
    (path, text, expected) => {
      expect(found(path, text)).toEqual(expected)
    },
  )
})

describe('nothing is found in what only looks like a secret', () => {
  test.each(Object.entries(CLEAN))('%s', (path, text) => {
    expect(found(path, text)).toEqual([])
  })
})
