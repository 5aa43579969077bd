// What encrypts, decrypts and rekeys the files of a user, from hostile text there and back again. See remembered-keys.ts for
// why that is cheap.
import { K3sVarsError } from '../../src/errors.js'
import { formatError } from '../../src/format-error.js'
import { Secret } from '../../src/secret.js'
import { isVaultText } from '../../src/vault/envelope.js'
import { idOf, Keychain, sealWith, tryOpen } from '../../src/vault/keychain.js'
import type { VaultSecret } from '../../src/vault/vault.js'
import type { Outcome } from '../../src/ansible-files/vault-files/change.js'
import { decrypting } from '../../src/ansible-files/vault-files/decrypt.js'
import { editValues } from '../../src/ansible-files/vault-files/edit-values.js'
import { encrypting } from '../../src/ansible-files/vault-files/encrypt.js'
import { kindOfText } from '../../src/ansible-files/file-kind.js'
import type { OperationOptions, Source } from '../../src/ansible-files/vault-files/operation.js'
import { Limiter } from '../../src/limiter.js'
import { rekeying } from '../../src/ansible-files/vault-files/rekey.js'
import { viewing } from '../../src/ansible-files/vault-files/view.js'
import { readYamlFile } from '../../src/ansible-files/vault-files/yaml-file.js'
import type { YamlValue } from '../../src/ansible-files/vars-file/yaml-values.js'
import { Broken, CANARY, hold } from './examine.js'
import type { Target } from './examine.js'
import { INI_INVENTORIES, SECRET_FILES, VARS_FILES, VAULT_TEXTS } from './samples.js'
import { environmentIn } from '../support/environment.js'

const OLD: VaultSecret = { id: 'old', password: secretOf('hunter2'), origin: 'test' }
const NEW: VaultSecret = { id: 'new', password: secretOf('hunter3'), origin: 'test' }

function secretOf(text: string): Secret<Buffer> {
  return new Secret(Buffer.from(text))
}

function keychainOf({ id, password }: VaultSecret): () => Keychain {
  let made: Keychain | undefined
  const access = { environment: environmentIn('/'), prompt: () => password }
  return () =>
    (made ??= new Keychain({ access, given: [{ text: `${id}@prompt`, origin: 'test' }] }))
}

const opensOld = keychainOf(OLD)
const opensNew = keychainOf(NEW)

const encrypt = encrypting({ secret: () => OLD, comments: 'keep-style' })
const rekey = rekeying({ keychain: opensOld, secret: () => NEW, ids: [OLD.id] })
const decrypt = (secret: VaultSecret) =>
  decrypting({ keychain: secret === OLD ? opensOld : opensNew, ids: [secret.id] })
const view = viewing({ keychain: opensOld, ids: undefined })

function optionsOf(scope: OperationOptions['scope']): OperationOptions {
  return { mode: 'do', scope, matches: () => true, limiter: new Limiter(1), advance: () => {} }
}

const INLINE = optionsOf('inline')
const ANY = optionsOf('any')

function sourceOf(content: string | Buffer, kind: Source['kind'] = 'yaml'): Source {
  return { name: 'vars.yml', kind, bytes: Buffer.from(content) }
}

/** Shorter pieces of it stand in a text by chance. */
const PIECE = 12
const PIECES = Array.from({ length: CANARY.length - PIECE + 1 }, (_, at) =>
  CANARY.slice(at, at + PIECE),
)

function holdsSecret(text: string): boolean {
  return PIECES.some((piece) => text.includes(piece))
}

/** Everything that is told of an outcome. */
function tellOutcome({ notes, refusals, faults, left, changes }: Outcome): string {
  return [
    ...[...refusals, ...faults].flatMap((refusal) => formatError(refusal)),
    JSON.stringify([notes, changes, refusals, faults, left]),
  ].join('\n')
}

/** What comes of it, or what our own error says; anything else goes on. */
async function outcomeOf(work: Promise<Outcome>): Promise<Outcome | K3sVarsError> {
  try {
    return await work
  } catch (error) {
    if (error instanceof K3sVarsError) return error
    throw error
  }
}

/** What must not be refused any more, because it comes from ourselves. */
async function accepted<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof K3sVarsError)) throw error
    throw new Broken(`what we wrote is refused: ${error.message}`)
  }
}

/** Values but for aliases, which are what their anchors are. */
function valuesOf(text: string): readonly YamlValue[] {
  return readYamlFile('vars.yml', text).values.filter(({ style }) => style !== 'alias')
}

export const vaultValues: Target = {
  name: 'vault values',
  samples: [...VARS_FILES, ...SECRET_FILES, ...INI_INVENTORIES],
  words: [
    'a: ',
    '- ',
    '? ',
    '&a ',
    '*a',
    '!vault |\n  ',
    '!unsafe ',
    '!!str ',
    '|\n  ',
    '|2-\n   ',
    '>+\n  ',
    '"',
    "'",
    ' # c',
    ' # k3s-vars: "..."',
    ' # k3s-vars: |- indented 4',
    '---\n',
    '{',
    '}',
    '[',
    ']',
    ', ',
    ': ',
    '\n  ',
    '\r\n',
    CANARY,
  ],
  async run(units) {
    // A file holds no half of a surrogate pair.
    const text = units.toWellFormed()
    const told = await refuseOthers(text)
    const outcome = await encrypt(sourceOf(text), INLINE)
    if (outcome.content === undefined) return told + tellOutcome(outcome)
    hold('what is refused is not changed', outcome.refusals.length === 0)
    const sealed = outcome.content.toString()
    const before = valuesOf(text)
    holdSealed(text, sealed, before)
    if (before.every(isForeign)) await accepted(holdReturn({ text, sealed, before }, outcome))
    return told + tellOutcome(outcome)
  },
}

