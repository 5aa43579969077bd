// Tokens among the arguments of commands. Other programs have a `--token`, too: which program it is decides.
import { kindOfValue } from '../value.js'
import type { FormId } from '../forms/forms.js'
import type { Command } from './commands.js'
import { decoded } from './piece.js'
import type { Line } from './line.js'
import { trimSigns } from './words.js'

/** A word of a command, and what a reader needs to find it again. */
export interface Argument {
  readonly text: string
}

export interface OptionValue {
  readonly form: FormId
  readonly option: string
  /** Index of the word that the value is in. */
  readonly index: number
  readonly text: string
}

const OPTION =
  /^(?<option>--(?:(?:agent-|new-|node-|join-|server-)?token|(?:agent-)?cluster-secret|(?:[\w-]{1,40}-)?(?:k3s|rke2)-(?:[\w-]{1,40}-)?(?:token|secret)))(?:=(?<value>.*))?$/s
const SHORT = /^(?<option>-t)(?:=(?<value>.*))?$/s
/** In a list of arguments as k3d takes it: `--token=value@server:0`. */
const FILTER = /@(?:server|agent|all|loadbalancer)s?(?::[\d*,-]{1,20})?$/

const K3S =
  /(?:^|\/)(?:k3s|rke2)(?:-[\w.]+)?(?:[:@][\w.+-]*)?$|^\/?(?:[\w.-]+\/)*(?:k3s|rke2)[\w.-]*$/i
const RELATIVES =
  /(?:^|\/)(?:k3d|k3sup|autok3s|rancherd|k3os|k3s-\w+|rke2-\w+)$|get\.(?:k3s|rke2)\.io|(?:k3s|rke2)[\w./-]{0,200}\.sh$|^INSTALL_(?:K3S|RKE2)|^\w{0,40}(?:K3S|RKE2)\w{0,40}\+?=\($|^(?:K3S|RKE2)_URL=|^ExecStart=/
/** Programs that run whatever an image holds. */
const CONTAINERS = /^(?:\S*\/)?(?:docker|podman|nerdctl|finch)$/
const IMAGE = /(?:^|[/}])(?:k3s|rke2)(?:[:@](?!\/).*)?$|^(?:k3d|k3sup)$/
/** Options whose value somebody makes up. */
const NAMES = /^(?:--(?:name|hostname|network|net|label|volume|context|namespace)|-[hlvn])$/
const ROLES = /^(?:ExecStart=)?(?:server|agent)$/
/** What runs within `k3s`, or beside it, with arguments of its own. */
const OTHERS = /^(?:kubectl|crictl|ctr|etcdctl|helm)$/
const FOREIGN =
  /(?:^|\/)(?:gh|glab|kubectl|kubeadm|helm|vault|bao|curl|wget|argocd|flux|gitlab-runner|cloudflared|doctl|influx|consul|nomad|tailscale|npm|docker-machine|git|tar|mount|nc)$/

/** The options of K3s among the words of one command. */
export function optionsOf(
  words: readonly Argument[],
  before: readonly Argument[],
  isOfK3s: boolean,
): OptionValue[] {
  const found: OptionValue[] = []
  for (const [index, { text }] of words.entries()) {
    if (text[0] !== '-') continue
    const long = OPTION.exec(text)
    const match = long ?? SHORT.exec(text)
    if (match === null) continue
    const isNamed = long !== null && /k3s|rke2/i.test(long.groups!['option']!)
    const evidence = isNamed || evidenceFor(words.slice(0, index), before)
    const isKnown =
      long === null ? isShort(words.slice(0, index), evidence, isOfK3s) : (evidence ?? isOfK3s)
    if (!isKnown && !(isOfK3s && isSetting(words))) continue
    const { option, value } = match.groups!
    const next = words[index + 1]?.text ?? ''
    if (value === undefined && (next === '' || next.startsWith('-'))) continue
    const raw = value ?? next
    found.push({
      form: long === null ? 'short-option' : 'option',
      option: option!,
      index: value === undefined ? index + 1 : index,
      text: raw.replace(FILTER, ''),
    })
  }
  return found
}

function isOfK3s(text: string): boolean {
  return (K3S.test(text) && !text.includes('://')) || RELATIVES.test(text)
}

/** Whether the words say that K3s or a relative is run; undefined: they name no program at all. */
function evidenceFor(words: readonly Argument[], before: readonly Argument[]): boolean | undefined {
  let isK3s = false
  const isContainer = words.some(({ text }) => CONTAINERS.test(text))
  for (const [index, { text }] of words.entries()) {
    if (NAMES.test(words[index - 1]?.text ?? '')) continue
    if (isContainer ? IMAGE.test(text) : isOfK3s(text) || ROLES.test(text)) isK3s = true
    else if (OTHERS.test(text) || FOREIGN.test(text)) return false
  }
  if (isK3s) return true
  if (before.some(({ text }) => RELATIVES.test(text))) return true
  const first = words.find(
    ({ text }) => !/^(?:sudo|env|exec|nohup|CMD|ENTRYPOINT|-.*|\w+=.*)$/s.test(text),
  )
  return first === undefined || words[0]!.text.startsWith('-') ? undefined : false
}

/** Arguments that a setting of a service holds: `Exec=agent --server …`, `command_args="agent --server …"`. */
function isSetting([first, second]: readonly Argument[]): boolean {
  return (
    /^[\w.-]{1,60}=["']?(?:server|agent)$/.test(first?.text ?? '') && /^-/.test(second?.text ?? '')
  )
}

/** `-t` means the token after `server`, `agent` and `token rotate` only. */
function isShort(
  words: readonly Argument[],
  evidence: boolean | undefined,
  isOfK3s: boolean,
): boolean {
  const role = words.findLastIndex(({ text }) => ROLES.test(text) || text === 'rotate')
  if (role < 0 || evidence === false) return false
  const behind = words.slice(role + 1)
  if (behind.some(({ text }) => K3S.test(text))) return false
  const program = words.slice(0, role).some(({ text }) => K3S.test(text) || RELATIVES.test(text))
  if (words[role]!.text === 'rotate') return program && words[role - 1]?.text === 'token'
  return program || (isOfK3s && role === 0)
}

/** Gathers the values of options in a command of a line. */
export function readOptions(line: Line, command: Command): void {
  const { words, before } = command
  if (!words.some(({ text }) => text.startsWith('-') || text.includes('=-'))) return
  const { gather, piece } = line
  const isOfK3s = line.isOfK3s === true || (gather.traits.mentionsK3s && !gather.traits.isHistory)
  for (const { form, option, index, text } of optionsOf(words, before, isOfK3s)) {
    const word = words[index]!
    if (word.kind !== 'word' || kindOfValue(text) === 'empty') continue
    const inner = decoded(piece, word.start, word.end, word.text)
    const value = trimSigns(text)
    const at = word.text.lastIndexOf(value)
    gather.add(form, option, { text: value, piece: inner, at, isComment: line.isComment })
  }
}
