import { expect, test } from '@jest/globals'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { Arguments } from '../../../src/cli/command.js'
import { STATUS } from '../../../src/cli/commands/status.js'
import { Report } from '../../../src/cli/report.js'
import { environmentIn } from '../../support/environment.js'

const NAME = 'a-cluster-whose-name-is-rather-long-for-its-table'

/** The head of the table on a terminal of so many columns, or in a pipe. */
async function headOf(columns: number | undefined): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'k3s_vars-status-'))
  try {
    const config = join(folder, 'k3s_vars.yml')
    writeFileSync(config, `clusters: { ${NAME}: { hosts: { server: [s1] } } }\n`)
    const terminal = columns === undefined ? {} : { isTTY: true, columns }
    const stdout = Object.assign(new PassThrough(), terminal)
    const environment = { ...environmentIn(folder), variables: { NO_COLOR: '1' } }
    const io = {
      stdin: new PassThrough(),
      stdout,
      stderr: new PassThrough(),
      environment,
      launcher: undefined,
      now: () => new Date(0),
      randomBytes: (size: number) => Buffer.alloc(size),
    }
    const report = new Report(io.stderr, environment, { json: false, quiet: false })
    await STATUS.run({ name: 'status', input: new Arguments({ config }), io, report })
    return String(stdout.read()).split('\n')[0]!.replaceAll(/ +/g, ' ')
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const WHOLE = 'CLUSTER ROLE STATE GEN PHASE AGE ORIGIN FINGERPRINT AGENTS'

test.each([
  [undefined, WHOLE],
  [200, WHOLE],
  [105, 'CLUSTER ROLE STATE GEN PHASE AGE ORIGIN FINGERPRINT'],
  [98, 'CLUSTER STATE GEN PHASE AGE ORIGIN FINGERPRINT'],
  [90, 'CLUSTER STATE GEN PHASE AGE FINGERPRINT'],
  [20, 'CLUSTER STATE GEN PHASE AGE FINGERPRINT'],
])('in %p columns a long name has the room of what is spare', async (columns, head) => {
  expect(await headOf(columns)).toBe(head)
})
