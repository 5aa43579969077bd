// Fuzzes one target in a thread of its own, so that whoever started it can end what hangs. What it is about to try stands in
// shared memory first: it can be told even if this thread never comes back.
import { parentPort, workerData } from 'node:worker_threads'
import fc from 'fast-check'
import { Coverage } from './coverage.js'
import { examine } from './examine.js'
import type { Failure, Target } from './examine.js'
import { edits, mutate } from './mutate.js'
import { TARGETS } from './targets.js'
import { control } from './control.js'
import type { Finding, Job, Progress } from './job.js'

Object.assign(globalThis, { K3S_VARS_VERSION: '0' })

const { target: name, seed, inputs, seconds, folder, known, fatal, shared } = workerData as Job
const heartbeat = new Int32Array(shared, 0, 2)
const slate = new Uint16Array(shared, 8)
const LONGEST = slate.length
const BATCH = 256

/** Publishes the input, then examines it. */
async function attempt(target: Target, text: string): Promise<Failure | null> {
  for (let at = 0; at < text.length; at++) slate[at] = text.charCodeAt(at)
  Atomics.store(heartbeat, 1, text.length)
  Atomics.add(heartbeat, 0, 1)
  return examine(target, text, folder)
}

/** The shortest text found by leaving out pieces that still fails in the same way. */
async function minimize(target: Target, text: string, kind: Failure['kind']): Promise<string> {
  let tries = kind === 'slow' ? 0 : 400
  let shortest = text
  for (let size = text.length >> 1; size >= 1 && tries > 0; size >>= 1) {
    for (let at = 0; at < shortest.length && tries > 0; tries--) {
      const shorter = shortest.slice(0, at) + shortest.slice(at + size)
      const failure = await attempt(target, shorter)
      if (failure?.kind === kind) shortest = shorter
      else at += size
    }
  }
  return shortest
}

async function fuzz(target: Target): Promise<Progress> {
  const coverage = new Coverage('worker.cjs')
  const corpus: string[] = []
  const begun = performance.now()
  let tried = 0
  const tryOne = async (text: string): Promise<void> => {
    tried++
    if (fatal.includes(text)) return
    const failure = await attempt(target, text)
    if (coverage.isNew()) corpus.push(text)
    if (failure === null) return
    const input = await minimize(target, text, failure.kind)
    parentPort!.postMessage({
      finding: { target: target.name, input, ...failure } satisfies Finding,
    })
  }
  for (const text of [...target.samples, ...known]) await tryOne(text)
  if (corpus.length === 0) corpus.push('')
  const variants = fc.tuple(fc.nat(0xffffff), edits(target.words))
  const isOver = (): boolean => tried >= inputs || performance.now() - begun > seconds * 1000
  for (let batch = 0; !isOver(); batch++) {
    const drawn = fc.sample(variants, { seed: seed + batch, numRuns: BATCH })
    for (const [pick, changes] of drawn) {
      if (isOver()) break
      await tryOne(mutate(corpus[pick % corpus.length]!, changes, LONGEST))
    }
  }
  return { tried, kept: corpus.length, blocks: coverage.blocks }
}

async function main(): Promise<void> {
  const target = [...TARGETS, control].find((one) => one.name === name)!
  parentPort!.postMessage({ progress: await fuzz(target) })
}

void main()
