// A store as an argument of a command names it: what would stand behind `store:`, or only the name of a kind.
import { dirname } from 'node:path'
import { UsageError } from '../errors.js'
import type { ConfigError } from '../errors.js'
import type { StoreSpec } from '../store-spec.js'
import { isMapping } from '../yaml/mapping.js'
import { readYaml, YamlSyntaxError } from '../yaml/read.js'
import { checkConfig } from './document.js'
import { readStore } from './store.js'
import { STORE_KEYS } from './store-words.js'

/**
 * @param file `k3s_vars.yml`, which paths are relative to
 * @throws UsageError `K3SV_USAGE`; ConfigError as the same text in the file, without a line
 */
export function parseStore(text: string, file: string): StoreSpec {
  const isKind = STORE_KEYS['store']!.split(' ').includes(text)
  const value = isKind ? { [text]: {} } : parse(text)
  if (typeof value !== 'string' && !isMapping(value)) throw unreadable()
  const refused: ConfigError | undefined = checkConfig({ defaults: { store: value } })
  if (refused !== undefined) throw refused
  return readStore(value, value, `${dirname(file)}/k3s_vars.yml`)
}

function parse(text: string): unknown {
  try {
    return readYaml(text).value
  } catch (error) {
    if (error instanceof YamlSyntaxError) throw unreadable()
    throw error
  }
}

function unreadable(): UsageError {
  return new UsageError('K3SV_USAGE', 'the store that was named cannot be read', {
    hint: "name a folder, a kind (openbao, vault, etcd, git), or what stands behind store: in quotes, such as '{ openbao: { address: https://bao:8200 } }'",
  })
}
