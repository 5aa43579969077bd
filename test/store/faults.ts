// Faults as wrappers over the port, for stores of every kind: nothing of this is in a kind itself.
import { setTimeout as sleep } from 'node:timers/promises'
import { StoreError } from '../../src/errors.js'
import type { CodeOf } from '../../src/errors.js'
import type { TokenStore, WriteOutcome } from '../../src/store/store.js'

const lost = (): StoreError =>
  new StoreError('K3SV_STORE_UNAVAILABLE', 'the answer was lost', { hint: 'none' })

/** The store, whose first writes end without an answer: before anything was done, or after. */
export function losesAnswers(store: TokenStore, when: 'before' | 'after', times = 1): TokenStore {
  let left = times
  const write = async (really: () => Promise<WriteOutcome>): Promise<WriteOutcome> => {
    if (left-- <= 0) return really()
    if (when === 'after') await really()
    throw lost()
  }
  return {
    get: (cluster) => store.get(cluster),
    createIfAbsent: (document) => write(() => store.createIfAbsent(document)),
    replace: (version, document) => write(() => store.replace(version, document)),
  }
}

/** The store, which refuses what it is asked, and after that works. */
export function refuses(store: TokenStore, code: CodeOf<'store'>, times = Infinity): TokenStore {
  let left = times
  const pass = <T>(really: () => Promise<T>): Promise<T> =>
    left-- > 0 ? Promise.reject(new StoreError(code, 'it was refused', { hint: 'none' })) : really()
  return {
    get: (cluster) => pass(() => store.get(cluster)),
    createIfAbsent: (document) => pass(() => store.createIfAbsent(document)),
    replace: (version, document) => pass(() => store.replace(version, document)),
  }
}

/** The store behind a slow line: between what is read and what is written others come. */
export function isSlow(store: TokenStore, milliseconds: number): TokenStore {
  const late = async <T>(really: () => Promise<T>): Promise<T> => {
    await sleep(milliseconds)
    const answer = await really()
    await sleep(milliseconds)
    return answer
  }
  return {
    get: (cluster) => late(() => store.get(cluster)),
    createIfAbsent: (document) => late(() => store.createIfAbsent(document)),
    replace: (version, document) => late(() => store.replace(version, document)),
  }
}
