// Finds candidates in text of any sort, line by line.
import { extraVars, hasExtraVars, optionValues } from './arguments-in-line.js'
import type { Candidate } from './candidate.js'
import { environmentValues } from './environment-in-line.js'
import type { FileTraits } from './file-traits.js'
import { candidateAt, readShellValue, readYamlValue } from './line.js'
import type { Line } from './line.js'
import { CONFIG_KEYS, isEnvironmentName, kindOfName } from '../role/token-names.js'

/** Cheap, so that nearly all lines of a tree cost one pass. */
const RELEVANT = /token|secret|K10/i
const COMMENT = /^\s*(?:#(?!!)|\/\/|;|--\s|REM\s|<!--)/i

/**
 * The candidates in `text`, in their order.
 * @param isLoose whether a line, from 1, is searched for names that the file's structure would tell
 */
export function findInLines(
  text: string,
  file: FileTraits,
  isLoose: (line: number) => boolean,
): Candidate[] {
  const lines = text.split(/\r\n|\n|\r/)
  return lines.flatMap((line, index) => {
    if (!RELEVANT.test(line)) return []
    const isComment = COMMENT.test(line)
    const number = index + 1
    return findInLine({
      text: line,
      next: lines[number] ?? '',
      number,
      file,
      isComment,
      isLoose: isComment || isLoose(number),
    })
  })
}

function findInLine(line: Line): Candidate[] {
  return [
    ...environmentValues(line),
    ...optionValues(line),
    ...extraVars(line),
    ...(line.isLoose ? [...assignedVariables(line), ...configKeys(line)] : []),
    ...secureTokens(line),
  ]
}

const SECURE = /K10(?:[0-9a-fA-F]{64})?::[^\s"'`<>|;,\\]{8,1024}/g

function secureTokens(line: Line): Candidate[] {
  return [...line.text.matchAll(SECURE)].map(({ 0: text, index }) =>
    candidateAt(line, { text, start: index }, '', 'shape'),
  )
}

const ASSIGNED =
  /(?<![\w.$@%-]|\$\{)([A-Za-z_]\w*)["'\]]{0,2}[ \t]{0,80}(?::=|=>|[:=])[ \t]{0,80}(?=[^\s=>])/g

/** Variables by name where no structure is read: inventories, scripts, HCL, templates, comments. */
function assignedVariables(line: Line): Candidate[] {
  const { text, file } = line
  if (hasExtraVars(line)) return []
  return [...text.matchAll(ASSIGNED)].flatMap((match) => {
    const name = match[1]!
    const kind = kindOfName(name)
    const isElsewhere = kind === 'generic' && !file.isInventory && !file.isVars
    if (kind === 'other' || isElsewhere || isEnvironmentName(name)) return []
    const start = match.index + match[0].length
    if (file.isCode && !/["']/.test(text[start]!)) return []
    const isYaml = match[0].trimEnd().endsWith(':')
    const value = isYaml ? readYamlValue(text, start) : readShellValue(text, start)
    return [candidateAt(line, value, name, 'variable')]
  })
}

const KEY = /^[\s#]{0,80}(?:- )?["']?((?:agent-)?token)["']?:[ \t]+/

/** Keys of config.yaml in a here-document, a block of YAML text or a file that cannot be parsed. */
function configKeys(line: Line): Candidate[] {
  const key = KEY.exec(line.text)
  const name = key?.[1] ?? ''
  const isOfK3s = name === 'agent-token' || line.file.mentionsK3s
  if (key === null || !CONFIG_KEYS.has(name) || !isOfK3s || line.file.isHistory) return []
  return [candidateAt(line, readYamlValue(line.text, key[0].length), name, 'variable')]
}
