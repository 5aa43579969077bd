// Runs the user's editor, and makes sure that the plain text is wiped whatever happens to us meanwhile.
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { childVariables } from '../../environment.js'
import { UsageError, VaultError } from '../../errors.js'
import { FileError, inBrackets } from '../../files/file-error.js'
import { createPrivateFile, privateBases, wipeStaleFolders } from '../../files/private-folder.js'
import type { Wiped } from '../../files/private-folder.js'
import { pauseListening } from '../../interrupt.js'
import { splitWords } from '../../ansible-files/vars-file/words.js'
import type { Call } from '../command.js'
import type { Io } from '../io.js'
import type { Report } from '../report.js'

/** The terminal sends these to the editor, too, which decides what they mean. */
const LEFT_TO_EDITOR = ['SIGINT', 'SIGQUIT'] as const
const ENDING = ['SIGTERM', 'SIGHUP'] as const

/** A text that is edited, under the name of its file, so that the editor knows what it is. */
export interface Draft {
  readonly name: string
  readonly content: Buffer
}

/** What came of editing, and whether nothing of the plain text is left anywhere. */
export interface Edited {
  readonly content: Buffer
  readonly isWiped: boolean
}

/**
 * What `$EDITOR` makes of a text, in a file that nobody else can read and that is wiped afterwards.
 * @throws VaultError `K3SV_VAULT_EDITOR`
 */
export async function editPrivately(
  draft: Draft,
  { io, report }: Pick<Call, 'io' | 'report'>,
): Promise<Edited> {
  const bases = privateBases(io.environment)
  let isWiped = true
  const tell = (wiped: Wiped): void => {
    isWiped &&= wiped.left.length === 0
    tellUnwiped(wiped, report)
  }
  tell(wipeStaleFolders(bases))
  const [base] = bases
  if (base === undefined) {
    throw new VaultError('K3SV_VAULT_EDITOR', 'there is no folder for a private file', {
      hint: 'set XDG_RUNTIME_DIR or TMPDIR to a folder that you can write',
    })
  }
  try {
    const file = createPrivateFile(base, draft)
    let content: Buffer
    try {
      await runEditor(file.path, io, () => tell(file.wipe()))
      content = file.read()
    } finally {
      tell(file.wipe())
    }
    return { content, isWiped }
  } catch (error) {
    if (!(error instanceof FileError)) throw error
    throw new VaultError(
      'K3SV_VAULT_EDITOR',
      `the private file for the editor cannot be used${inBrackets(error.errno)}; nothing was changed`,
      {
        location: { file: base },
        hint: 'make room there, or set XDG_RUNTIME_DIR to another folder of yours',
      },
    )
  }
}

/** Plain text that stays somewhere is no matter of --quiet. */
function tellUnwiped({ left, removedOnly }: Wiped, report: Report): void {
  for (const path of left) {
    report.error(
      new VaultError('K3SV_VAULT_EDITOR', 'plain text of the editor could not be removed', {
        location: { file: path },
        hint: 'wipe it by hand: shred -u, as whoever it belongs to',
      }),
    )
  }
  for (const path of removedOnly) {
    report.warn(
      `plain text of the editor was removed, but could not be overwritten before: ${path}`,
    )
  }
}

/**
 * Opens a file in `$EDITOR`, split as a shell would, or in vi, and waits for it.
 * @param wipe called before this process ends by a signal
 * @throws VaultError `K3SV_VAULT_EDITOR`
 */
async function runEditor(path: string, io: Io, wipe: () => void): Promise<void> {
  const words = splitWords(io.environment.variables['EDITOR'] || 'vi', 'no comments')
  const [program, ...args] = words?.map(({ text }) => text) ?? []
  if (program === undefined) {
    throw new UsageError('K3SV_USAGE', 'EDITOR cannot be split into words: a quote is not closed', {
      hint: 'write it as for a shell, such as EDITOR="code --wait"',
    })
  }
  const child = spawn(program, [...args, path], {
    stdio: 'inherit',
    cwd: io.environment.cwd,
    env: childVariables(io.environment),
  })
  const release = guard(child, wipe)
  try {
    await ended(child)
  } finally {
    release()
  }
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.on('error', () => reject(failure('cannot be run')))
    child.on('close', (status, signal) => {
      if (status === 0) resolve()
      else reject(failure(signal ? `was ended by ${signal}` : `failed with exit status ${status}`))
    })
  })
}

/** Answers a function that takes the handlers away again. */
function guard(child: ChildProcess, wipe: () => void): () => void {
  const listenAgain = pauseListening()
  const ignore = (): void => {}
  const end = (signal: NodeJS.Signals): void => {
    child.kill(signal)
    wipe()
    release()
    // Without our handler the signal does what it does to any process.
    process.kill(process.pid, signal)
  }
  for (const signal of LEFT_TO_EDITOR) process.on(signal, ignore)
  for (const signal of ENDING) process.on(signal, end)
  const release = (): void => {
    for (const signal of LEFT_TO_EDITOR) process.off(signal, ignore)
    for (const signal of ENDING) process.off(signal, end)
    listenAgain()
  }
  return release
}

function failure(what: string): VaultError {
  return new VaultError('K3SV_VAULT_EDITOR', `the editor ${what}; the file is left as it was`, {
    hint: 'name another one in EDITOR',
  })
}
