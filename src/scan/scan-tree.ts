// Finds tokens and vault passwords that lie open in files. Begin here: files are scanned one by one (inspect-text.ts), and then
// for what only all of them together tell: the values that token variables refer to, and what is sealed. rules.ts is what is
// told, forms/ in which forms secrets stand, read/ how each sort of text is read, value.ts what a value is, classify.ts decides,
// finding.ts is what comes out.
import type { TreeFile } from '../ansible-files/tree/list.js'
import type { Environment } from '../environment.js'
import type { Vault } from '../vault/vault.js'
import type { NamedValue, Reference } from './read/structure.js'
import { findingOf, sortFindings } from './finding.js'
import type { Hit, ScanFinding } from './finding.js'
import { inspectText } from './inspect-text.js'
import type { Inspected } from './inspect-text.js'
import { classifyCandidate } from './classify.js'
import { breaksInline } from './breaks-inline.js'
import { classifyValue, classifyWholeFile, openSealed } from './open-sealed.js'
import type { Opening, SealedText } from './open-sealed.js'
import { findPasswordFiles } from './password-files.js'
import { readTextFile } from './read-text.js'

export interface ScanOptions {
  readonly environment: Environment
  /** Undefined: nothing sealed is opened. */
  readonly vault: Vault | undefined
  /** Called after each file. */
  readonly onFile: () => void
}

export interface ScanResult {
  /** In order of files and places. */
  readonly findings: readonly ScanFinding[]
  /** How many a comment allows. */
  readonly allowed: number
  /** How many files were looked at. */
  readonly scanned: number
  /** Binary and very large ones. */
  readonly skipped: number
  readonly sealed: Opening
}

/** One file with what was seen in it. */
interface Seen extends Omit<Inspected, 'hits'> {
  readonly entry: TreeFile
  readonly hits: Hit[]
  /** The text of a file that is sealed as a whole. */
  readonly whole: string
}

/** Looks for tokens and vault passwords in the files. */
export async function scanFiles(
  files: readonly TreeFile[],
  options: ScanOptions,
): Promise<ScanResult> {
  const { seen, skipped, failures } = await readAll(files, options.onFile)
  const references = indexReferences(seen.flatMap((file) => file.references))
  const sealed = seen.flatMap((file) => resolve(file, references))
  const opening =
    options.vault === undefined
      ? { opened: 0, unopened: sealed.length, reason: undefined }
      : await openSealed(sealed, options.vault)
  const all = seen.flatMap(({ entry, hits, isAllowed }) =>
    hits.map((hit) => ({ isAllowed: isAllowed(hit), finding: findingOf(hit, entry) })),
  )
  const findings = all.filter((one) => !one.isAllowed).map(({ finding }) => finding)
  return {
    findings: sortFindings([
      ...findings,
      ...failures,
      ...findPasswordFiles(files, options.environment),
    ]),
    allowed: all.length - findings.length,
    scanned: seen.length,
    skipped,
    sealed: opening,
  }
}

const BUSY_MILLISECONDS = 50

/** Gives way now and then, so that a signal is heard and a bar is drawn. */
async function readAll(files: readonly TreeFile[], onFile: () => void) {
  const seen: Seen[] = []
  const failures: ScanFinding[] = []
  let skipped = 0
  let since = performance.now()
  for (const entry of files) {
    if (performance.now() - since > BUSY_MILLISECONDS) {
      await new Promise((resolve) => setImmediate(resolve))
      since = performance.now()
    }
    const content = readTextFile(entry.file)
    if (content.form === 'text') seen.push(look(entry, content.text))
    else if (content.form === 'unreadable')
      failures.push(findingOf({ rule: 'unreadable', key: '' }, entry))
    else if (content.form !== 'gone') skipped++
    onFile()
  }
  return { seen, skipped, failures }
}

function look(entry: TreeFile, text: string): Seen {
  const inspected = inspectText(entry.path, text)
  const { hits, isVault } = inspected
  return { ...inspected, entry, hits: [...hits], whole: isVault ? text : '' }
}

/** The variables that templates of token variables refer to → whether one of these breaks a value that is sealed inline. */
type References = ReadonlyMap<string, boolean>

export function indexReferences(references: readonly Reference[]): References {
  const index = new Map<string, boolean>()
  for (const { from, to } of references) {
    index.set(to, breaksInline(from) || (index.get(to) ?? false))
  }
  return index
}

/** Adds the hits that other files decide, and answers what of the file is to be opened. */
function resolve(file: Seen, references: References): SealedText[] {
  const referred = file.others.filter(({ name }) => references.has(name))
  for (const value of referred) {
    if (!value.isSealed) file.hits.push(...classifyCandidate(value, file.traits))
  }
  const inline = [...file.sealed, ...referred.filter(({ isSealed }) => isSealed)]
  for (const value of inline) {
    if (isBrokenInline(value, references)) {
      const { line, column, key } = value
      file.hits.push({ rule: 'inline-vault', line, column, key })
    }
  }
  const take = (hits: readonly Hit[]): void => void file.hits.push(...hits)
  if (file.isVault) {
    return [{ text: file.whole, classify: classifyWholeFile(file.entry.path), take }]
  }
  return inline.map((value) => ({
    text: value.text.reveal(),
    classify: classifyValue(value),
    take,
  }))
}

/** Under its own name, or that of a token variable that ends with it. */
function isBrokenInline({ name, form }: NamedValue, references: References): boolean {
  return form !== 'document' && (breaksInline(name) || (references.get(name) ?? false))
}
