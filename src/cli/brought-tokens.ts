// The tokens that a call of `token import` brings, from wherever they come: read, found credible, taken apart.
import type { ClusterConfig, Config } from '../config/config.js'
import { TokenError, UsageError } from '../errors.js'
import type { BroughtTokens } from '../lifecycle/confirm.js'
import type { TokenKind } from '../role/profile.js'
import { fileVariableOf, TOKEN_VARIABLES } from '../token-environment.js'
import { TOKEN_KINDS } from '../token-pair.js'
import { takeApart } from '../token/configured.js'
import { refuseNotAToken } from '../token/credible.js'
import type { Call } from './command.js'
import { readInventoryTokens } from './inventory-tokens.js'
import { readTokenFile, readTokenInput, readTokenVariable } from './secret-input.js'
import type { TokenText } from './secret-input.js'

/** A token that was brought. */
interface Given {
  readonly kind: TokenKind
  /** How it was given, for people: `--file`. */
  readonly name: string
  readonly source: TokenText
}

export interface Brought {
  readonly tokens: BroughtTokens
  readonly kinds: readonly TokenKind[]
  /** Where one final newline was taken off. */
  readonly trimmed: readonly string[]
}

/**
 * @throws UsageError where none is named and nobody can be asked; TokenError where a source holds no token, or one of the
 * other kind
 */
export async function readBroughtTokens(
  call: Call,
  config: Config,
  cluster: ClusterConfig,
): Promise<Brought> {
  const given = call.input.has('from-inventory')
    ? await readInventory(call, config, cluster)
    : await readGiven(call, cluster.name)
  return {
    tokens: Object.fromEntries(given.map((one) => [one.kind, believe(one)])),
    kinds: given.map(({ kind }) => kind),
    trimmed: given.filter(({ source }) => source.isTrimmed).map(({ name }) => name),
  }
}

function believe({ kind, name, source }: Given): ReturnType<typeof takeApart> {
  const text = source.text.reveal()
  if (text === '') throw empty(name)
  refuseNotAToken(text, name)
  return takeApart(text, kind, name)
}

async function readGiven(call: Call, cluster: string): Promise<readonly Given[]> {
  const { input, io } = call
  if (input.has('env')) return readVariables(call)
  const [file, agentFile] = [input.text('file'), input.text('agent-file')]
  const given: Given[] = []
  if (file !== undefined)
    given.push({ kind: 'server', name: '--file', source: readTokenFile(file, '--file', io) })
  if (input.has('stdin') || (file ?? agentFile) === undefined)
    given.push(await readInput(call, cluster))
  if (agentFile !== undefined) {
    const source = readTokenFile(agentFile, '--agent-file', io)
    given.push({ kind: 'agent', name: '--agent-file', source })
  }
  return given
}

async function readInventory(
  call: Call,
  config: Config,
  cluster: ClusterConfig,
): Promise<readonly Given[]> {
  const found = await readInventoryTokens(call, config, cluster)
  return found.map(({ kind, variable, text }) => {
    return { kind, name: `${variable} of the inventory`, source: { text, isTrimmed: false } }
  })
}

async function readInput({ input, io }: Call, cluster: string): Promise<Given> {
  if (!input.has('stdin') && io.stdin.isTTY !== true) {
    throw new UsageError('K3SV_USAGE', 'no token is named', {
      hint: 'use --file FILE, --stdin, --env or --from-inventory; a token is never given as an argument',
    })
  }
  const name = io.stdin.isTTY === true ? 'the answer' : 'standard input'
  const source = await readTokenInput(io, `the server token of ${cluster}`)
  return { kind: 'server', name, source }
}

function readVariables({ io }: Call): readonly Given[] {
  const given = TOKEN_KINDS.flatMap((kind) => {
    const found = TOKEN_VARIABLES[kind].flatMap((name): Given[] => {
      const value = readTokenVariable(name, io)
      const fileName = fileVariableOf(name)
      const file = readTokenVariable(fileName, io)
      return [
        ...(value === undefined ? [] : [{ kind, name, source: value }]),
        ...(file === undefined ? [] : [fileOf(fileName, file, { kind, io })]),
      ]
    })
    const [first, second] = found
    if (first !== undefined && second !== undefined) throw ambiguous(first.name, second.name)
    return found
  })
  if (given.length > 0) return given
  const names = Object.values(TOKEN_VARIABLES).flat().join(', ')
  throw new TokenError('K3SV_TOKEN_SOURCE', `none of ${names} and their _FILE is set`, {
    hint: 'set one of them, or use --file or --stdin',
  })
}

function fileOf(
  name: string,
  path: TokenText,
  { kind, io }: { readonly kind: TokenKind; readonly io: Call['io'] },
): Given {
  return { kind, name, source: readTokenFile(path.text.reveal(), name, io) }
}

function ambiguous(first: string, second: string): TokenError {
  return new TokenError('K3SV_TOKEN_SOURCE', `${first} and ${second} are both set`, {
    hint: `unset the one that is not the cluster's: K3s would take one of them and say nothing`,
  })
}

function empty(name: string): TokenError {
  return new TokenError('K3SV_TOKEN_EMPTY', `${name} holds nothing`, {
    hint:
      name === 'standard input'
        ? 'the command before the pipe printed nothing: run it alone; over ssh, sudo needs -n and a rule without password'
        : 'see whether the place that it is taken from holds a token',
  })
}
