import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { hashOfCa } from '../../src/cluster/ca-hash.js'

const NOW = new Date('2026-11-25T12:00:00Z')

interface Row {
  readonly name: string
  readonly pem: string
  readonly hash?: string
  readonly error?: string
}

const { vectors } = JSON.parse(
  readFileSync(join(__dirname, '../vectors/k3s-ca-hash.json'), 'utf8'),
) as { vectors: Row[] }

describe('the hash of a CA as K3s has it', () => {
  test.each(vectors)('of $name', ({ pem, hash }) => {
    expect(hashOfCa(Buffer.from(pem, 'utf8'), NOW)).toBe(hash === '' ? undefined : hash)
  })
})
