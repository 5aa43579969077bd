import { isUtf8 } from 'node:buffer'
import { basename } from 'node:path'
import { EXIT_STATUS, UsageError, VaultError } from '../../errors.js'
import { formatPath } from '../../ansible-files/vault-files/change.js'
import { wholeVaultText } from '../../ansible-files/vault-files/contents.js'
import { openText } from '../../ansible-files/vault-files/decrypt.js'
import { placeOf } from '../../ansible-files/vault-files/plain-value.js'
import { findVaulted } from '../../ansible-files/vault-files/vaulted.js'
import { editValues } from '../../ansible-files/vault-files/edit-values.js'
import { kindOfText } from '../../ansible-files/file-kind.js'
import type { Source } from '../../ansible-files/vault-files/operation.js'
import { Limiter } from '../../limiter.js'
import { sealWith } from '../../vault/keychain.js'
import { readFormer, replaceFile } from '../../ansible-files/vault-files/replace-file.js'
import { answer } from '../answer.js'
import type { Call, Command } from '../command.js'
import { editPrivately } from '../vault/editor.js'
import { PASSWORD_OPTIONS, SCOPE_OPTIONS } from '../vault/options.js'
import { readPasswords } from '../vault/passwords.js'
import type { Passwords } from '../vault/passwords.js'
import { matchesOf } from '../vault/scope.js'
import { selectFiles } from '../vault/select-files.js'
import type { SelectedFile } from '../vault/select-files.js'

export const VAULT_EDIT: Command = {
  usage: 'vault edit <paths..>',
  summary: 'Edit an encrypted file, or with --key one value, in $EDITOR and encrypt it again',
  positionals: { paths: { type: 'list', describe: 'The file' } },
  options: { key: SCOPE_OPTIONS['key']!, ...PASSWORD_OPTIONS },
  examples: [
    ['vault edit group_vars/all/vault.yml', 'a whole file'],
    ['vault edit -k token group_vars/all.yml', 'the one value of token'],
  ],
  interrupted: 'the file is as it was; run it again',
  run: edit,
}

const LIMITER = new Limiter(4)

/** What is edited, and how the file looks with it changed. */
interface Editable {
  readonly content: Buffer
  readonly seal: (content: Buffer) => Promise<Buffer>
}

async function edit(call: Call): Promise<number> {
  const { io, input } = call
  const { files, failures } = selectFiles(call, 'sealed')
  if (failures[0] !== undefined) throw failures[0].error
  if (files.length !== 1 || input.list('paths').length !== 1) {
    throw new UsageError('K3SV_USAGE', 'one file is edited at a time', {
      hint: 'name a single file, and no folder',
    })
  }
  const selected = files[0]!
  const former = readFormer(selected.name, selected.file)
  const editable = await open(call, selected, {
    bytes: former.bytes,
    passwords: readPasswords(call),
  })
  const draft = { name: basename(selected.name), content: editable.content }
  const { content: edited, isWiped } = await editPrivately(draft, call)
  const isChanged = !edited.equals(editable.content)
  if (isChanged) await replaceFile(former, await editable.seal(edited), io)
  answer(call, { file: selected.name, changed: isChanged }, [
    isChanged ? `encrypted ${selected.name}` : `${selected.name} is as it was`,
  ])
  return isWiped ? EXIT_STATUS.done : EXIT_STATUS.vault
}

interface Opening {
  readonly bytes: Buffer
  readonly passwords: Passwords
}

async function open(
  call: Call,
  { name, kind }: SelectedFile,
  { bytes, passwords }: Opening,
): Promise<Editable> {
  const known = kind === 'either' ? kindOfText(bytes.toString('utf8')) : kind
  const source: Source = { name, kind: known, bytes }
  const whole = wholeVaultText(source)
  if (whole === undefined) return openValue(call, source, passwords)
  const opened = await passwords.keychain().open(whole, { file: name })
  return {
    content: opened.bytes,
    seal: async (content) => Buffer.from(await sealWith(opened.secret, content)),
  }
}

async function openValue(call: Call, source: Source, { keychain }: Passwords): Promise<Editable> {
  const wanted = { matches: matchesOf(call), ids: undefined }
  const { file, values, faults } = findVaulted(source, 'values', wanted)
  const [value] = values
  if (value === undefined && faults[0] !== undefined) throw faults[0]
  if (file === undefined || value === undefined) {
    throw new VaultError('K3SV_VAULT_NOT_VAULT', 'the file holds nothing encrypted to edit', {
      location: { file: source.name },
      hint: 'k3s-vars vault encrypt makes it so',
    })
  }
  if (values.length > 1) {
    const keys = values.slice(0, 10).map(({ path }) => formatPath(path))
    throw new UsageError('K3SV_USAGE', 'the file holds several encrypted values: name one', {
      hint: `--key takes one of ${keys.join(', ')}`,
    })
  }
  const place = placeOf(file.name, value)
  const text = await openText(file.name, value, { limiter: LIMITER }, keychain())
  const { secret } = await keychain().open(value.text, place)
  return {
    content: Buffer.from(text),
    seal: async (content) => {
      if (!isUtf8(content)) {
        throw new VaultError('K3SV_VAULT_NOT_TEXT', 'what was saved is not UTF-8 text', {
          location: place,
          hint: 'set the encoding of the editor to UTF-8; the file is left as it was',
        })
      }
      // Editors end a file with a newline; where there was none, none is meant.
      const written = content.toString('utf8')
      const meant = text.endsWith('\n') ? written : written.replace(/\r?\n$/, '')
      const vaultText = await sealWith(secret, Buffer.from(meant))
      return Buffer.from(editValues(file, [{ value, result: { vaultText } }], 'keep-style'))
    },
  }
}
