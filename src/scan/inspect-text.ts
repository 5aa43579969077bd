import { isVaultText } from '../vault/envelope.js'
import { readYamlValues } from '../ansible-files/vars-file/yaml-values.js'
import type { YamlValue } from '../ansible-files/vars-file/yaml-values.js'
import { YamlSyntaxError } from '../yaml/syntax-error.js'
import { allowedBy } from './allow.js'
import type { Candidate } from './candidate.js'
import { traitsOf } from './file-traits.js'
import type { FileTraits } from './file-traits.js'
import type { Hit } from './finding.js'
import { classifyCandidate } from './classify.js'
import { readCode } from './read/code.js'
import { readFlow } from './read/flow.js'
import { Gather } from './read/gather.js'
import { DATA, languageOf } from './read/language.js'
import { readMarkup } from './read/markup.js'
import { part } from './read/piece.js'
import { readRepeated } from './read/repeated.js'
import { readStructure } from './read/structure.js'
import type { NamedValue, Reference, ValueFindings } from './read/structure.js'
import { ANCHOR, readCommands, readText } from './read/text.js'
import { readPasswordScript } from './read/vault-passwords.js'

/** A file as it was looked at. */
export interface Inspected {
  readonly traits: FileTraits
  /** What the file alone tells. */
  readonly hits: readonly Hit[]
  /** Values sealed inline that stand where tokens stand. */
  readonly sealed: readonly NamedValue[]
  /** Values that are tokens if a token variable of any file refers to their name. */
  readonly others: readonly NamedValue[]
  readonly references: readonly Reference[]
  /** Whether the whole file is Ansible Vault text; then there is nothing else. */
  readonly isVault: boolean
  /** Whether a comment in the file allows the hit. */
  readonly isAllowed: (hit: Hit) => boolean
}

/**
 * Looks at the text of a file. Pure, and linear in the text but for the YAML parser and the lexer, which get no more than a
 * megabyte.
 * @param path relative, with forward slashes: it tells what kind of file it is
 */
export function inspectText(path: string, text: string): Inspected {
  const traits = traitsOf(path, text)
  const isVault = isVaultText(text)
  const gather = new Gather(text, traits)
  const found = isVault || !isRelevant(text, traits) ? NOTHING : readAll(path, text, gather)
  return {
    traits,
    hits: hitsOf(text, gather),
    sealed: found.values.filter(({ isSealed, place }) => isSealed && place === 'token'),
    others: found.values.filter(({ place }) => place === 'other'),
    references: found.references,
    isVault,
    isAllowed: allowedBy(text),
  }
}

/** What the candidates are told as, and the further places of those that are tokens. */
function hitsOf(text: string, gather: Gather): Hit[] {
  const classify = (one: Candidate): Told => ({ one, hits: classifyCandidate(one, gather.traits) })
  const told = withoutDoubles(gather.candidates).map(classify)
  const tokens = told.filter(({ hits }) => hits.length > 0).map(({ one }) => one)
  const known = gather.candidates.length
  readRepeated(text, tokens, gather)
  const further = withoutDoubles(gather.candidates.slice(known)).map(classify)
  return [...told, ...further]
    .sort(({ one: a }, { one: b }) => a.line - b.line || a.column - b.column)
    .flatMap(({ hits }) => hits)
}

interface Told {
  readonly one: Candidate
  readonly hits: readonly Hit[]
}

const NOTHING: ValueFindings = { values: [], references: [] }
/** What a file must speak of for any form to find something in it. */
const RELEVANT =
  /k3s|rke2|rancher|k3d|ansible-playbook|--extra-vars|K10(?:[0-9a-f]{64})?::|vault[-_.]?(?:pass|pw|id|key)/i
