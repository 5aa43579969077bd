// What every store promises, run against each of them. A place is one shared storage, empty at first; every connection
// to it is a store of its own, as separate processes would have.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { ClusterDocument } from '../../src/document/document.js'
import type { TokenStore } from '../../src/store/store.js'
import { replaceTokens } from '../../src/document/transitions.js'
import { ensureDocument, updateDocument } from '../../src/store/update.js'
import { isSlow, losesAnswers, refuses } from './faults.js'
import { writeId, first, LATER, plainTokens, revealed, tokens } from './samples.js'

export interface StorePlace {
  /** What of the contract the kind does not do, on purpose: it keeps no token in the clear. */
  readonly isSealedOnly?: true
  connect(): TokenStore
  close(): void | Promise<void>
}

/** A later document of the same cluster. */
function next(document: ClusterDocument, number: number): ClusterDocument {
  return replaceTokens(document, tokens(`next-${number}`), { writeId: writeId(number), now: LATER })
}

/** Runs the contract of `TokenStore` against a kind of store. */
export function describeStore(name: string, open: () => StorePlace | Promise<StorePlace>): void {
  describe(`${name} as a store`, () => {
    let place: StorePlace
    beforeEach(async () => {
      place = await open()
    })
    afterEach(async () => {
      await place.close()
    })

    test('answers null where there never was a document', async () => {
      expect(await place.connect().get('prod')).toBeNull()
    })

    test('gives back what was created, to every connection', async () => {
      const open = first('prod', 1, plainTokens('pa55 "word" \\ # ü \u{1f600}'))
      const document = place.isSealedOnly ? first('prod', 1) : open
      if (place.isSealedOnly) {
        const refused = place.connect().createIfAbsent(open)
        await expect(refused).rejects.toMatchObject({ code: 'K3SV_STORE_UNSEALED' })
        expect(await place.connect().get('prod')).toBeNull()
      }
      const outcome = await place.connect().createIfAbsent(document)
      expect(outcome.won).toBe(true)
      const found = await place.connect().get('prod')
      expect(found?.version).toBe(outcome.version)
      expect(revealed(found?.document)).toEqual(revealed(document))
    })

    test('keeps clusters apart', async () => {
      const store = place.connect()
      await store.createIfAbsent(first('prod'))
      expect(await store.get('test')).toBeNull()
      expect((await store.createIfAbsent(first('test'))).won).toBe(true)
      expect((await store.get('prod'))?.document.cluster).toBe('prod')
    })

    test('creates only once and hands the winner to who comes later', async () => {
      const winner = first('prod', 1)
      await place.connect().createIfAbsent(winner)
      const outcome = await place.connect().createIfAbsent(first('prod', 2, tokens('other')))
      expect(outcome).toMatchObject({ won: false, document: winner })
      expect(outcome.version).toBe((await place.connect().get('prod'))?.version)
    })

    test('lets one of many win that create at once', async () => {
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          place.connect().createIfAbsent(first('prod', index + 1, tokens(`t${index}`))),
        ),
      )
      expect(outcomes.filter(({ won }) => won)).toHaveLength(1)
      const found = await place.connect().get('prod')
      expect(outcomes[Number.parseInt(found!.document.writeId, 16) - 1]?.won).toBe(true)
      for (const outcome of outcomes) {
        if (!outcome.won) expect(outcome.document).toEqual(found?.document)
      }
    })

    test('replaces the version that it holds', async () => {
      const store = place.connect()
      const { version } = await store.createIfAbsent(first())
      const second = next(first(), 2)
      const outcome = await store.replace(version, second)
      expect(outcome.won).toBe(true)
      expect(outcome.version).not.toBe(version)
      expect(await store.get('prod')).toEqual({ version: outcome.version, document: second })
    })

    test('replaces nothing where another was faster', async () => {
      const store = place.connect()
      const { version } = await store.createIfAbsent(first())
      const winner = next(first(), 2)
      const won = await place.connect().replace(version, winner)
      const outcome = await store.replace(version, next(first(), 3))
      expect(outcome).toEqual({ won: false, version: won.version, document: winner })
      expect((await store.get('prod'))?.document).toEqual(winner)
    })

    test('lets one of many win that replace one version at once', async () => {
      const { version } = await place.connect().createIfAbsent(first())
      const outcomes = await Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          place.connect().replace(version, next(first(), index + 2)),
        ),
      )
      expect(outcomes.filter(({ won }) => won)).toHaveLength(1)
    })

    test('never replaces what is not there', async () => {
      await expect(place.connect().replace('0', next(first(), 2))).rejects.toMatchObject({
        code: 'K3SV_STORE_CONFLICT',
      })
      expect(await place.connect().get('prod')).toBeNull()
    })

    test('has all who ensure a document at once end with the same', async () => {
      const ensured = await Promise.all(
        Array.from({ length: 12 }, (_, index) =>
          ensureDocument(place.connect(), 'prod', () =>
            Promise.resolve(first('prod', index + 1, tokens(`t${index}`))),
          ),
        ),
      )
      expect(ensured.filter(({ minted }) => minted)).toHaveLength(1)
      expect(new Set(ensured.map(({ document }) => document.writeId)).size).toBe(1)
    })

    test('loses none of the updates that are made at once', async () => {
      await place.connect().createIfAbsent(first())
      await Promise.all(
        Array.from({ length: 5 }, (_, index) =>
          updateDocument(place.connect(), 'prod', (document) => next(document, index + 2)),
        ),
      )
      const found = await place.connect().get('prod')
      expect(found?.document).toMatchObject({ generation: 6 })
      expect(found?.document.previous).toHaveLength(5)
    })

    test.each(['before', 'after'] as const)(
      'settles a first write whose answer was lost %s it was done',
      async (when) => {
        const ensure = (store: TokenStore, number: number) =>
          ensureDocument(store, 'prod', () => Promise.resolve(first('prod', number)))
        const unsure = ensure(losesAnswers(place.connect(), when), 1)
        if (when === 'before') {
          await expect(unsure).rejects.toMatchObject({ code: 'K3SV_STORE_UNAVAILABLE' })
          expect(await place.connect().get('prod')).toBeNull()
        } else {
          expect(await unsure).toMatchObject({ minted: true })
        }
        const { document } = await ensure(place.connect(), 2)
        expect(document.writeId).toBe(writeId(when === 'before' ? 2 : 1))
      },
    )

    test.each(['before', 'after'] as const)(
      'settles a change whose answer was lost %s it was done',
      async (when) => {
        await place.connect().createIfAbsent(first())
        const unsure = updateDocument(losesAnswers(place.connect(), when), 'prod', (document) =>
          next(document, 2),
        )
        if (when === 'before') {
          await expect(unsure).rejects.toMatchObject({ code: 'K3SV_STORE_UNAVAILABLE' })
        } else {
          expect(await unsure).toMatchObject({ generation: 2, writeId: writeId(2) })
        }
        const found = await place.connect().get('prod')
        expect(found?.document.generation).toBe(when === 'before' ? 1 : 2)
      },
    )

    test.each([
      'K3SV_STORE_UNAVAILABLE',
      'K3SV_STORE_DENIED',
      'K3SV_STORE_TLS',
      'K3SV_STORE_VANISHED',
      'K3SV_STORE_CORRUPT',
    ] as const)('has nobody make a token where it answers %s', async (code) => {
      let isAsked = false
      const mint = () => {
        isAsked = true
        return Promise.resolve(first())
      }
      const ensured = ensureDocument(refuses(place.connect(), code), 'prod', mint)
      await expect(ensured).rejects.toMatchObject({ code })
      expect(isAsked).toBe(false)
      expect(await place.connect().get('prod')).toBeNull()
    })

    test('makes one token of those that meet on a slow line', async () => {
      const ensured = await Promise.all(
        [0, 20, 40, 60].map((milliseconds, index) =>
          ensureDocument(isSlow(place.connect(), milliseconds), 'prod', () =>
            Promise.resolve(first('prod', index + 1, tokens(`t${index}`))),
          ),
        ),
      )
      expect(ensured.filter(({ minted }) => minted)).toHaveLength(1)
      expect(new Set(ensured.map(({ document }) => document.writeId)).size).toBe(1)
    })

    test('takes a version that was printed and read again', async () => {
      const store = place.connect()
      const { version } = await store.createIfAbsent(first())
      const printed = JSON.parse(JSON.stringify({ version })) as { readonly version: string }
      expect(printed.version).toMatch(/^[!-~]+$/)
      expect(await store.replace(printed.version, next(first(), 2))).toMatchObject({ won: true })
    })
  })
}
