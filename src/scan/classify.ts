import { parseToken } from '../token/parse.js'
import { secretPart } from '../token/format.js'
import { fingerprintOf } from '../token/fingerprint.js'
import { BOOTSTRAP_PATTERN, SECURE_PREFIX, SHORTEST } from '../token/grammar.js'
import { isSampleToken } from '../token/samples.js'
import { estimateBits } from '../token/strength.js'
import { Secret } from '../secret.js'
import { K3sVarsError } from '../errors.js'
import { FORMS } from './forms/forms.js'
import type { Candidate } from './candidate.js'
import type { FileTraits } from './file-traits.js'
import type { Hit } from './finding.js'
import type { ScanRuleId } from './rules.js'
import { isProse, kindOfValue, looksRandom } from './value.js'

/** No token is longer; classifying costs more than reading. */
const LONGEST = 1024
const WEAK_BITS = 80

/** What is wrong with a text where it stands; empty for one that is no token. */
export function classifyCandidate(candidate: Candidate, file: FileTraits): readonly Hit[] {
  const value = candidate.text.reveal().trim()
  if (value.length > LONGEST) return []
  const kind = kindOfValue(value)
  if (kind === 'sealed') return [hit(candidate, 'sealed-text')]
  if (kind !== 'secret') return []
  const { via } = FORMS[candidate.form]
  if (via === 'document') return [hit(candidate, 'plain-document', fingerprint(value))]
  if (candidate.isGuess === true && !looksRandom(value)) return []
  const isExample = file.isSample || file.isDocument || candidate.isComment
  if (via === 'vault')
    return isExample && !looksRandom(value) ? [] : [hit(candidate, 'vault-password')]
  if (isSampleToken(value))
    return isExample ? sampleInSample(candidate, file) : [hit(candidate, 'sample-token')]
  if (value.startsWith(SECURE_PREFIX) && value.includes('::'))
    return classifySecure(candidate, value)
  if (isExample && !looksRandom(value)) return []
  if (METASYNTACTIC.test(value) && !isKept(file)) return []
  if (via !== 'variable' && isProse(value)) return []
  if (BOOTSTRAP_PATTERN.test(value)) return [hit(candidate, 'bootstrap-token')]
  const first = hit(candidate, ruleOf(candidate, file), fingerprint(value))
  return isWeak(value) ? [first, hit(candidate, 'weak-token')] : [first]
}

/** What stands for any token in tests and usage texts; a real one in what is kept for a cluster. */
const METASYNTACTIC =
  /^(?:abc(?:def)?|foo|bar|baz|qux|xyz|test|dummy|fake|blah|value|x+|abc-?123)$/i

function isKept({ isVars, isInventory, isK3sConfig, isStructured }: FileTraits): boolean {
  return isVars || isInventory || isK3sConfig || isStructured
}

/** The rules that hold for the text of a sealed value, whatever it stands in. */
export function classifyOpened(candidate: Candidate): readonly Hit[] {
  const text = candidate.text.reveal()
  const value = text.trim()
  const hits: Hit[] = text === value ? [] : [hit(candidate, 'trailing-newline')]
  if (value.length > LONGEST || kindOfValue(value) !== 'secret') return hits
  if (isSampleToken(value)) return [...hits, hit(candidate, 'sample-token')]
  return isWeak(passwordOf(value) ?? value) ? [...hits, hit(candidate, 'weak-token')] : hits
}

/** A sample in a sample is what it is there for: worth a note, because samples are copied. */
function sampleInSample(candidate: Candidate, file: FileTraits): Hit[] {
  return file.isSample && !candidate.isComment
    ? [{ ...hit(candidate, 'sample-token'), severity: 'note' }]
    : []
}

function classifySecure(candidate: Candidate, value: string): Hit[] {
  const password = passwordOf(value)
  // One that K3s could not read may still be a real one that lost a part.
  const secret = password ?? value.slice(value.indexOf('::') + 2)
  const isExample =
    kindOfValue(secret) !== 'secret' || (password === undefined && !looksRandom(secret))
  // One digit over and over is no hash.
  if (isExample || /^K10(.)\1{63}::/.test(value)) return []
  return [
    hit(candidate, 'secure-token', password === undefined ? undefined : fingerprint(password)),
  ]
}

/** The secret part; undefined for what K3s could not read. */
function passwordOf(value: string): string | undefined {
  try {
    return secretPart(parseToken(value)).reveal()
  } catch (error) {
    if (error instanceof K3sVarsError) return undefined
    throw error
  }
}

function ruleOf({ form }: Candidate, file: FileTraits): ScanRuleId {
  if (file.isHistory) return 'history-token'
  return FORMS[form].via === 'argument' ? 'argument-token' : 'plain-token'
}

function isWeak(value: string): boolean {
  return value.length < SHORTEST || estimateBits(value) < WEAK_BITS
}

/** K3s's own fingerprint of a strong token; of a weak one it would give the token away. */
function fingerprint(value: string): string | undefined {
  return fingerprintOf(new Secret(passwordOf(value) ?? value), 'brought') ?? undefined
}

function hit(candidate: Candidate, rule: ScanRuleId, fingerprint?: string): Hit {
  const { line, column, nameLine, key, form } = candidate
  return {
    rule,
    form,
    line,
    column,
    key,
    ...(nameLine === undefined ? {} : { nameLine }),
    ...(fingerprint === undefined ? {} : { fingerprint }),
  }
}
