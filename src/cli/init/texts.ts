// What `k3s-vars init` writes.
import { quoteYaml } from '../../yaml/quote.js'
import type { CfgLine } from './cfg-lines.js'
import type { Choices } from './choices.js'
import { LAUNCHER } from './project.js'

const HEAD = `# The clusters whose tokens k3s_vars keeps. \`k3s-vars check\` tells what would
# keep a token from a play's hosts.
`

const OTHER_OPTIONS = `    # agent_token: true # agents join with a token of their own
    # emit: plain # or vaulted: handed to Ansible still sealed
    # mint: outside-ci # or never: only \`k3s-vars token new\` makes a token
    # A load balancer, which is asked, too, whether K3s lives there already:
    # endpoint: https://k3s.example.com:6443
    # encrypt: always # or never: tokens in the clear
    # store: k3s_tokens # the folder of the tokens; commit it

# defaults: {} # options for every cluster
# include: clusters.d/*.yml # more clusters, in files of their own
`

/**
 * A configuration with every other option as a comment.
 * @param schema for editors: https://github.com/redhat-developer/yaml-language-server, "Using inlined schema"
 */
export function configText(choices: Choices, schema: string | undefined): string {
  const { cluster, role, vaultId, way } = choices
  return [
    ...(schema === undefined ? [] : [`# yaml-language-server: $schema=${schema}\n`]),
    HEAD,
    `clusters:\n  ${cluster}:\n    role: ${role.id} # the Ansible role that reads the token\n`,
    way === 'source' ? HOSTS : '    # The hosts are those of your inventory, by its groups.\n',
    ...groupLines(choices),
    ...(vaultId === undefined
      ? ['    # vault_id: prod # the vault id that seals the tokens\n']
      : [`    vault_id: ${quoteYaml(vaultId)} # the vault id that seals the tokens\n`]),
    ...keptLines(choices),
    ...(way === 'source' ? [LEVEL] : []),
    OTHER_OPTIONS,
  ].join('')
}

/** The host of a new configuration, which is nobody's. */
export const HOST_TO_REPLACE = 'server1.example'

const HOSTS = `    # Put your own here. Without hosts this is used after another inventory:
    # -i inventory.yml -i ${LAUNCHER}
    hosts:
      server: ['${HOST_TO_REPLACE}']
      # Ansible's own range patterns; a mapping of host to variables, too:
      # agent: ['10.0.0.[21:29]']
    # vars: # variables for all hosts of the cluster
    #   ansible_user: debian
`

const LEVEL = '    # level: group # or host: wins over a group_vars/all\n'

function groupLines({ groups }: Choices): string[] {
  const names = Object.entries(groups)
  if (names.length === 0) return []
  return [
    '    groups: # as the inventory names them\n',
    ...names.map(([side, name]) => `      ${side}: ${quoteYaml(name)}\n`),
  ]
}

function keptLines({ vars }: Choices): string[] {
  const kept = Object.entries(vars)
  if (kept.length === 0) return []
  return [
    '    # From the inventory: the token is a key of the same dictionary, which\n    # Ansible would replace as a whole.\n    vars:\n',
    ...kept.map(([name, value]) => `      ${name}:${yamlOf(value, 8)}`),
  ]
}

/** The value behind a colon, with its line end; `indent`: of what stands below it. */
function yamlOf(value: unknown, indent: number): string {
  if (typeof value === 'string') return ` ${quoteYaml(value)}\n`
  const isMapping = value !== null && typeof value === 'object' && !Array.isArray(value)
  const entries = isMapping ? Object.entries(value) : []
  if (entries.length === 0) return ` ${quoteAll(value)}\n`
  const margin = ' '.repeat(indent)
  return `\n${entries.map(([key, one]) => `${margin}${quoteYaml(key)}:${yamlOf(one, indent + 2)}`).join('')}`
}

/** On one line. */
function quoteAll(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(quoteAll).join(', ')}]`
  if (typeof value === 'string') return quoteYaml(value)
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const entries = Object.entries(value).map(([key, one]) => `${quoteYaml(key)}: ${quoteAll(one)}`)
  return `{${entries.join(', ')}}`
}

const WHY: Readonly<Record<string, string>> = {
  any_unparsed_is_failed:
    '# Without this a play goes on without its variables when an inventory source fails.\n',
}

/** An ansible.cfg of the lines. */
export function ansibleCfgText(lines: readonly CfgLine[]): string {
  const sections = [...new Set(lines.map(({ section }) => section))]
  const blocks = sections.map((section) => {
    const own = lines.filter((line) => line.section === section)
    return `[${section}]\n${own.map(({ key, value }) => `${WHY[key] ?? ''}${key} = ${value}\n`).join('')}`
  })
  return blocks.join('\n')
}

/** The launcher's lines end in LF alone on every machine. */
export const ATTRIBUTES_LINE = `/${LAUNCHER} text eol=lf`
