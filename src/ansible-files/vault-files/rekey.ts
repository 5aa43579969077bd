import type { Location } from '../../errors.js'
import { idOf, sealWith, tryOpen } from '../../vault/keychain.js'
import type { Keychain } from '../../vault/keychain.js'
import type { VaultSecret } from '../../vault/vault.js'
import type { YamlValue } from '../vars-file/yaml-values.js'
import { formatPath } from './change.js'
import type { Change, Left, Outcome } from './change.js'
import { wholeVaultText } from './contents.js'
import { editValues } from './edit-values.js'
import type { ValueResult } from './edit-values.js'
import { UNCHANGED } from './operation.js'
import type { Operation, OperationOptions, Source } from './operation.js'
import { placeOf } from './plain-value.js'
import { findVaulted, OTHER_ID, unchanged, WHOLE } from './vaulted.js'

export interface RekeyOptions {
  /** The passwords that open. Not asked for where nothing has to be opened. */
  readonly keychain: () => Keychain
  /** The password that seals from now on. */
  readonly secret: () => VaultSecret
  /** Only what is sealed with one of these vault ids; undefined: all. */
  readonly ids: readonly string[] | undefined
}

/**
 * Seals whole files and vaulted values anew. What the new password opens under its id stays, so that a rekeying that was
 * broken off goes on where it ended. Vaulted values within a whole file that is vaulted are rekeyed with it.
 */
export function rekeying(how: RekeyOptions): Operation {
  return async (source, options) => {
    const whole = wholeVaultText(source)
    return whole === undefined
      ? rekeyValues(source, options, how)
      : rekeyWhole(source, whole, options, how)
  }
}

const DONE: Left = {
  why: 'done',
  text: 'is sealed with the new password already',
  hint: 'nothing is left to do',
}

async function rekeyWhole(
  source: Source,
  whole: string,
  options: OperationOptions,
  how: RekeyOptions,
): Promise<Outcome> {
  const place = { file: source.name }
  if (options.scope === 'inline') return { ...UNCHANGED, left: WHOLE }
  const from = idOf(whole, place)
  if (how.ids?.includes(from) === false) return { ...UNCHANGED, left: OTHER_ID }
  const secret = how.secret()
  if (await isDone(whole, { secret, place }, options)) return { ...UNCHANGED, left: DONE }
  const changes: Change[] = [{ key: undefined, line: 1, from, to: secret.id }]
  if (options.mode === 'plan') return { ...UNCHANGED, changes }
  const { bytes } = await options.limiter.run(() => how.keychain().open(whole, place))
  // What is left of the values within is no word about the file.
  const { left: _, ...inner } = await rekeyValues(
    { ...source, bytes },
    { ...options, scope: 'any', advance: () => {} },
    how,
  )
  const text = await options.limiter.run(() => sealWith(secret, inner.content ?? bytes))
  return { ...inner, changes: [...changes, ...inner.changes], content: Buffer.from(text) }
}

async function rekeyValues(
  source: Source,
  options: OperationOptions,
  how: RekeyOptions,
): Promise<Outcome> {
  const scope = options.scope === 'whole' ? 'whole' : 'values'
  const found = findVaulted(source, scope, { ...how, matches: options.matches })
  const { file, values, faults } = found
  if (file === undefined || values.length === 0) return unchanged(found)
  const done = await Promise.all(
    values.map(async (value) => {
      const result = await rekeyValue(file.name, value, options, how)
      options.advance(1 / values.length)
      return result
    }),
  )
  const rekeyed = done.filter((one) => one !== undefined)
  if (rekeyed.length === 0) return { ...UNCHANGED, faults, left: DONE }
  const changes = rekeyed.map(({ value: { path, line, text } }): Change => {
    return { key: formatPath(path), line, from: idOf(text), to: how.secret().id }
  })
  if (options.mode === 'plan') return { ...UNCHANGED, changes, faults }
  const content = Buffer.from(editValues(file, rekeyed, 'keep-style'))
  return { ...UNCHANGED, changes, faults, content }
}

/** Undefined where the value is rekeyed already; of a plan the text is the former one. */
async function rekeyValue(
  file: string,
  value: YamlValue,
  options: OperationOptions,
  { keychain, secret }: RekeyOptions,
): Promise<ValueResult | undefined> {
  const place = placeOf(file, value)
  if (await isDone(value.text, { secret: secret(), place }, options)) return undefined
  if (options.mode === 'plan') return { value, result: { vaultText: value.text } }
  const { bytes } = await options.limiter.run(() => keychain().open(value.text, place))
  return {
    value,
    result: { vaultText: await options.limiter.run(() => sealWith(secret(), bytes)) },
  }
}

async function isDone(
  text: string,
  { secret, place }: { readonly secret: VaultSecret; readonly place: Location },
  { limiter }: Pick<OperationOptions, 'limiter'>,
): Promise<boolean> {
  if (idOf(text, place) !== secret.id) return false
  return (await limiter.run(() => tryOpen(text, secret, place))) !== undefined
}
