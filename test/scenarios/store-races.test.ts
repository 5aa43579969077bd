// Many processes at once on one folder. Each scenario that expects order is run against a careless store too, which must
// break it: so we know that the processes really meet.
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseDocument } from '../../src/store/document-text.js'
import { currentProcess, formatProcess } from '../../src/store/process-identity.js'
import type { Command } from '../store/worker.js'
import { buildWorker, runOnce, startWorkers, textOf } from '../store/worker-process.js'
import type { WorkerProcess } from '../store/worker-process.js'

jest.setTimeout(180_000)

const ROOT = mkdtempSync(join(tmpdir(), 'k3s-vars-races-'))
const program = buildWorker(ROOT)
afterAll(() => rmSync(ROOT, { recursive: true, force: true }))

let count = 0
function newFolder(): string {
  const parent = join(ROOT, String(++count))
  mkdirSync(parent)
  return join(parent, 'k3s_tokens')
}

function stored(folder: string) {
  const file = join(folder, 'prod.yml')
  return parseDocument(readFileSync(file, 'utf8'), { cluster: 'prod', file })
}

describe('fifty processes at once', () => {
  let workers: WorkerProcess[]
  beforeAll(async () => {
    workers = await startWorkers(program, 50)
  })
  afterAll(() => Promise.all(workers.map((worker) => worker.stop())))

  const askAll = (command: Omit<Command, 'number'>) =>
    Promise.all(workers.map((worker, index) => worker.ask({ ...command, number: index + 1 })))

  test('mint one token on an empty folder, and all of them get it', async () => {
    for (let round = 0; round < 10; round++) {
      const folder = newFolder()
      const answers = await askAll({ operation: 'ensure', folder })
      expect(
        answers.filter((answer) => answer && 'minted' in answer && answer.minted),
      ).toHaveLength(1)
      expect(new Set(answers.map(textOf))).toEqual(
        new Set([readFileSync(join(folder, 'prod.yml'), 'utf8')]),
      )
      expect(readdirSync(folder)).toEqual(['prod.yml'])
    }
  })

  test('mint several tokens with a store that looks before it writes', async () => {
    let violations = 0
    for (let round = 0; round < 20 && violations === 0; round++) {
      const answers = await askAll({ operation: 'naive', folder: newFolder() })
      if (new Set(answers.map(textOf)).size > 1) violations++
    }
    expect(violations).toBe(1)
  })

  test('replace a document one after the other and lose nothing', async () => {
    const folder = newFolder()
    await runOnce(program, { operation: 'ensure', folder, number: 999 })
    const few = workers.slice(0, 12)
    const answers = await Promise.all(
      few.map((worker, index) =>
        worker.ask({ operation: 'adopt', folder, number: index + 1, times: 5, patience: 60_000 }),
      ),
    )
    expect(answers.map(textOf)).not.toContain(null)
    const { generation, previous, current } = stored(folder)
    expect(generation).toBe(61)
    expect(new Set([current, ...previous].map(({ server }) => JSON.stringify(server))).size).toBe(
      61,
    )
    expect(readdirSync(folder)).toEqual(['prod.yml'])
  })

  test('meet a dead lock and break it once', async () => {
    const folder = newFolder()
    await runOnce(program, { operation: 'ensure', folder, number: 999 })
    const [dead] = await startWorkers(program, 1)
    const pid = dead!.child.pid!
    await dead!.stop()
    for (let round = 0; round < 5; round++) {
      const mark = `${String(round).padStart(16, '0')} ${formatProcess({ ...currentProcess(), pid })}`
      symlinkSync(mark, join(folder, '.prod.lock'))
      const answers = await Promise.all(
        workers.slice(0, 12).map((worker, index) =>
          worker.ask({
            operation: 'adopt',
            folder,
            number: round * 50 + index,
            patience: 60_000,
          }),
        ),
      )
      expect(answers.map(textOf)).not.toContain(null)
    }
    expect(stored(folder).generation).toBe(61)
    expect(readdirSync(folder)).toEqual(['prod.yml'])
  })
})
