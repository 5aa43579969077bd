import { isUtf8 } from 'node:buffer'
import { EXIT_STATUS } from '../../errors.js'
import { exitStatusOf } from '../../format-error.js'
import { kindOfText } from '../../ansible-files/file-kind.js'
import { Limiter } from '../../limiter.js'
import { readFormer } from '../../ansible-files/vault-files/replace-file.js'
import { viewing } from '../../ansible-files/vault-files/view.js'
import type { View } from '../../ansible-files/vault-files/view.js'
import type { Source } from '../../ansible-files/vault-files/operation.js'
import { printable, printableLine } from '../../printable.js'
import { answerJson } from '../answer.js'
import type { Call, Command } from '../command.js'
import { ONLY_ID, PASSWORD_OPTIONS, PATHS, SCOPE_OPTIONS, TREE_OPTIONS } from '../vault/options.js'
import { readPasswords } from '../vault/passwords.js'
import { idsOf, matchesOf, scopeOf } from '../vault/scope.js'
import { findIdle } from '../vault/idle.js'
import type { FileState } from '../vault/idle.js'
import { selectFiles } from '../vault/select-files.js'
import type { SelectedFile, Selection } from '../vault/select-files.js'
import { inputSelection, isInput, readInput } from '../vault/standard-input.js'

export const VAULT_VIEW: Command = {
  usage: 'vault view <paths..>',
  summary: 'Print encrypted files and values in plain text; writes nothing',
  positionals: { paths: { ...PATHS, describe: 'Files and folders; - for standard input' } },
  options: {
    ...SCOPE_OPTIONS,
    'only-vault-id': ONLY_ID,
    ...TREE_OPTIONS,
    ...PASSWORD_OPTIONS,
  },
  examples: [
    ['vault view group_vars/all/vault.yml | less', 'a file'],
    ['vault view -k token group_vars/all.yml', 'one value alone'],
  ],
  interrupted: 'nothing was changed; run it again',
  run: view,
}

const AT_ONCE = 8

async function view(call: Call): Promise<number> {
  const { input, io, report } = call
  const sources = isInput(call, 'no input') ? await fromInput(call) : fromFiles(call)
  const { keychain } = readPasswords(call)
  const look = viewing({ keychain, ids: idsOf(call) })
  const options = {
    mode: 'do' as const,
    scope: scopeOf(call),
    matches: matchesOf(call),
    limiter: new Limiter(AT_ONCE),
    advance: () => {},
  }
  const errors: unknown[] = sources.selection.failures.map(({ error }) => error)
  const states: FileState[] = []
  const views: { readonly name: string; readonly view: View }[] = []
  for (const file of sources.selection.files) {
    try {
      const { view: seen, faults, left } = await look(sources.read(file), options)
      if (seen !== undefined) views.push({ name: file.name, view: seen })
      errors.push(...faults)
      states.push({ left, isBusy: seen !== undefined || faults.length > 0 })
    } catch (error) {
      errors.push(error)
      states.push({ left: undefined, isBusy: true })
    }
  }
  errors.push(...findIdle(call, sources.selection, states).map(({ error }) => error))
  for (const error of errors) report.error(error)
  if (input.has('json')) answerJson(call, { files: views.map(asJson) })
  else for (const part of asParts(views, input.list('key').length > 0)) io.stdout.write(part)
  return errors.length > 0 ? exitStatusOf(errors[0]) : EXIT_STATUS.done
}

/** What is looked at, and how each is read. */
interface Sources {
  readonly selection: Selection
  readonly read: (file: SelectedFile) => Source
}

function fromFiles(call: Call): Sources {
  return {
    selection: selectFiles(call, 'sealed'),
    read: ({ name, file, kind }) => {
      const { bytes } = readFormer(name, file)
      return { name, kind: kind === 'either' ? kindOfText(bytes.toString('utf8')) : kind, bytes }
    },
  }
}

async function fromInput(call: Call): Promise<Sources> {
  const source = await readInput(call)
  return { selection: inputSelection(source), read: () => source }
}

function asJson({ name, view: { content, values } }: { name: string; view: View }): object {
  const text = isUtf8(content)
    ? { content: content.toString() }
    : { base64: content.toString('base64') }
  return { file: name, ...text, values }
}

/** Of one file its content as it is; of several each under a line with its name; with keys, the values alone. */
function asParts(
  views: readonly { readonly name: string; readonly view: View }[],
  isByKey: boolean,
): readonly (string | Buffer)[] {
  if (isByKey) {
    const all = views.flatMap(({ name, view: { values } }) =>
      values.map((value) => ({ ...value, name })),
    )
    if (all.length === 1) return [`${all[0]!.text}\n`]
    return all.map(
      ({ name, line, key, text }) => `${printableLine(`${name}:${line}: ${key}`)}: ${text}\n`,
    )
  }
  if (views.length === 1) return [views[0]!.view.content]
  return views.flatMap(({ name, view: { content } }, index) => [
    `${index === 0 ? '' : '\n'}==> ${printable(name)} <==\n`,
    content,
  ])
}
