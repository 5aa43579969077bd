// Tokens in the arguments of commands: options of K3s and its installers, extra vars of Ansible.
import type { Candidate } from './candidate.js'
import { after, candidateAt, matchAt, REACH, readShellValue } from './line.js'
import type { Line, LineValue } from './line.js'
import { kindOfName } from '../role/token-names.js'

const OPTION = /(?<![\w-])--(?:agent-)?token(?![\w-])/g
const SEPARATOR = /=|[ \t]{1,80}|["'][ \t]{0,80},?[ \t]{0,80}["']/y
/** An option that is an item by itself, its value being the next one. */
const LIST_ITEM = /^(?:- ["']?|["'])--(?:agent-)?token["']?,?$/
const OF_K3S = /k3s|rke2|k3d|rancher|kubeadm|\b(?:server|agent) --/i

/** The values of `--token` and `--agent-token`. */
export function optionValues(line: Line): Candidate[] {
  const matches = [...line.text.matchAll(OPTION)]
  if (matches.length === 0) return []
  // Other programs have an option of this name, too; in a history each line is a program of its own.
  const isOfK3s = line.file.isHistory ? OF_K3S.test(line.text) : line.file.mentionsK3s
  return matches.flatMap(({ 0: name, index }) => {
    const value =
      name === '--token' && !isOfK3s ? undefined : optionValue(line, index + name.length)
    const isValue = value !== undefined && value.text !== '' && !value.text.startsWith('-')
    return isValue ? [candidateAt(line, value, name, 'argument')] : []
  })
}

function optionValue({ text, next }: Line, end: number): LineValue | undefined {
  const rest = after(text, end).trim()
  if (rest === '\\' || LIST_ITEM.test(text.slice(0, REACH).trim())) {
    const head = /^\s*(?:- )?/.exec(next)![0].length
    return { ...readShellValue(next, head), start: end }
  }
  const separator = matchAt(SEPARATOR, text, end)
  return separator === undefined ? undefined : readShellValue(text, end + separator[0].length)
}

const EXTRA_VARS = /--extra-vars|(?:^|\s)-e(?=[\s"'{@])/
const VARIABLE = /(?<!\w)([A-Za-z_]\w*)["']?[ \t]{0,80}[=:][ \t]{0,80}(?=[^\s=])/g

/** Whether the line hands variables to Ansible as arguments. */
export function hasExtraVars({ text }: Line): boolean {
  return text.includes('--extra-vars') || (text.includes('ansible') && EXTRA_VARS.test(text))
}

/** The token variables among the extra vars of the line. */
export function extraVars(line: Line): Candidate[] {
  if (!hasExtraVars(line)) return []
  const from = line.text.search(EXTRA_VARS)
  return [...line.text.slice(from).matchAll(VARIABLE)]
    .filter(([, name]) => kindOfName(name!) !== 'other')
    .map((match) => {
      const value = readShellValue(line.text, from + match.index + match[0].length)
      const withoutBracket = { ...value, text: value.text.replace(/\}$/, '') }
      return candidateAt(line, withoutBracket, `--extra-vars ${match[1]!}`, 'argument')
    })
}