const ANY = new RegExp(ANCHOR.source, 'i')
/** What YAML and JSON must have, which say less of what they are for: a key, or a word, that is a token by itself. */
const WORTH_PARSING =
  /(?<![\w.])(?:(?:agent|join|node|server|cluster|bootstrap|worker|master)[-_.]?)?token(?![\w-])|(?:k3s|rke2)[\w.:-]{0,60}(?:token|secret)|(?:cluster|shared)[-_.]?secret|!vault|__ansible_vault|vault_\w+["']?\s*:|vault[-_.]?pass|^attempt:|(?<![\w-])-t(?![\w-])/im

/** Lists of tokens, each under the name of what it is for. */
const LISTS = /(?:tokens|secrets?)["']?:/i
const OF_K3S = /(?:k3s|rke2)[\w-]{0,20}["']?:/i

function isRelevant(text: string, traits: FileTraits): boolean {
  const { isPasswordScript, isStructured, isVars, isInventory, isK3sConfig } = traits
  if (isStructured) return WORTH_PARSING.test(text) || (LISTS.test(text) && OF_K3S.test(text))
  if (!ANY.test(text) && !text.includes('K10')) return isPasswordScript
  if (isPasswordScript || isVars || isInventory || isK3sConfig) return true
  return traits.mentionsK3s || RELEVANT.test(text)
}

/** Vars files and sources are small; a larger file is read by its lines. */
const MOST_PARSED = 1024 * 1024

function readAll(path: string, text: string, gather: Gather): ValueFindings {
  const { traits, places } = gather
  const whole = places.whole()
  const isSmall = text.length <= MOST_PARSED
  const values = traits.isStructured && isSmall ? readValues(text) : undefined
  const language = isSmall
    ? (languageOf(path, text) ?? (isJson(path) ? DATA : undefined))
    : undefined
  if (traits.isPasswordScript) readPasswordScript(whole, gather)
  readShapes(text, gather)
  if (values !== undefined) {
    const found = readStructure(values, gather)
    readComments(text, gather)
    return found
  }
  if (language !== undefined) {
    readCode(whole, language, gather)
    readCommands(whole, gather)
  } else if (traits.isMarkup) readMarkup(whole, gather)
  else {
    readText(whole, { isComment: false }, gather)
    readFlow(text, whole, gather)
  }
  return NOTHING
}

function isJson(path: string): boolean {
  return /\.(?:json|tfstate)$/i.test(path)
}

const TEMPLATE = /^[^#"'\n]{0,200}:[ \t]{1,20}\{\{/gm

/** Whether a value begins with `{{`, without quotes: then it is no YAML before it is filled in, though a parser may take it for some. */
function isTemplate(text: string, values: readonly YamlValue[]): boolean {
  const bodies = values.flatMap(({ body }) => (body === undefined ? [] : [body]))
  return [...text.matchAll(TEMPLATE)].some(
    ({ index }) => !bodies.some(({ start, end }) => start <= index && index < end),
  )
}

/** The values of YAML or JSON; undefined for what is neither in spite of its name. */
function readValues(text: string): readonly YamlValue[] | undefined {
  try {
    const values = readYamlValues(text)
    return isTemplate(text, values) ? undefined : values
  } catch (error) {
    if (error instanceof YamlSyntaxError) return undefined
    throw error
  }
}

const COMMENT = /^[ \t]{0,200}#.{0,2000}$/gm

/** Comments of a file whose structure is read. */
function readComments(text: string, gather: Gather): void {
  const whole = gather.places.whole()
  for (const { 0: comment, index } of text.matchAll(COMMENT)) {
    readText(part(whole, index, index + comment.length), { isComment: true }, gather)
  }
}

const SECURE = /K10(?:[0-9a-fA-F]{64})?::[^\s"'`<>|;,\\]{8,1024}(?<![)\]}])/g

function readShapes(text: string, gather: Gather): void {
  const whole = gather.places.whole()
  for (const { 0: token, index } of text.matchAll(SECURE)) {
    gather.add('shape', '', { text: token, piece: whole, at: index })
  }
}

/** One text on one line is one finding, under the first name that was found for it. */
function withoutDoubles(candidates: readonly Candidate[]): Candidate[] {
  const seen = new Map<string, Candidate>()
  for (const candidate of candidates) {
    const mark = `${candidate.line} ${candidate.text.reveal().trim()}`
    const known = seen.get(mark)
    if (known === undefined || rankOf(candidate) < rankOf(known)) seen.set(mark, candidate)
  }
  return [...seen.values()].sort((a, b) => a.line - b.line || a.column - b.column)
}

/** The surer form tells. */
function rankOf({ form, isGuess, isComment }: Candidate): number {
  return (form === 'shape' ? 1 : 0) + (isGuess === true ? 4 : 0) + (isComment ? 2 : 0)
}
