import { ORIGINS } from '../../document/document.js'
import {
  CLUSTER,
  count,
  date,
  ERROR,
  FINGERPRINT,
  flag,
  GENERATION,
  HASH,
  list,
  orNull,
  SEVERITY,
  shape,
  text,
  word,
} from './parts.js'
import type { Schema } from './parts.js'

export const KIND = word(['server', 'agent'])
export const ORIGIN = word([...ORIGINS, null], 'How the server token came; null where nobody knows')
export const PHASE = text('Where a rotation stands: idle where there is none')
export const KNOWN_CAS = list(
  shape({ hash: HASH, source: text('Where it is known from'), learnt: date() }),
  'The CAs that the servers may have',
)

const CLASSES = list(text(), 'Which kinds of characters it has')

/** What `token …`, `ca …` and `bootstrap …` answer. */
export const TOKEN_ANSWERS: Readonly<Record<string, Schema>> = {
  'token-new': shape({
    cluster: CLUSTER,
    kinds: list(KIND, 'What was made; empty where a person said no'),
    'generation?': GENERATION,
    'fingerprint?': FINGERPRINT,
    'created?': date(),
    'found?': list(
      shape({ question: text(), answer: text(), 'detail?': text() }),
      'What those said who could have known of another token; docs/minting.md has the words',
    ),
  }),
  'token-new-bootstrap': shape({
    kind: word(['bootstrap']),
    'token?': text('The token itself, with --reveal'),
  }),
  'token-show': shape({
    cluster: CLUSTER,
    role: text('The id of the role'),
    generation: GENERATION,
    phase: PHASE,
    created: date(),
    origin: ORIGIN,
    fingerprint: FINGERPRINT,
    bound: flag('Whether the generation is bound to its document'),
    former: count('How many former generations are kept'),
    generations: list(
      shape({
        generation: GENERATION,
        created: date(),
        retired: orNull(date(), 'Null while it is in use'),
        fingerprint: FINGERPRINT,
      }),
    ),
    ca: KNOWN_CAS,
    tokens: list(
      shape({
        kind: KIND,
        length: orNull(count(), 'Null where no password here opens it'),
        classes: CLASSES,
        weak: orNull(text(), 'The rule that calls it weak'),
      }),
    ),
  }),
  'token-show-reveal': shape({ cluster: CLUSTER, kind: KIND, token: text('The token itself') }),
  'token-inspect': shape({
    kind: word(['server', 'agent', 'bootstrap', 'password', 'unknown', 'none']),
    format: word(['secure', 'short', null]),
    caPinned: flag('Whether it names a CA'),
    length: count('Characters of the secret'),
    classes: CLASSES,
    bits: { type: 'number', minimum: 0, description: 'How strong it is at most' },
    problem: orNull(
      shape({ code: text(), message: text(), hint: text() }),
      'Why K3s could not read it',
    ),
    findings: list(
      shape({
        rule: text(),
        severity: SEVERITY,
        reason: text(),
        'sees?': text('What would arrive instead'),
        hint: text(),
        'file?': text('The file in which that happens'),
      }),
    ),
    finalNewline: flag('Whether one was taken off'),
  }),
  'token-import': shape({
    cluster: CLUSTER,
    outcome: word(['adopted', 'replaced', 'unchanged']),
    kinds: list(KIND),
    generation: GENERATION,
    origin: ORIGIN,
    fingerprint: FINGERPRINT,
    ca: list(HASH),
    trimmed: list(text(), 'What had a final newline that was taken off'),
    weak: list(shape({ kind: KIND, rule: text() })),
    confirmed: flag('Whether a server that has the CA accepted all of it'),
    notAsked: word(['offline', 'probe-off', 'no-servers', 'no-pin', null]),
    servers: list(
      shape({ url: text(), ca: text(), 'server?': text(), 'agent?': text() }),
      'What each server said of its CA and of the tokens',
    ),
  }),
  'token-bind': shape({
    clusters: list(
      shape({
        cluster: CLUSTER,
        outcome: text('bound, or unchanged'),
        accepted: list(shape({ code: text(), message: text(), 'key?': text() })),
      }),
    ),
  }),
  'token-for-snapshot': shape({
    cluster: CLUSTER,
    generation: GENERATION,
    standing: word(['current', 'pending', 'former']),
    created: date(),
    retired: orNull(date(), 'Null while it is in use'),
    by: word(['name', 'key'], 'What told: the name of the file, or the key in it'),
  }),
  'ca-new': shape({ cluster: CLUSTER, hash: HASH, file: text(), created: date(), ends: date() }),
  'ca-show': shape({
    cluster: CLUSTER,
    hash: HASH,
    file: text(),
    created: date(),
    ends: date(),
    pinned: flag('Whether the token document names this CA'),
  }),
  'ca-export': shape({ cluster: CLUSTER, hash: HASH, files: list(text()) }),
  'ca-export-reveal': shape({
    cluster: CLUSTER,
    program: word(['k3s', 'rke2']),
    hash: HASH,
    files: {
      type: 'object',
      additionalProperties: text(),
      description: 'Path below server/tls → text, keys included',
    },
  }),
  'bootstrap-create': shape({
    cluster: CLUSTER,
    id: text('What stands before the dot'),
    expires: date(),
    secure: flag('Whether the CA stands in the token'),
    'token?': text('The token itself, with --reveal'),
  }),
  'bootstrap-list': shape({
    cluster: CLUSTER,
    tokens: list(
      shape({
        id: text(),
        expires: orNull(text(), 'Null: for ever'),
        description: text(),
        groups: list(text()),
        authenticates: flag('Whether it joins anything'),
      }),
    ),
  }),
  'bootstrap-delete': shape({ cluster: CLUSTER, deleted: list(text(), 'Ids') }),
  interrupted: shape({
    signal: word(['SIGINT', 'SIGTERM', 'SIGHUP']),
    'label?': text('What went on'),
    'done?': count(),
    'total?': count(),
    message: text('What that leaves, and how to go on'),
  }),
  error: shape({ error: ERROR }),
}
