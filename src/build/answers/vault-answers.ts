import { count, ERROR, flag, list, orNull, shape, text, word } from './parts.js'
import type { Schema } from './parts.js'

const CHANGES = list(
  shape({
    'key?': text('Absent for a whole file'),
    line: count(),
    'from?': text('The vault id that it was sealed with'),
    'to?': text('The vault id that it is sealed with'),
  }),
)

const FILES = list(
  shape({
    file: text(),
    changes: CHANGES,
    notes: list(shape({ 'key?': text(), line: count(), text: text() })),
    left: orNull(
      shape({ why: word(['done', 'nothing', 'other']), text: text() }),
      'Why there was nothing to do',
    ),
    errors: list(ERROR),
    'content?': text('What came out, where it was asked of standard input'),
    'base64?': text('The same, where it is no text'),
  }),
)

const OPERATION = shape({ mode: word(['do', 'check', 'dry-run']), files: FILES })

/** What `vault …` answers. */
export const VAULT_ANSWERS: Readonly<Record<string, Schema>> = {
  'vault-encrypt': OPERATION,
  'vault-decrypt': OPERATION,
  'vault-rekey': OPERATION,
  'vault-view': shape({
    files: list(
      shape({
        file: text(),
        'content?': text('In the clear'),
        'base64?': text('The same, where it is no text'),
        values: list(shape({ key: text(), line: count(), text: text('In the clear') })),
      }),
    ),
  }),
  'vault-edit': shape({ file: text(), changed: flag() }),
}
