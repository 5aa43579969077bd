import { expect, test } from '@jest/globals'
import { awaitPair, mapPair } from '../src/token-pair.js'

test('each token is changed, and an agent token that is not there stays away', () => {
  expect(mapPair({ server: 1, agent: 2 }, (one) => one * 10)).toEqual({ server: 10, agent: 20 })
  expect(Object.keys(mapPair({ server: 1 }, (one) => one * 10))).toEqual(['server'])
  expect(mapPair({ server: 1, agent: 0 }, (one) => one)).toEqual({ server: 1, agent: 0 })
})

test('both are waited for, and the first that fails is the failure', async () => {
  const later = (value: string) => new Promise<string>((done) => setImmediate(() => done(value)))
  expect(await awaitPair({ server: later('s'), agent: later('a') })).toEqual({
    server: 's',
    agent: 'a',
  })
  expect(Object.keys(await awaitPair({ server: later('s') }))).toEqual(['server'])
  const failing = { server: later('s'), agent: Promise.reject(new Error('no')) }
  await expect(awaitPair(failing)).rejects.toThrow('no')
})
