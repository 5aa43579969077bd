import {
  CLUSTER,
  count,
  FINGERPRINT,
  flag,
  list,
  orNull,
  PLACE,
  SEVERITY,
  shape,
  text,
  word,
} from './parts.js'
import type { Schema } from './parts.js'
import { KIND } from './token-answers.js'

/** What `init`, `check`, `scan` and `group-vars write` answer. */
export const PROJECT_ANSWERS: Readonly<Record<string, Schema>> = {
  init: shape({
    cluster: CLUSTER,
    role: text('The id of the role'),
    groups: orNull(
      shape({ cluster: text(), server: text(), agent: text() }),
      'The groups of the inventory; null where it was not told by them',
    ),
    way: word(['plugin', 'source'], 'How the tokens reach a play'),
    'inventory?': shape({ sources: list(text()), hosts: count() }),
    vault: shape({ ids: list(text()), vaultId: orNull(text(), 'The id that seals the tokens') }),
    found: list(
      shape({
        variable: text(),
        token: KIND,
        kind: word(['sample', 'plain', 'vaulted', 'template', 'other']),
        'vaultId?': text(),
        'place?': PLACE,
        hosts: list(text()),
      }),
      'What the inventory has of tokens already; never a value',
    ),
    steps: list(shape({ action: word(['create', 'keep']), path: text() })),
    next: list(
      shape({
        about: word(['package', 'file', 'git', 'vault', 'inventory', 'token', 'team', 'play']),
        text: text(),
        'place?': PLACE,
        'lines?': list(
          {
            anyOf: [
              text(),
              shape({ section: text(), key: text(), value: text(), 'instead?': text() }),
            ],
          },
          'Lines for a file; those of ansible.cfg in their parts',
        ),
        'commands?': list(text()),
      }),
      'What is left to do, in its order',
    ),
    complete: flag('Whether nothing is left to do'),
  }),
  check: shape({
    clusters: list(text(), 'Names'),
    findings: list(
      shape({
        rule: text('The code of an error, or the name of a rule'),
        severity: SEVERITY,
        'cluster?': CLUSTER,
        message: text(),
        'place?': PLACE,
        'hint?': text(),
      }),
      'The worst first',
    ),
  }),
  scan: shape({
    findings: list(
      shape({
        rule: text(),
        form: orNull(text(), 'The form in which it was found: docs/scan.md'),
        severity: SEVERITY,
        file: text(),
        line: orNull(count()),
        column: orNull(count()),
        key: orNull(text()),
        message: text(),
        hint: text(),
        fingerprint: FINGERPRINT,
      }),
    ),
    scanned: count('Files'),
    skipped: count('Files that are binary or too large'),
    allowed: count('Findings that a comment allows'),
    known: count('Findings that the baseline knows'),
    sealed: shape({ opened: count(), unopened: count(), 'reason?': text() }),
  }),
  'scan-baseline': shape({ findings: count('How many were written') }),
  'group-vars-write': shape({
    files: list(
      shape({
        cluster: CLUSTER,
        group: text(),
        file: text(),
        state: word(['same', 'missing', 'changed', 'unsealed', 'other id', 'stale', 'foreign']),
      }),
      'Each as it was found',
    ),
  }),
}
