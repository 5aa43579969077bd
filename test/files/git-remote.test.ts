// That a signal ends Git with us is tried in test/scenarios/interrupts.test.ts, but for the moment in which Git starts.
import childProcess from 'node:child_process'
import { afterEach, expect, jest, test } from '@jest/globals'
import { askRemote } from '../../src/files/git-remote.js'
import { environmentIn } from '../support/environment.js'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

const listeners = (): number[] => SIGNALS.map((signal) => process.listenerCount(signal))

afterEach(() => {
  jest.restoreAllMocks()
})

test('signals are listened for before Git starts, and no longer once it has ended', async () => {
  const before = listeners()
  const { spawn } = childProcess
  let meanwhile: number[] = []
  const start = (...args: unknown[]): unknown => {
    meanwhile = listeners()
    return Reflect.apply(spawn, undefined, args)
  }
  jest.spyOn(childProcess, 'spawn').mockImplementation(start as typeof spawn)
  const environment = environmentIn('/', { PATH: process.env['PATH']! })
  const question = { folder: '/', args: ['--version'], environment, patience: 60_000 }
  expect(await askRemote(question)).toMatchObject({ status: 0, failure: undefined })
  expect(meanwhile).toEqual(before.map((count) => count + 1))
  expect(listeners()).toEqual(before)
})
