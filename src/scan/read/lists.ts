// Arguments of commands that YAML and JSON write as lists: of containers, of services, of `runcmd`.
import type { YamlValue } from '../../ansible-files/vars-file/yaml-values.js'
import type { Gather } from './gather.js'
import { optionsOf } from './options.js'
import type { Siblings } from './siblings.js'

const IMAGE = /(?:^|\/)(?:k3s|rke2|k3d)[\w.-]*(?:[:@]|$)/i

/** Gathers the options among the items of lists, each list being one command. */
export function readArguments(all: readonly YamlValue[], siblings: Siblings, gather: Gather): void {
  let list: YamlValue[] = []
  for (const value of all) {
    if (list.length > 0 && !isNext(list.at(-1)!, value)) {
      readList(list, siblings, gather)
      list = []
    }
    if (typeof value.path.at(-1) === 'number') list.push(value)
    else readLine(value, siblings, gather)
  }
  readList(list, siblings, gather)
}

function isNext(last: YamlValue, value: YamlValue): boolean {
  const [a, b] = [last.path, value.path]
  if (a.length !== b.length || last.document !== value.document) return false
  return (
    a.at(-1) === Number(b.at(-1)) - 1 && a.slice(0, -1).every((step, index) => step === b[index])
  )
}

/** An argument that stands alone under its key: `arg: --token=…`. */
function readLine(value: YamlValue, siblings: Siblings, gather: Gather): void {
  if (/^--[\w-]*(?:token|secret)=\S+$/.test(value.text)) readList([value], siblings, gather)
}

function readList(list: readonly YamlValue[], siblings: Siblings, gather: Gather): void {
  const first = list[0]
  if (first === undefined || !list.some(({ text }) => /^-(?:t$|t=|-)/.test(text))) return
  const image = siblings.above(first, typeof first.path.at(-1) === 'number' ? 2 : 1, 'image')?.text
  const isOfK3s = image === undefined ? gather.traits.mentionsK3s : IMAGE.test(image)
  const command = siblings.above(first, 2, 'command')?.text
  const before = command === undefined ? [] : [{ text: command }]
  for (const { form, option, index, text } of optionsOf(list, before, isOfK3s)) {
    const value = list[index]!
    if (/\s/.test(text)) continue
    const piece = { text: value.text, start: value.span.start, end: value.span.end, isExact: false }
    gather.add(form, option, { text, piece, at: value.text.lastIndexOf(text) })
  }
}
