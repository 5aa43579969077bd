// House rules: the text of a document is meant to be read and reviewed in Git, so its form never changes by itself. What is
// read is taken at its word for nothing: every field is checked, and no message repeats what the file holds.
import { StoreError } from '../errors.js'
import { quoteYaml } from '../yaml/quote.js'
import { readYaml, YamlSyntaxError } from '../yaml/read.js'
import { formatCodes } from './binding.js'
import { DOCUMENT_SCHEMA } from './document.js'
import type {
  Binding,
  ClusterDocument,
  FormerTokens,
  KnownCa,
  PendingTokens,
  RotationRecord,
  StoredSecret,
  StoredTokens,
} from './document.js'
import { DOCUMENT_KEYS, readDocument } from './fields.js'
import type { DocumentKey } from './fields.js'

const HEADER = `# Tokens of a K3s cluster, kept by k3s_vars. Commit this file where its secrets are sealed: every controller needs
# the same one. Never edit or delete a secret: former tokens restore the snapshots of their time.
`

/** Vault text that a YAML block scalar carries as it is; anything else is quoted. */
const BLOCK_TEXT = /^(?:[!-~][ -~]*\n)+$/

/** What a document is checked against, and what its errors name. */
export interface Expected {
  readonly cluster: string
  /** The file, or another store's name of the place. */
  readonly file: string
}

/** The YAML text of a document: one fixed form, ending in a newline. */
export function renderDocument(document: ClusterDocument): string {
  return HEADER + renderBody(document)
}

/** As {@link renderDocument}, without the comment that heads the file. */
export function renderBody(document: ClusterDocument): string {
  return DOCUMENT_KEYS.map((key) => renderPair(document, key)).join('') + renderMoved(document)
}

/** The line that says where the document was moved to; empty where it was not. */
export function renderMoved({ moved }: ClusterDocument): string {
  return moved === undefined ? '' : `moved: ${quoteYaml(moved)}\n`
}

/** One top-level `key: value` of a document's text, ending in a newline. */
export function renderPair(document: ClusterDocument, key: DocumentKey): string {
  switch (key) {
    case 'schema':
      return `schema: ${DOCUMENT_SCHEMA}\n`
    case 'generation':
    case 'phase':
      return `${key}: ${document[key]}\n`
    case 'cluster':
      return `cluster: ${quoteYaml(document.cluster)}\n`
    case 'attempt':
      return `attempt: ${quoteYaml(document.writeId)}\n`
    case 'ca':
      return document.ca.length === 0 ? 'ca: []\n' : `ca:\n${document.ca.map(renderCa).join('')}`
    case 'current':
      return `current:\n${indent(renderTokens(document.current))}`
    case 'pending':
      return document.pending === null
        ? 'pending: null\n'
        : `pending:\n${indent(renderTokens(document.pending))}`
    case 'previous':
      return document.previous.length === 0
        ? 'previous: []\n'
        : `previous:\n${indent(renderItems(document.previous))}`
  }
}

/** The items of a document's `previous`, indented from the first column, ending in a newline. */
export function renderItems(former: readonly FormerTokens[]): string {
  return former.map((tokens) => `- ${indent(renderTokens(tokens)).slice(2)}`).join('')
}

/**
 * The document in `text`.
 * @throws StoreError `K3SV_STORE_CORRUPT` with file, line and key where it is none of ours or another cluster's;
 * `K3SV_STORE_SCHEMA` where a newer version wrote it
 */
export function parseDocument(text: string, expected: Expected): ClusterDocument {
  try {
    return readDocument(readYaml(text), expected)
  } catch (error) {
    if (!(error instanceof YamlSyntaxError)) throw error
    throw new StoreError('K3SV_STORE_CORRUPT', 'the token document is not valid YAML', {
      location: { file: expected.file, line: error.line, column: error.column },
      hint: 'look for conflict marks of a merge, or restore the document from Git or a backup',
    })
  }
}

/** Whether a secret of the document lies open in its text. */
export function holdsPlainSecret(document: ClusterDocument): boolean {
  return [document.current, document.pending, ...document.previous].some(
    (tokens) => tokens?.server.form === 'plain' || tokens?.agent?.form === 'plain',
  )
}

function renderTokens(tokens: StoredTokens | FormerTokens | PendingTokens): string {
  return [
    'rotation' in tokens ? `rotation: ${quoteYaml(tokens.rotation)}\n` : '',
    'record' in tokens && tokens.record !== undefined ? renderRecord(tokens.record) : '',
    'retired' in tokens ? `retired: ${quoteYaml(tokens.retired)}\n` : '',
    `created: ${quoteYaml(tokens.created)}\n`,
    tokens.origin ? `origin: ${tokens.origin}\n` : '',
    `fingerprint: ${tokens.fingerprint === null ? 'null' : quoteYaml(tokens.fingerprint)}\n`,
    tokens.guessable ? `guessable: ${tokens.guessable}\n` : '',
    `server: ${renderSecret(tokens.server)}`,
    tokens.agent ? `agent: ${renderSecret(tokens.agent)}` : '',
    tokens.binding ? `binding: ${renderBinding(tokens.binding)}` : '',
  ].join('')
}

function renderRecord({ kind, node, form, snapshots, by }: RotationRecord): string {
  return [
    `kind: ${kind}\n`,
    `node: ${quoteYaml(node)}\n`,
    form === undefined ? '' : `form: ${form}\n`,
    snapshots === undefined ? '' : `snapshots: ${snapshots}\n`,
    `by: ${quoteYaml(by)}\n`,
  ].join('')
}

function renderCa({ hash, source, learnt }: KnownCa): string {
  return `  - hash: ${quoteYaml(hash)}\n    source: ${source}\n    learnt: ${quoteYaml(learnt)}\n`
}

function renderSecret(stored: StoredSecret): string {
  return stored.form === 'plain'
    ? `${quoteYaml(stored.secret.reveal())}\n`
    : renderSealed(stored.text)
}

function renderBinding(binding: Binding): string {
  return binding.form === 'sealed'
    ? renderSealed(binding.text)
    : `${quoteYaml(formatCodes(binding))}\n`
}

function renderSealed(text: string): string {
  return BLOCK_TEXT.test(text) ? `!vault |\n${indent(text)}` : `!vault ${quoteYaml(text)}\n`
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '  ')
}
