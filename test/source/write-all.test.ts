import { expect, test } from '@jest/globals'
import { writeAll } from '../../src/source/write-all.js'

test('a document that the pipe takes in pieces arrives whole', () => {
  const pieces: Buffer[] = []
  let calls = 0
  writeAll('täglich '.repeat(1000), (bytes) => {
    if (++calls % 3 === 0) throw Object.assign(new Error('full'), { code: 'EAGAIN' })
    const piece = Buffer.from(bytes.subarray(0, 7))
    pieces.push(piece)
    return piece.length
  })
  expect(Buffer.concat(pieces).toString()).toBe('täglich '.repeat(1000))
})

test('a reader that is gone is an error', () => {
  const write = (): number => {
    throw Object.assign(new Error('gone'), { code: 'EPIPE' })
  }
  expect(() => writeAll('x', write)).toThrow(expect.objectContaining({ code: 'EPIPE' }))
})
