// Finds the file that gives a host its value where that is not ours. Candidates are told apart by the value itself, which is
// compared in constant time and never shown.
import { valueAt } from '../../ansible-play/host-variables.js'
import type { AnsiblePrograms } from '../../ansible-play/programs.js'
import type { HostValue, VariablePath } from '../../ansible-play/host-variables.js'
import type { Location } from '../../errors.js'
import { K3sVarsError } from '../../errors.js'
import type { Vault } from '../../vault/vault.js'
import { isVaultText } from '../../vault/envelope.js'
import { readYaml, YamlSyntaxError } from '../../yaml/read.js'
import { readIfThere } from '../files.js'
import { findVarsFiles } from './vars-files.js'
import type { VarsSearch } from './vars-files.js'
import { placeInSource } from './vars-place.js'

export interface WinnerSearch extends VarsSearch {
  readonly variable: VariablePath
  /** What the host ends with. */
  readonly value: HostValue
  readonly programs: AnsiblePrograms
  readonly vault: Vault
}

/** The file, and the line if it can be told, that the host's value comes from; undefined where it cannot be found. */
export async function findWinner(search: WinnerSearch): Promise<Location | undefined> {
  for (const file of findVarsFiles(search)) {
    const found = lookInto(file, search)
    if (found !== undefined && isSame(found.value, search.value)) return found.place
  }
  const source = await findSource(search)
  return source === undefined ? undefined : placeInSource(source, search.variable.name)
}

/** The source with which the value comes: with all before it, the host does not have the value yet. */
async function findSource(search: WinnerSearch): Promise<string | undefined> {
  const { sources, programs, playbookDir, host, variable, value } = search
  for (let count = 1; count <= sources.length; count++) {
    try {
      const hosts = await programs.inventory({ sources: sources.slice(0, count), playbookDir })
      if (isSame(hosts.valueOf(host, variable), value)) return sources[count - 1]
    } catch (error) {
      // Sources that say nothing without those behind them are passed over: the whole inventory did answer.
      if (!(error instanceof K3sVarsError)) throw error
    }
  }
  return undefined
}

function lookInto(
  file: string,
  { variable, vault }: WinnerSearch,
): { readonly place: Location; readonly value: HostValue } | undefined {
  const text = readIfThere(file)
  if (text === undefined) return undefined
  try {
    const isSealed = isVaultText(text)
    const yaml = readYaml(isSealed ? vault.openSync(text).reveal() : text)
    const value = valueAt(yaml.value, variable)
    if (value.form === 'absent') return undefined
    const path = [variable.name, ...(variable.key === undefined ? [] : [variable.key])]
    // A sealed file has other lines than its text.
    const line = isSealed ? undefined : yaml.placeOf(path)?.line
    return { place: { file, line, key: path.join('.') }, value }
  } catch (error) {
    if (error instanceof YamlSyntaxError || error instanceof K3sVarsError) return undefined
    throw error
  }
}

/** Whether two hosts have the same value, as far as it is text or sealed. */
export function isSame(one: HostValue, other: HostValue): boolean {
  if (one.form === 'text' && other.form === 'text') return one.text.equals(other.text)
  if (one.form === 'sealed' && other.form === 'sealed')
    return one.text.trimEnd() === other.text.trimEnd()
  return one.form === other.form
}
