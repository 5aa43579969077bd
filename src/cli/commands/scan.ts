import { resolve } from 'node:path'
import { EXIT_STATUS, UsageError } from '../../errors.js'
import type { Listing } from '../../ansible-files/tree/list.js'
import { listFiles } from '../../ansible-files/tree/list.js'
import { createVault } from '../../vault/create.js'
import { formatBaseline, unknownTo } from '../../scan/baseline.js'
import { findingOf } from '../../scan/finding.js'
import type { ScanFinding } from '../../scan/finding.js'
import { toSarif } from '../../scan/sarif.js'
import { scanFiles } from '../../scan/scan-tree.js'
import { answer } from '../answer.js'
import { printableJson } from '../../printable.js'
import type { Call, Command } from '../command.js'
import { readBaseline, writeBaseline } from '../scan/baseline-file.js'
import { formatScan, showFinding } from '../scan/format.js'
import type { Told } from '../scan/format.js'
import { locateIn, sourceRoot, uriIn } from '../scan/place.js'

declare const K3S_VARS_VERSION: string

export const SCAN: Command = {
  usage: 'scan [paths..]',
  summary: 'Find tokens and vault passwords that lie open in files; never shows them',
  positionals: {
    paths: { type: 'list', describe: 'Files and folders; the current one if absent' },
  },
  options: {
    ignore: {
      type: 'list',
      value: 'GLOB',
      describe: 'Leave out what fits, as in a .gitignore; named files are always scanned',
    },
    all: { type: 'flag', describe: 'In a Git repository, scan also what Git ignores' },
    open: {
      type: 'flag',
      isOnByDefault: true,
      describe: 'Open sealed values where a vault password is configured; --no-open leaves them',
    },
    baseline: { type: 'text', value: 'FILE', describe: 'Known findings that are not told again' },
    'write-baseline': { type: 'flag', describe: 'Write all findings to the file of --baseline' },
    sarif: {
      type: 'flag',
      describe: 'Answer in SARIF 2.1.0, for code hosts',
      excludes: ['json', 'write-baseline'],
    },
  },
  examples: [
    ['scan', 'everything below the current folder that Git does not ignore'],
    ['scan ~/.bash_history ~/.zsh_history', 'the histories of your shells'],
    ['scan --sarif > k3s-vars.sarif', 'for the code scanning of a code host'],
    ['scan --baseline .k3s-vars-baseline.json --write-baseline', 'accept what there is now'],
  ],
  run: scan,
}

async function scan(call: Call): Promise<number> {
  const { input, io } = call
  const baseline = input.text('baseline')
  if (baseline === undefined && input.has('write-baseline')) {
    throw new UsageError('K3SV_USAGE', '--write-baseline needs the file', {
      hint: 'name it with --baseline FILE',
    })
  }
  const { files, failures } = list(call)
  const progress = call.report.progress('scanning', files.length, () => io.now().getTime())
  const result = await scanFiles(files, {
    ...io,
    vault: input.has('open') ? createVault(io) : undefined,
    onFile: () => progress.step(),
  })
  progress.end()
  const all = [...failures, ...result.findings]
  if (baseline === undefined) return tell(call, { ...result, findings: all, known: 0 })
  const locate = locateIn(baseline, io.environment.cwd)
  if (input.has('write-baseline')) {
    writeBaseline(baseline, formatBaseline(all, locate), io)
    const count = `${all.length} finding${all.length === 1 ? '' : 's'} written`
    answer(call, { findings: all.length }, [count])
    return EXIT_STATUS.done
  }
  const findings = unknownTo(readBaseline(baseline, io), all, locate)
  if (findings === undefined) {
    throw new UsageError('K3SV_USAGE', 'the file of --baseline is no baseline of this program', {
      hint: 'write it anew with --write-baseline, and look at what changed',
    })
  }
  return tell(call, { ...result, findings, known: all.length - findings.length })
}

function list({ input, io }: Call): {
  files: Listing['files']
  failures: readonly ScanFinding[]
} {
  const paths = input.list('paths')
  const { files, problems } = listFiles(paths.length === 0 ? ['.'] : paths, {
    environment: io.environment,
    ignore: input.list('ignore'),
    gitIgnored: input.has('all') ? 'include' : 'skip',
  })
  const failures = problems.map(({ path, root, reason }) => {
    if (path !== undefined) {
      return findingOf(
        { rule: 'unreadable', key: '' },
        { path, file: resolve(io.environment.cwd, path) },
      )
    }
    // The path may be a token that was typed in the wrong place, so it is counted and not repeated.
    const what = reason === 'missing' ? 'is not there' : 'is neither a file nor a folder'
    throw new UsageError('K3SV_USAGE', `path ${root + 1} ${what}`, {
      hint: 'name files and folders',
    })
  })
  return { files, failures }
}

function tell(call: Call, told: Told): number {
  const { io, input } = call
  const { findings, scanned, skipped, allowed, known, sealed } = told
  if (input.has('sarif')) {
    const uriOf = uriIn(sourceRoot(io.environment.cwd), io.environment.cwd)
    const log = toSarif(findings, { version: K3S_VARS_VERSION, uriOf })
    io.stdout.write(`${printableJson(log, 2)}\n`)
  } else {
    const document = {
      findings: findings.map(showFinding),
      scanned,
      skipped,
      allowed,
      known,
      sealed,
    }
    answer(call, document, formatScan(told))
  }
  const isBad = findings.some(({ severity }) => severity !== 'note')
  return isBad ? EXIT_STATUS.findings : EXIT_STATUS.done
}