/** An INI inventory and JSON carry no vaulted value. */
async function refuseOthers(text: string): Promise<string> {
  let told = ''
  for (const kind of ['ini', 'json', kindOfText(text)] as const) {
    if (kind === 'yaml') continue
    const outcome = await outcomeOf(encrypt(sourceOf(text, kind), INLINE))
    if (outcome instanceof K3sVarsError) told += formatError(outcome).join('\n')
    else {
      hold('INI and JSON stay as they are', outcome.content === undefined)
      told += tellOutcome(outcome)
    }
  }
  return told
}

function holdSealed(text: string, sealed: string, before: readonly YamlValue[]): void {
  const after = valuesOf(sealed)
  hold('no value is lost or new', after.length === before.length)
  let rest = text
  for (const [index, value] of [...before.entries()].reverse()) {
    const { start, end } = value.span
    // What a tag stands before by mistake, and could not be sealed, lies open as before.
    const { isVault, text: inner } = after[index]!
    if (isVault && isVaultText(inner)) rest = `${rest.slice(0, start)}\n${rest.slice(end)}`
  }
  hold('what is sealed cannot be read', holdsSecret(rest) || !holdsSecret(sealed))
}

/** Whether a value is none that our password could be meant for. */
function isForeign(value: YamlValue): boolean {
  if (!value.isVault) return true
  try {
    return ![OLD.id, NEW.id].includes(idOf(value.text))
  } catch {
    return false
  }
}

interface Sealed {
  readonly text: string
  readonly sealed: string
  readonly before: readonly YamlValue[]
}

async function holdReturn({ text, sealed, before }: Sealed, { notes }: Outcome): Promise<void> {
  const opened = await contentOf(decrypt(OLD)(sourceOf(sealed), INLINE))
  const after = valuesOf(opened)
  hold(
    'every value comes back',
    after.length === before.length &&
      after.every((value, index) => value.text === before[index]!.text),
  )
  const isPromised = !notes.some((note) => note.text.includes('not the way it is written'))
  // A comment of ours that was there before is taken for what it says.
  if (isPromised && !text.includes('# k3s-vars:')) hold('every byte comes back', opened === text)

  const rekeyed = await contentOf(rekey(sourceOf(sealed), INLINE))
  const mine = valuesOf(rekeyed).filter((value) => value.isVault && idOf(value.text) === NEW.id)
  hold('something is rekeyed', mine.length > 0)
  for (const value of mine) {
    hold('the new password opens', (await tryOpen(value.text, NEW)) !== undefined)
    hold('the old password no longer opens', (await tryOpen(value.text, OLD)) === undefined)
  }
  const again = await contentOf(decrypt(NEW)(sourceOf(rekeyed), INLINE))
  hold('rekeying changes the seals alone', again === opened)
  await holdEdit(sealed)
}

/** As `vault edit` puts a new value in the place of one. */
async function holdEdit(sealed: string): Promise<void> {
  const file = readYamlFile('vars.yml', sealed)
  const value = file.values.find(({ isVault, text }) => isVault && idOf(text) === OLD.id)!
  const vaultText = await sealWith(OLD, Buffer.from(CANARY))
  const edited = readYamlFile(
    'vars.yml',
    editValues(file, [{ value, result: { vaultText } }], 'keep-style'),
  )
  const found = edited.values[file.values.indexOf(value)]!
  hold('what was edited opens', (await tryOpen(found.text, OLD))?.toString() === CANARY)
}

async function contentOf(work: Promise<Outcome>): Promise<string> {
  const { content } = await work
  hold('there is something to do', content !== undefined)
  return content.toString()
}

export const vaultFiles: Target = {
  name: 'vault files',
  samples: [...VAULT_TEXTS, ...VARS_FILES, ...SECRET_FILES],
  words: ['$ANSIBLE_VAULT', ';1.1', ';1.2', ';AES256', ';old', '!vault |\n  ', '0a', '30', CANARY],
  async run(text) {
    const source = sourceOf(text)
    const told: string[] = []
    // As whatever it is: most are refused or left alone.
    for (const operation of [
      decrypt(OLD),
      rekey,
      decrypting({ keychain: opensOld, ids: undefined }),
    ]) {
      const outcome = await outcomeOf(operation(source, ANY))
      if (outcome instanceof K3sVarsError) told.push(...formatError(outcome))
      else told.push(tellOutcome(outcome))
    }
    await view(source, ANY).catch((error: unknown) => {
      if (!(error instanceof K3sVarsError)) throw error
      told.push(...formatError(error))
    })
    const outcome = await encrypt(source, ANY)
    if (outcome.content === undefined) return [...told, tellOutcome(outcome)].join('\n')
    const sealed = outcome.content
    hold('what is sealed cannot be read', !holdsSecret(sealed.toString()))
    const { content } = await accepted(decrypt(OLD)({ ...source, bytes: sealed }, ANY))
    hold('every byte comes back', content?.equals(source.bytes) === true)
    const rekeyed = await outcomeOf(rekey({ ...source, bytes: sealed }, ANY))
    // Values within are rekeyed, too, and those of others cannot be.
    if (rekeyed instanceof K3sVarsError) return [...told, ...formatError(rekeyed)].join('\n')
    const anew = rekeyed.content!.toString()
    hold('the new password opens', (await tryOpen(anew, NEW)) !== undefined)
    hold('the old password no longer opens', (await tryOpen(anew, OLD)) === undefined)
    return told.join('\n')
  },
}
