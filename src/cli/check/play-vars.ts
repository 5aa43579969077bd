// Variables of plays and roles beat every inventory and vars plugin (vars/manager.py), and no program of Ansible's shows them
// without running the play. So the project's own files are looked through: what is found may be meant for other hosts.
import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Location } from '../../errors.js'
import { Secret } from '../../secret.js'
import { isMapping } from '../../yaml/mapping.js'
import { readYaml, YamlSyntaxError } from '../../yaml/read.js'
import type { YamlDocument } from '../../yaml/read.js'
import { readIfThere } from '../files.js'
import { expectedVariables, isOurLookup } from './expectation.js'
import type { Expectation } from './expectation.js'
import type { CheckFinding } from './finding.js'
import type { Play } from './play.js'

type Path = readonly (string | number)[]

/** A warning for each place in a playbook, in a file that it reads, or in a role, that sets a variable of ours. */
export function checkPlayVars(
  expectations: readonly Expectation[],
  { arguments: { playbookDir }, settings }: Play,
): CheckFinding[] {
  const names = new Set(
    expectations.flatMap((expectation) =>
      (['server', 'agent'] as const).flatMap((side) =>
        expectedVariables(expectation, side).map(({ variable }) => variable.name),
      ),
    ),
  )
  const found: CheckFinding[] = []
  for (const file of yamlFiles(playbookDir)) {
    for (const place of inPlaybook(file, playbookDir, names)) found.push(warning(place, 'a play'))
  }
  for (const folder of new Set([join(playbookDir, 'roles'), ...settings.rolesPath.value])) {
    for (const role of namesIn(folder)) {
      for (const file of roleFiles(join(folder, role, 'vars'))) {
        for (const place of inMapping(read(file), [], names, file)) {
          found.push(warning(place, 'a role'))
        }
      }
    }
  }
  return found
}

function warning(place: Location, whose: string): CheckFinding {
  return {
    rule: 'play-sets-token',
    severity: 'warn',
    message: `${whose} sets ${place.key} here, which wins over every inventory source and vars plugin on its hosts`,
    place,
    hint: 'take it out if it is meant for hosts of a cluster of ours',
  }
}

/** The places in the plays of a file; none where it has no plays. */
function inPlaybook(file: string, folder: string, names: ReadonlySet<string>): Location[] {
  const yaml = read(file)
  if (yaml === undefined || !Array.isArray(yaml.value)) return []
  return (yaml.value as unknown[]).flatMap((play, index) => {
    if (!isMapping(play) || play['hosts'] === undefined) return []
    const listed = Array.isArray(play['vars_files']) ? (play['vars_files'] as unknown[]) : []
    const files = listed.flat().filter((name): name is string => typeof name === 'string')
    return [
      ...inTasks(yaml, [index], names, file),
      ...files.flatMap((name) => {
        const path = resolve(folder, name)
        return inMapping(read(path), [], names, path)
      }),
    ]
  })
}

const LISTS = ['roles', 'pre_tasks', 'tasks', 'post_tasks', 'handlers', 'block', 'rescue', 'always']

/** `vars` of a play, task or block, those of what is in it, and what a role is given in its own entry. */
function inTasks(
  yaml: YamlDocument,
  at: Path,
  names: ReadonlySet<string>,
  file: string,
): Location[] {
  const entry = valueAt(yaml.value, at)
  if (!isMapping(entry)) return []
  const own = entry['role'] !== undefined ? inMapping(yaml, at, names, file) : []
  const inner = LISTS.flatMap((list) => {
    const items = entry[list]
    if (!Array.isArray(items)) return []
    return items.flatMap((_, index) => inTasks(yaml, [...at, list, index], names, file))
  })
  return [...own, ...inMapping(yaml, [...at, 'vars'], names, file), ...inner]
}

function inMapping(
  yaml: YamlDocument | undefined,
  at: Path,
  names: ReadonlySet<string>,
  file: string,
): Location[] {
  const mapping = yaml === undefined ? undefined : valueAt(yaml.value, at)
  if (!isMapping(mapping)) return []
  return Object.entries(mapping)
    .filter(([key, value]) => names.has(key) && !isOurs(value))
    .map(([key]) => ({ file, line: yaml!.placeOf([...at, key])?.line, key }))
}

function isOurs(value: unknown): boolean {
  return typeof value === 'string' && isOurLookup(new Secret(value))
}

function valueAt(value: unknown, at: Path): unknown {
  return at.reduce<unknown>(
    (inner, step) =>
      typeof inner === 'object' && inner !== null
        ? (inner as Record<string, unknown>)[step]
        : undefined,
    value,
  )
}

/** A file that is sealed, or no YAML, tells nothing. */
function read(file: string): YamlDocument | undefined {
  const text = readIfThere(file)
  if (text === undefined) return undefined
  try {
    return readYaml(text)
  } catch (error) {
    if (error instanceof YamlSyntaxError) return undefined
    throw error
  }
}

function roleFiles(folder: string): string[] {
  return ['main', 'main.yml', 'main.yaml'].map((name) => join(folder, name))
}

function yamlFiles(folder: string): string[] {
  return namesIn(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => join(folder, name))
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort()
  } catch {
    return []
  }
}
