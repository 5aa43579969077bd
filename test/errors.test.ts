import { expect, test } from '@jest/globals'
import {
  ERROR_AREAS,
  ERROR_CODES,
  EXIT_STATUS,
  ClusterError,
  ConfigError,
  StoreError,
  TokenError,
  UsageError,
  VaultError,
} from '../src/errors.js'

const hint = 'do something'

test.each([
  ['usage', 2, new UsageError('K3SV_USAGE', 'x', { hint })],
  ['config', 3, new ConfigError('K3SV_CONFIG_SYNTAX', 'x', { hint })],
  ['token', 4, new TokenError('K3SV_TOKEN_EMPTY', 'x', { hint })],
  ['store', 5, new StoreError('K3SV_STORE_FULL', 'x', { hint })],
  ['vault', 6, new VaultError('K3SV_VAULT_ID', 'x', { hint })],
  ['cluster', 7, new ClusterError('K3SV_CLUSTER_ALIVE', 'x', { hint })],
])('an error about %s ends with %d', (area, status, error) => {
  expect([error.area, error.exitStatus]).toEqual([area, status])
})

test('no code belongs to two areas, and each area has a status of its own', () => {
  const codes = ERROR_AREAS.flatMap((area) => Object.keys(ERROR_CODES[area]))
  expect(new Set(codes).size).toBe(codes.length)
  expect(new Set(Object.values(EXIT_STATUS)).size).toBe(Object.keys(EXIT_STATUS).length)
})

test('the class decides which codes there are', () => {
  // @ts-expect-error -- a code of the store's
  new VaultError('K3SV_STORE_FULL', 'x', { hint })
  // @ts-expect-error -- no code at all
  new VaultError('K3SV_VAULT', 'x', { hint })
  expect.assertions(0)
})
