import { resolve } from 'node:path'
import { EXIT_STATUS, UsageError } from '../../errors.js'
import type { Listing, TreeProblem } from '../../ansible-files/tree/list.js'
import { listFiles } from '../../ansible-files/tree/list.js'
import { createVault } from '../../vault/create.js'
import type { Vault } from '../../vault/vault.js'
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
import { ownPasswordsOnly } from '../scan/own-passwords.js'
import { locateIn, sourceRoot, uriIn } from '../scan/place.js'

declare const K3S_VARS_VERSION: string

export const SCAN: Command = {
  usage: 'scan [paths..]',
  summary: 'Find tokens and vault passwords that files hold in plain text; never prints them',
  positionals: {
    paths: { type: 'list', describe: 'Files and folders; the current one if absent' },
  },
  options: {
    ignore: {
      type: 'list',
      value: 'GLOB',
      describe:
        'Leave out what matches, as in a .gitignore; files named on the command line are always scanned',
    },
    all: { type: 'flag', describe: 'In a Git repository, also scan what Git ignores' },
    open: {
      type: 'flag',
      isOnByDefault: true,
      describe:
        'Open sealed values with password files outside of what is scanned; --no-open leaves them',
    },
    'trust-project': {
      type: 'flag',
      describe:
        'Open them also with what the scanned project names, vault scripts included, which are run',
    },
    baseline: {
      type: 'text',
      value: 'FILE',
      describe: 'A file of known findings, which are not reported again',
    },
    'write-baseline': { type: 'flag', describe: 'Write all findings to the file of --baseline' },
    sarif: {
      type: 'flag',
      describe: 'Print SARIF 2.1.0, for code hosts',
      excludes: ['json', 'write-baseline'],
    },
  },
  examples: [
    ['scan', 'everything below the current folder that Git does not ignore'],
    ['scan ~/.bash_history ~/.zsh_history', 'the histories of your shells'],
    ['scan --sarif > k3s-vars.sarif', 'for the code scanning of a code host'],
    ['scan --baseline .k3s-vars-baseline.json --write-baseline', 'accept what there is now'],
  ],
  interrupted: 'nothing was changed; run it again',
  run: scan,
}

async function scan(call: Call): Promise<number> {
  const { input, io } = call
  if (input.has('trust-project') && !input.has('open')) {
    throw new UsageError('K3SV_USAGE', '--trust-project and --no-open exclude each other', {
      hint: 'leave one of them out',
    })
  }
  const baseline = input.text('baseline')
  if (baseline === undefined && input.has('write-baseline')) {
    throw new UsageError('K3SV_USAGE', '--write-baseline needs the file', {
      hint: 'name it with --baseline FILE',
    })
  }
  const paths = input.list('paths').length === 0 ? ['.'] : input.list('paths')
  const { files, failures, missing } = list(call, paths)
  for (const error of missing) call.report.error(error)
  // Of several the others are scanned all the same.
  if (missing.length > 0 && files.length + failures.length === 0) return EXIT_STATUS.usage
  const progress = call.report.progress('scanning', files.length, () => io.now().getTime())
  const result = await scanFiles(files, {
    environment: io.environment,
    vault: input.has('open') ? openVault(call, paths) : undefined,
    onFile: () => progress.step(),
  })
  progress.end()
  const all = [...failures, ...result.findings]
  const told = (status: number): number => (missing.length > 0 ? EXIT_STATUS.usage : status)
  if (baseline === undefined) return told(tell(call, { ...result, findings: all, known: 0 }))
  const locate = locateIn(baseline, io.environment.cwd)
  if (input.has('write-baseline')) {
    writeBaseline(baseline, formatBaseline(all, locate), io)
    const count = `${all.length} finding${all.length === 1 ? '' : 's'} written`
    answer(call, { findings: all.length }, [count], 'baseline')
    return EXIT_STATUS.done
  }
  const findings = unknownTo(readBaseline(baseline, io), all, locate)
  if (findings === undefined) {
    throw new UsageError('K3SV_USAGE', 'the file of --baseline is no baseline of this program', {
      hint: 'write it anew with --write-baseline, and look at what changed',
    })
  }
  return told(tell(call, { ...result, findings, known: all.length - findings.length }))
}

function openVault({ input, io: { environment } }: Call, paths: readonly string[]): Vault {
  const refuse = input.has('trust-project') ? undefined : ownPasswordsOnly(paths, environment)
  return createVault({ environment, refuse })
}

interface Listed {
  readonly files: Listing['files']
  readonly failures: readonly ScanFinding[]
  /** Of the paths that were named. */
  readonly missing: readonly UsageError[]
}

function list({ input, io }: Call, paths: readonly string[]): Listed {
  const { files, problems } = listFiles(paths, {
    environment: io.environment,
    ignore: input.list('ignore'),
    gitIgnored: input.has('all') ? 'include' : 'skip',
  })
  const failures = problems.flatMap(({ path }) => {
    if (path === undefined) return []
    const file = resolve(io.environment.cwd, path)
    return [findingOf({ rule: 'unreadable', key: '' }, { path, file })]
  })
  const missing = problems.flatMap(({ path, root, reason }) => {
    if (path !== undefined) return []
    // The path may be a token that was typed in the wrong place, so it is counted and not repeated.
    const message = `path ${root + 1} ${WRONG[reason]}`
    return [new UsageError('K3SV_USAGE', message, { hint: 'name files and folders' })]
  })
  return { files, failures, missing }
}

const WRONG: Readonly<Record<TreeProblem['reason'], string>> = {
  missing: 'is not there',
  unreadable: 'cannot be looked at',
  'not a file': 'is neither a file nor a folder',
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
