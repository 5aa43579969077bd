// Where somebody else sets a variable, whatever its value: the file of group_vars or host_vars that wins, or else the source.
import type { HostVariables } from '../../ansible-play/host-variables.js'
import { isOurs } from '../../ansible-play/sources.js'
import type { Location } from '../../errors.js'
import { isMapping } from '../../yaml/mapping.js'
import { readYaml, YamlSyntaxError } from '../../yaml/read.js'
import { readIfThere } from '../files.js'
import type { Play } from './play.js'
import { findVarsFiles } from './vars-files.js'

export interface PlaceSearch {
  readonly host: string
  readonly name: string
  readonly hosts: HostVariables
  readonly play: Play
}

/** The place, with its line if it can be told; undefined where no file names the variable, such as behind a script. */
export function placeOfVariable({ host, name, hosts, play }: PlaceSearch): Location | undefined {
  const { sources, arguments: asked } = play
  const groups = hosts.groupsOf(host)
  for (const file of findVarsFiles({ host, groups, sources, playbookDir: asked.playbookDir })) {
    const place = placeInVars(file, name)
    if (place !== undefined) return place
  }
  const places = sources.filter((source) => !isOurs(source)).map((one) => placeInSource(one, name))
  return places.find(({ line }) => line !== undefined)
}

/** A sealed file, and one that is no YAML, tells nothing. */
function placeInVars(file: string, name: string): Location | undefined {
  try {
    const yaml = readYaml(readIfThere(file) ?? '')
    if (!isMapping(yaml.value) || !Object.hasOwn(yaml.value, name)) return undefined
    return { file, line: yaml.placeOf([name])?.line, key: name }
  } catch (error) {
    if (error instanceof YamlSyntaxError) return undefined
    throw error
  }
}

/** YAML and INI inventories name a variable in front of a colon or an equals sign; without a line where this one does not. */
export function placeInSource(source: string, variable: string): Location {
  const pattern = new RegExp(`(?:^|[\\s"'{,])${variable}["']?\\s*[:=]`)
  const lines = (readIfThere(source) ?? '').split('\n')
  const isScript = lines[0]?.startsWith('#!') === true
  const index = isScript
    ? -1
    : lines.findIndex((line) => !/^\s*[#;]/.test(line) && pattern.test(line))
  return { file: source, line: index === -1 ? undefined : index + 1, key: variable }
}
