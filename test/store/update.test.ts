import { describe, expect, test } from '@jest/globals'
import { StoreError } from '../../src/errors.js'
import type { ClusterDocument } from '../../src/document/document.js'
import { replaceTokens } from '../../src/document/transitions.js'
import { ensureDocument, updateDocument } from '../../src/store/update.js'
import { describeStore } from './contract.js'
import { MemoryStore } from './memory-store.js'
import { writeId, first, LATER, tokens } from './samples.js'

describeStore('memory', () => {
  const store = new MemoryStore()
  return { connect: () => store, close: () => undefined }
})

const unavailable = () => new StoreError('K3SV_STORE_UNAVAILABLE', 'no answer', { hint: 'wait' })

function adopting(number: number) {
  return (document: ClusterDocument) =>
    replaceTokens(document, tokens(`t${number}`), { writeId: writeId(number), now: LATER })
}

/** Fails once at the given step of a write. */
function failOnce(
  store: MemoryStore,
  when: 'before' | 'after',
  meanwhile = () => undefined as unknown,
): void {
  store.fail = (operation, moment) => {
    if (operation !== 'write' || moment !== when) return
    store.fail = () => undefined
    meanwhile()
    throw unavailable()
  }
}

async function filled(): Promise<MemoryStore> {
  const store = new MemoryStore()
  await store.createIfAbsent(first())
  return store
}

describe('updateDocument', () => {
  test('answers with the document that the store holds afterwards', async () => {
    const store = await filled()
    const document = await updateDocument(store, 'prod', adopting(2))
    expect(document.generation).toBe(2)
    expect((await store.get('prod'))?.document).toEqual(document)
  })

  test('writes nothing where the change gives its document back', async () => {
    const store = await filled()
    expect(await updateDocument(store, 'prod', (document) => document)).toEqual(first())
    expect(store.log).toEqual(['write', 'get'])
  })

  test('refuses where there is no document', async () => {
    await expect(updateDocument(new MemoryStore(), 'prod', adopting(2))).rejects.toMatchObject({
      code: 'K3SV_STORE_ABSENT',
      hint: expect.stringContaining('k3s-vars token new'),
    })
  })

  test('applies the change anew to the document that was faster', async () => {
    const store = await filled()
    let isFirst = true
    const document = await updateDocument(store, 'prod', async (found) => {
      if (isFirst) {
        isFirst = false
        await updateDocument(store, 'prod', adopting(3))
      }
      return adopting(2)(found)
    })
    expect(document).toMatchObject({ generation: 3, writeId: writeId(2) })
    expect(document.previous).toHaveLength(2)
  })

  test('counts a write whose answer was lost as its own by its id', async () => {
    const store = await filled()
    failOnce(store, 'after')
    expect(await updateDocument(store, 'prod', adopting(2))).toMatchObject({ generation: 2 })
    expect(store.log.filter((entry) => entry === 'write')).toHaveLength(2)
  })

  test('fails as the write did where it did not arrive', async () => {
    const store = await filled()
    failOnce(store, 'before')
    await expect(updateDocument(store, 'prod', adopting(2))).rejects.toMatchObject({
      code: 'K3SV_STORE_UNAVAILABLE',
    })
    expect((await store.get('prod'))?.document.generation).toBe(1)
  })

  test('gives up where somebody else is faster every time', async () => {
    const store = await filled()
    let number = 2
    await expect(
      updateDocument(store, 'prod', async (document) => {
        await updateDocument(store, 'prod', adopting(++number))
        return adopting(2)(document)
      }),
    ).rejects.toMatchObject({
      code: 'K3SV_STORE_CONFLICT',
      hint: expect.stringContaining('who else rotates'),
    })
    expect(number - 2).toBe(30)
  })

  test.each([
    ['a full disk', new StoreError('K3SV_STORE_FULL', 'full', { hint: 'make room' })],
    ['an internal error', new RangeError()],
  ])('passes %s on without asking the store again', async (_what, failure) => {
    const store = await filled()
    store.fail = (operation) => {
      if (operation === 'write') throw failure
    }
    await expect(updateDocument(store, 'prod', adopting(2))).rejects.toBe(failure)
    expect(store.log).toEqual(['write', 'get'])
  })

  test('fails as the write did where the store then cannot be asked either', async () => {
    const store = await filled()
    const failure = unavailable()
    store.fail = (operation) => {
      if (operation !== 'write') return
      store.fail = () => {
        throw new Error('and no answer either')
      }
      throw failure
    }
    await expect(updateDocument(store, 'prod', adopting(2))).rejects.toBe(failure)
  })

  test('passes the refusal of a change on and writes nothing', async () => {
    const store = await filled()
    const refusal = new StoreError('K3SV_STORE_CONFLICT', 'no', { hint: 'wait' })
    await expect(updateDocument(store, 'prod', () => Promise.reject(refusal))).rejects.toBe(refusal)
    expect(store.log).toEqual(['write', 'get'])
  })
})

describe('ensureDocument', () => {
  const mint = (number: number) => () => Promise.resolve(first('prod', number))

  test('mints only where there is nothing', async () => {
    const store = new MemoryStore()
    expect(await ensureDocument(store, 'prod', mint(1))).toMatchObject({ minted: true })
    expect(await ensureDocument(store, 'prod', () => Promise.reject(new Error()))).toMatchObject({
      minted: false,
      document: { writeId: writeId(1) },
    })
  })

  test('mints nothing where the store cannot answer', async () => {
    const store = new MemoryStore()
    store.fail = () => {
      throw unavailable()
    }
    let minted = 0
    await expect(
      ensureDocument(store, 'prod', () => {
        minted++
        return mint(1)()
      }),
    ).rejects.toMatchObject({ code: 'K3SV_STORE_UNAVAILABLE' })
    expect(minted).toBe(0)
  })

  test('uses the winner where another mints meanwhile', async () => {
    const store = new MemoryStore()
    const ensured = await ensureDocument(store, 'prod', async () => {
      await store.createIfAbsent(first('prod', 7))
      return mint(1)()
    })
    expect(ensured).toMatchObject({ minted: false, document: { writeId: writeId(7) } })
  })

  test('counts its own as minted where only the answer was lost', async () => {
    const store = new MemoryStore()
    failOnce(store, 'after')
    expect(await ensureDocument(store, 'prod', mint(1))).toMatchObject({
      minted: true,
      document: { writeId: writeId(1) },
    })
  })

  test('uses the winner where its own write did not arrive but another did', async () => {
    const store = new MemoryStore()
    failOnce(store, 'before', () => store.createIfAbsent(first('prod', 7)))
    expect(await ensureDocument(store, 'prod', mint(1))).toMatchObject({
      minted: false,
      document: { writeId: writeId(7) },
    })
  })

  test('fails where the write failed and the store still holds nothing', async () => {
    const store = new MemoryStore()
    failOnce(store, 'before')
    await expect(ensureDocument(store, 'prod', mint(1))).rejects.toMatchObject({
      code: 'K3SV_STORE_UNAVAILABLE',
    })
  })
})
