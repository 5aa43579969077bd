import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ClusterDocument } from '../../src/document/document.js'
import { replaceTokens } from '../../src/document/transitions.js'
import { relocate } from '../../src/lifecycle/relocate.js'
import type { Relocation, Side } from '../../src/lifecycle/relocate.js'
import { stoppingAtMoved } from '../../src/store/moved.js'
import { openWhole } from '../../src/store/open.js'
import type { TokenStore } from '../../src/store/store.js'
import { environmentIn } from '../support/environment.js'
import { first, LATER, plainTokens, tokens, writeId } from '../store/samples.js'

let folder: string
let from: Side
let to: Side
let writes = 100
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'k3s_vars-relocate-'))
  from = sideAt('old')
  to = sideAt('new')
})
afterEach(() => rmSync(folder, { recursive: true }))

function sideAt(name: string): Side {
  const spec = { kind: 'file', folder: join(folder, name) } as const
  const context = { environment: environmentIn(folder), trustedOwners: [] }
  const { documents, authorities } = openWhole(spec, context)
  return {
    store: documents,
    authorities,
    name,
    placeOf: (cluster) => `${name}/${cluster}`,
  }
}

const move = (change: Partial<Relocation> = {}) =>
  relocate('prod', { from, to, keep: false, newWriteId: () => writeId(++writes), ...change })

const rotated = (document: ClusterDocument, number: number): ClusterDocument =>
  replaceTokens(document, tokens(`t${number}`), { writeId: writeId(number), now: LATER })

/** As every controller sees a store. */
const seen = ({ store, placeOf }: Side): TokenStore => stoppingAtMoved(store, placeOf)

