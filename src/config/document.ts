import { ConfigError } from '../errors.js'
import type { Location } from '../errors.js'
import { readYaml, YamlSyntaxError } from '../yaml/read.js'
import { isJsonScalar } from '../yaml/size.js'
import type { Path, Position, YamlDocument } from '../yaml/read.js'
import { nearestWord } from './nearest-word.js'
import { secretKey, STORE_KEYS, wrongInStore } from './store-words.js'
import { readConfigText } from './text.js'
import validate from './validate.cjs'

/** A cluster's options as they are written; checked against the schema. */
export type RawOptions = Readonly<Record<string, unknown>>

export interface RawConfig {
  readonly clusters?: Readonly<Record<string, RawOptions | null>>
  readonly defaults?: RawOptions
  readonly include?: string | readonly string[]
}

/** A configuration file that fits the schema, and where its keys stand. */
export interface ConfigDocument {
  readonly file: string
  readonly raw: RawConfig
  /** The place of a key; its line is looked for only when it is asked for. */
  readonly placeOf: (path: Path) => Location
}

/**
 * Reads and checks one configuration file.
 * @throws ConfigError that names file, line and key, and never a value
 */
export function readConfigFile(file: string): ConfigDocument {
  const text = readConfigText(file)
  const yaml = parse(file, text)
  const document = { file, raw: (yaml.value ?? {}) as RawConfig, placeOf: placer(file, yaml) }
  if (!validate(document.raw)) throw explain(validate.errors!.at(-1)!, document)
  if (!yaml.fitsJson) throw unfit(document)
  return document
}

/** What is wrong with a configuration that stands in no file; undefined where nothing is. */
export function checkConfig(raw: RawConfig): ConfigError | undefined {
  if (validate(raw)) return undefined
  const placeOf = (path: Path): Location => ({ key: path.join('.') })
  return explain(validate.errors!.at(-1)!, { file: '', raw, placeOf })
}

/** Ansible reads JSON from us, which would carry null in place of infinity. */
function unfit({ raw, placeOf }: ConfigDocument): ConfigError {
  return new ConfigError('K3SV_CONFIG_INVALID', 'JSON cannot carry this value or one of its keys', {
    location: placeOf(findUnfit(raw, []) ?? []),
    hint: 'infinity and NaN are no JSON numbers, and half a surrogate pair is no text; put quotes around a word',
  })
}

/** The path of the first value that JSON cannot carry, or of the mapping with such a key. */
function findUnfit(value: unknown, path: Path): Path | undefined {
  if (typeof value !== 'object' || value === null) return isJsonScalar(value) ? undefined : path
  for (const [key, child] of Object.entries(value)) {
    const found = isJsonScalar(key) ? findUnfit(child, [...path, key]) : path
    if (found) return found
  }
  return undefined
}

function parse(file: string, text: string): YamlDocument {
  try {
    return readYaml(text)
  } catch (error) {
    if (!(error instanceof YamlSyntaxError)) throw error
    const { reason, line, column } = error
    throw new ConfigError('K3SV_CONFIG_SYNTAX', `not valid YAML: ${reason}`, {
      location: { file, line, column },
      hint: 'correct the line; quotes around a value often help',
    })
  }
}

/** Places that know their line only when it is looked at: finding it reads the text once more. */
function placer(file: string, yaml: YamlDocument): (path: Path) => Location {
  return (path) => {
    let found: Partial<Position> | undefined
    const position = (): Partial<Position> => (found ??= nearestPosition(yaml, path))
    return {
      file,
      key: path.join('.'),
      get line() {
        return position().line
      },
      get column() {
        return position().column
      },
    }
  }
}

/** Where the key stands or, if an alias or a merge key brought it in, the last key above it that is written. */
function nearestPosition(yaml: YamlDocument, path: Path): Partial<Position> {
  for (let length = path.length; length > 0; length--) {
    const position = yaml.placeOf(path.slice(0, length))
    if (position) return position
  }
  return {}
}

type SchemaError = NonNullable<typeof validate.errors>[number]

