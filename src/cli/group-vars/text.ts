// Variables as the text of a vars file, for teams that run no inventory source of ours.
import type { VariableMap } from '../../inventory/variables.js'
import { readsAsOtherType } from '../../yaml-types.js'
import { quoteYaml } from '../../yaml/quote.js'
import { isMapping } from '../../yaml/mapping.js'

/** The line that tells our files from others, and the cluster that one belongs to. */
export function groupVarsHeader(cluster: string): string {
  return `# Tokens of the K3s cluster ${cluster}, written by \`k3s-vars group-vars write\`, which overwrites changes.`
}

/** The YAML text of a vars file: the header, then each variable; the same text for the same variables. */
export function renderGroupVars(cluster: string, variables: VariableMap): string {
  const lines = Object.entries(variables).flatMap(([name, value]) => renderPair(name, value, ''))
  return [groupVarsHeader(cluster), '---', ...lines, ''].join('\n')
}

function renderPair(name: string, value: unknown, indent: string): string[] {
  const key = /^[A-Za-z_][\w-]*$/.test(name) && !readsAsOtherType(name) ? name : quoteYaml(name)
  if (!isMapping(value) || markOf(value) !== undefined || Object.keys(value).length === 0) {
    return [`${indent}${key}: ${renderFlow(value)}`]
  }
  const inner = Object.entries(value).flatMap(([below, one]) =>
    renderPair(below, one, `${indent}  `),
  )
  return [`${indent}${key}:`, ...inner]
}

/** JSON is YAML; sealed and unsafe text get the tags that stand for their JSON form. */
function renderFlow(value: unknown): string {
  if (typeof value === 'string') return quoteYaml(value)
  if (Array.isArray(value)) return `[${value.map(renderFlow).join(', ')}]`
  if (!isMapping(value)) return JSON.stringify(value)
  const marked = markOf(value)
  if (marked !== undefined) return `${marked.tag} ${quoteYaml(marked.text)}`
  const pairs = Object.entries(value).map(([name, one]) => `${quoteYaml(name)}: ${renderFlow(one)}`)
  return `{${pairs.join(', ')}}`
}

function markOf(value: VariableMap): { readonly tag: string; readonly text: string } | undefined {
  const { __ansible_unsafe: unsafe, __ansible_vault: sealed } = value
  if (typeof unsafe === 'string') return { tag: '!unsafe', text: unsafe }
  return typeof sealed === 'string' ? { tag: '!vault', text: sealed } : undefined
}