describe('moving a document', () => {
  test('brings it as it is, and has the old store say where it went', async () => {
    await from.store.createIfAbsent(first())
    expect(await move()).toBe('copied')
    expect((await seen(to).get('prod'))?.document).toEqual(first())
    const error = { code: 'K3SV_STORE_MOVED', message: expect.stringContaining('new/prod') }
    await expect(seen(from).get('prod')).rejects.toMatchObject(error)
    await expect(seen(from).createIfAbsent(first('prod', 9))).rejects.toMatchObject(error)
    const { version } = (await from.store.get('prod'))!
    await expect(seen(from).replace(`not-${version}`, first())).rejects.toMatchObject(error)
  })

  test('done again changes nothing', async () => {
    await from.store.createIfAbsent(first())
    await move()
    expect(await move()).toBe('there')
  })

  test('goes on where it was interrupted, also where the token was rotated meanwhile', async () => {
    await from.store.createIfAbsent(first())
    expect(await move({ keep: true })).toBe('copied')
    const { version } = (await from.store.get('prod'))!
    await from.store.replace(version, rotated(first(), 2))
    expect(await move()).toBe('copied')
    expect((await to.store.get('prod'))?.document).toEqual(rotated(first(), 2))
  })

  test('stopped after any step and run again, it ends the same, and nobody ever sees another token', async () => {
    for (let steps = 1; ; steps++) {
      const [old, next] = [sideAt(`old-${steps}`), sideAt(`new-${steps}`)]
      await old.store.createIfAbsent(first())
      await old.authorities.create('prod', 'the CA\n')
      let left = steps
      const stopping = (side: Side): Side => ({
        ...side,
        store: counted(side.store, step),
        authorities: {
          ...side.authorities,
          read: (cluster) => step(() => side.authorities.read(cluster)),
          create: (cluster, text) => step(() => side.authorities.create(cluster, text)),
        },
      })
      function step<T>(work: () => Promise<T>): Promise<T> {
        return left-- > 0 ? work() : Promise.reject(new Error('killed'))
      }
      const stopped = await move({ from: stopping(old), to: stopping(next) }).catch(String)
      // Whoever asks the old store has the token, or is told where it went; and then it is there.
      const before = await seen(old)
        .get('prod')
        .catch((error: unknown) => error)
      if (before instanceof Error) {
        expect(before).toMatchObject({ code: 'K3SV_STORE_MOVED' })
        expect((await next.store.get('prod'))?.document).toEqual(first())
      } else expect(before).toMatchObject({ document: first() })
      expect(await move({ from: old, to: next })).toMatch(/^(?:copied|there)$/)
      expect((await seen(next).get('prod'))?.document).toEqual(first())
      expect(await next.authorities.read('prod')).toBe('the CA\n')
      await expect(seen(old).get('prod')).rejects.toMatchObject({ code: 'K3SV_STORE_MOVED' })
      if (stopped === 'copied') {
        expect(steps).toBeGreaterThan(6)
        return
      }
      expect(stopped).toBe('Error: killed')
    }
  })

  test('leaves what the new store has gone on with', async () => {
    await from.store.createIfAbsent(first())
    await move({ keep: true })
    const { version } = (await to.store.get('prod'))!
    await to.store.replace(version, rotated(first(), 2))
    expect(await move()).toBe('there')
    expect((await to.store.get('prod'))?.document.generation).toBe(2)
    expect((await from.store.get('prod'))?.document.moved).toBe('new/prod')
  })

  test('takes along a rotation that comes between', async () => {
    await from.store.createIfAbsent(first())
    let isFirst = true
    const meddling: TokenStore = {
      ...bound(to.store),
      createIfAbsent: async (document) => {
        const outcome = await to.store.createIfAbsent(document)
        if (isFirst) {
          isFirst = false
          const { version } = (await from.store.get('prod'))!
          await from.store.replace(version, rotated(first(), 2))
        }
        return outcome
      },
    }
    expect(await move({ to: { ...to, store: meddling } })).toBe('copied')
    expect((await to.store.get('prod'))?.document).toEqual(rotated(first(), 2))
    expect((await from.store.get('prod'))?.document).toMatchObject({
      moved: 'new/prod',
      generation: 2,
    })
  })

  test.each([
    ['another token', first('prod', 7, { ...tokens('other'), fingerprint: 'ffffffffffff' })],
    ['another weak token', first('prod', 7, plainTokens('other'))],
  ])('never overwrites %s', async (_, other) => {
    const weak = other.current.fingerprint === null
    await from.store.createIfAbsent(weak ? first('prod', 1, plainTokens('mine')) : first())
    await to.store.createIfAbsent(other)
    await expect(move()).rejects.toMatchObject({ code: 'K3SV_STORE_OCCUPIED' })
    expect((await to.store.get('prod'))?.document.writeId).toBe(other.writeId)
    expect((await from.store.get('prod'))?.document.moved).toBeUndefined()
  })

  test('moves nothing where there is nothing, and says so where only the new store has one', async () => {
    expect(await move()).toBe('absent')
    expect(await to.store.get('prod')).toBeNull()
    await to.store.createIfAbsent(first())
    await expect(move()).rejects.toMatchObject({ code: 'K3SV_STORE_VANISHED' })
  })

  test('comes home to where it was moved from, and to no other place', async () => {
    await from.store.createIfAbsent(first())
    await move()
    const third = sideAt('third')
    await expect(move({ to: third })).rejects.toMatchObject({ code: 'K3SV_STORE_MOVED' })
    expect(await move({ from: to, to: from })).toBe('copied')
    expect((await seen(from).get('prod'))?.document).toEqual(first())
    await expect(seen(to).get('prod')).rejects.toMatchObject({ code: 'K3SV_STORE_MOVED' })
  })

  test('says what is lost where the new store no longer has what was moved there', async () => {
    await from.store.createIfAbsent(first())
    await move()
    rmSync(join(folder, 'new/prod.yml'))
    await expect(move()).rejects.toMatchObject({ code: 'K3SV_STORE_VANISHED' })
  })

  test('brings the CA, and never another one in its place', async () => {
    await from.store.createIfAbsent(first())
    await from.authorities.create('prod', 'the CA\n')
    await to.authorities.create('prod', 'another\n')
    await expect(move()).rejects.toMatchObject({ code: 'K3SV_STORE_CA' })
    expect((await from.store.get('prod'))?.document.moved).toBeUndefined()
    rmSync(join(folder, 'new/prod.ca.yml'))
    expect(await move()).toBe('copied')
    expect(await to.authorities.read('prod')).toBe('the CA\n')
  })
})

/** The store, whose every question goes through `step`. */
function counted(store: TokenStore, step: <T>(work: () => Promise<T>) => Promise<T>): TokenStore {
  return {
    get: (cluster) => step(() => store.get(cluster)),
    createIfAbsent: (document) => step(() => store.createIfAbsent(document)),
    replace: (version, document) => step(() => store.replace(version, document)),
  }
}

function bound(store: TokenStore): TokenStore {
  return {
    get: (cluster) => store.get(cluster),
    createIfAbsent: (document) => store.createIfAbsent(document),
    replace: (version, document) => store.replace(version, document),
  }
}