function explain(error: SchemaError, { placeOf, raw }: ConfigDocument): ConfigError {
  const path = pathOf(error.instancePath)
  const { params, keyword } = error
  if (keyword === 'additionalProperties') {
    return unknownKey(String(params['additionalProperty']), path, placeOf)
  }
  const place = placeOf(
    keyword === 'propertyNames' ? [...path, String(params['propertyName'])] : path,
  )
  return new ConfigError('K3SV_CONFIG_INVALID', wrong(error, raw), {
    location: place,
    hint: 'docs/options.md lists every option with its values',
  })
}

function unknownKey(
  key: string,
  path: readonly string[],
  placeOf: ConfigDocument['placeOf'],
): ConfigError {
  const near = nearestWord(key, knownKeys(path))
  const hint =
    near === undefined ? `known here: ${knownKeys(path).join(', ')}` : `did you mean ${near}?`
  const place = placeOf([...path, key])
  const secret = secretKey(key, path, place)
  if (secret !== undefined) return secret
  // `{ token:abc }` without a space is one key that holds the value.
  if (/^[\w-]{1,32}$/.test(key))
    return new ConfigError('K3SV_CONFIG_UNKNOWN_KEY', `unknown key ${key}`, {
      location: place,
      hint,
    })
  return new ConfigError('K3SV_CONFIG_UNKNOWN_KEY', 'a key that is not a name', {
    location: { ...place, key: path.join('.') },
    hint: `put a space behind each colon; ${hint}`,
  })
}

function wrong({ keyword, params, instancePath }: SchemaError, raw: unknown): string {
  if (raw === null || typeof raw !== 'object') return 'the configuration is not a mapping'
  const inStore = wrongInStore(pathOf(instancePath), keyword)
  if (inStore !== undefined) return inStore
  if (keyword === 'type') return `expected ${[params['type']].flat().join(' or ')}`
  if (keyword === 'enum')
    return `expected one of ${(params['allowedValues'] as string[]).join(', ')}`
  if (keyword === 'minimum') return `expected ${String(params['limit'])} or more`
  if (keyword === 'maximum') return `expected ${String(params['limit'])} or less`
  if (keyword === 'minProperties') return 'expected at least one entry'
  if (keyword === 'required') return `the key ${String(params['missingProperty'])} is missing`
  if (keyword === 'propertyNames') {
    return instancePath.includes('/custom/')
      ? 'expected the name of a variable, or of a key in a dictionary such as my_config.token'
      : wrongName(String(params['propertyName']))
  }
  return instancePath.includes('/groups/')
    ? "a group cannot be named all, ungrouped or _meta, which are Ansible's own"
    : 'a value that is not allowed here'
}

function wrongName(cluster: string): string {
  if (cluster === 'all' || cluster === 'ungrouped')
    return `a cluster cannot be named ${cluster}, which is a group of Ansible's own`
  if (/^\d+$/.test(cluster))
    return 'a cluster name needs a letter: YAML and Ansible take digits alone for a number'
  return 'a cluster name has lower-case letters, digits, dashes and underscores, and begins and ends with a letter or digit'
}

function pathOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

const CLUSTER_KEYS =
  'role custom groups vars agent_token vault_id emit level mint probe encrypt token store'
const SIDES = 'cluster server agent'
const KEYS: Readonly<Record<string, string>> = {
  groups: SIDES,
  hosts: 'server agent',
  token: 'length alphabet',
  ...STORE_KEYS,
  custom: 'groups variables files',
  'custom.groups': SIDES,
  'custom.variables': SIDES,
  'custom.files': 'side file encoding kind',
}

/** The keys of the schema at a path; only an error asks, so the schema itself is not loaded for it. */
function knownKeys(path: readonly string[]): readonly string[] {
  const [top, , ...rest] = path
  if (top === undefined) return ['clusters', 'defaults', 'include']
  const inner = (top === 'defaults' ? path.slice(1) : rest).filter((key) => !/^\d+$/.test(key))
  const keys =
    KEYS[inner.join('.')] ?? (top === 'defaults' ? CLUSTER_KEYS : `${CLUSTER_KEYS} hosts`)
  return keys.split(' ')
}
