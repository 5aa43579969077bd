import {
  CLUSTER,
  count,
  date,
  FINGERPRINT,
  flag,
  GENERATION,
  HASH,
  ERROR,
  EXIT_STATUS,
  list,
  orNull,
  PLACE,
  SEVERITY,
  shape,
  text,
  word,
} from './parts.js'
import type { Schema } from './parts.js'
import { KIND, KNOWN_CAS, ORIGIN, PHASE } from './token-answers.js'

const SOUNDNESS = word(
  ['sound', 'unknown', 'wrong'],
  'unknown: nothing is wrong, but something could not be asked',
)

const SERVER_FINDING = {
  rule: text(),
  severity: SEVERITY,
  message: text(),
  'place?': PLACE,
  'hint?': text(),
  'isUnknown?': flag('Something could not be asked'),
}

const SERVER_FINDINGS = list(shape(SERVER_FINDING))

const NODE_FINDINGS = list(
  shape({ ...SERVER_FINDING, 'on?': text('The place on the node: file and line') }),
)

const MATCH = shape(
  {
    is: text('current, pending, former, other, other-kind'),
    'generation?': GENERATION,
    'name?': text(),
    expected: word(['accepted', 'refused', 'either']),
  },
  'Which token it is',
)

const NODES = list(
  shape({
    name: text(),
    answer: word(['looked-at', 'unreachable', 'failed']),
    program: text('k3s, rke2, none'),
    kind: text('server, agent, none'),
    isRunning: flag(),
    places: list(
      shape({
        place: text(),
        'path?': text(),
        'line?': count(),
        'option?': text(),
        token: KIND,
        state: text(),
        'reason?': text(),
        'form?': text(),
        wins: flag('Whether K3s takes it at its next start'),
        isRead: flag('Whether K3s looks there at all'),
        'match?': MATCH,
      }),
    ),
    datastore: shape({ kind: text(), state: text(), keys: list(MATCH) }),
    state: SOUNDNESS,
    findings: NODE_FINDINGS,
  }),
)

/** What our own play hands around. */
const anything: Schema = { type: 'object' }

const COUNTS = shape({ done: count(), of: count() })

const STOP = shape({
  name: text(),
  message: text(),
  hint: text(),
  'node?': text(),
  'isPassing?': flag('It only has to be waited for'),
})

/** What `status`, `verify`, `drift` and `adopt` answer. */
export const CLUSTER_ANSWERS: Readonly<Record<string, Schema>> = {
  status: shape({
    clusters: list(
      shape({
        cluster: CLUSTER,
        role: text('The id of the role'),
        state: word(['absent', 'ok', 'corrupt', 'unreadable']),
        'code?': text('The code of the error where it is corrupt or unreadable'),
        'generation?': GENERATION,
        'phase?': PHASE,
        'created?': date(),
        'fingerprint?': FINGERPRINT,
        'origin?': ORIGIN,
        'guessable?': word(
          ['weak', 'made-up', 'unknown', null],
          'Why there is no fingerprint; null where there is one',
        ),
        'agentToken?': flag('Whether agents have a token of their own'),
        'bound?': flag('Whether the generation is bound to its document'),
        'ca?': KNOWN_CAS,
        store: text('Where the tokens are kept'),
        'old?': flag('With --max-age: whether the token is older'),
      }),
    ),
  }),
  verify: shape({
    summary: shape({ sound: count(), unknown: count(), wrong: count() }),
    clusters: list(
      shape({
        cluster: CLUSTER,
        state: SOUNDNESS,
        'generation?': GENERATION,
        'phase?': PHASE,
        ca: KNOWN_CAS,
        findings: SERVER_FINDINGS,
        servers: list(
          shape({
            url: text(),
            ca: text('pinned, unpinned, or why there was no connection'),
            'hash?': HASH,
            'program?': word(['k3s', 'rke2']),
            'readiness?': text('ready, or why that is not so'),
            tokens: list(
              shape({
                kind: KIND,
                number: GENERATION,
                standing: word(['current', 'pending', 'former']),
                expected: word(['accepted', 'refused', 'either']),
                verdict: text('What the server said of it'),
              }),
            ),
            state: SOUNDNESS,
            findings: SERVER_FINDINGS,
          }),
        ),
      }),
    ),
  }),
  drift: shape({
    cluster: CLUSTER,
    state: SOUNDNESS,
    generation: GENERATION,
    phase: PHASE,
    nodes: NODES,
    findings: NODE_FINDINGS,
  }),
  adopt: shape({
    cluster: CLUSTER,
    steps: list(
      shape({
        step: word(['compare', 'server token', 'agent token']),
        status: count('The exit status of the step'),
        lines: list(text(), 'What people read of it'),
      }),
    ),
  }),
  rotate: shape({
    'cluster?': CLUSTER,
    'decision?': word(['step', 'done', 'stop', 'plan', 'nothing']),
    'protocol?': count('Of the play that obeys'),
    'rotation?': orNull(text(), 'The id of the rotation that is under way'),
    'phase?': PHASE,
    'generation?': GENERATION,
    'outcome?': word(['committed', 'aborted', 'nothing']),
    'nodes?': list(anything, 'What each node has, trouble first'),
    'counts?': shape({ files: COUNTS, processes: COUNTS }, 'How many have the new token'),
    'step?': anything,
    'plan?': list(shape({ step: text(), why: text(), where: list(text()) })),
    'stop?': STOP,
    'stops?': list(STOP),
    'next?': text('The next command'),
    'memo?': anything,
    'status?': count('Where nothing else is known: the exit status'),
    'lines?': list(text(), 'What people read of it'),
  }),
  'rotate-status': shape({
    clusters: list(
      shape({
        cluster: CLUSTER,
        phase: PHASE,
        generation: GENERATION,
        rotation: orNull(text(), 'The id of the rotation that is under way'),
        kind: orNull(text(), 'Which tokens it changes'),
        node: orNull(text(), 'The server that goes first'),
        by: orNull(text(), 'Who began it'),
        since: orNull(date()),
        'nodes?': list(anything, 'What each node has, trouble first'),
        'counts?': shape({ files: COUNTS, processes: COUNTS }),
        'stop?': STOP,
        next: orNull(text(), 'The next command'),
      }),
    ),
  }),
  'rotate-fleet': shape({
    clusters: list(
      shape({
        cluster: CLUSTER,
        'outcome?': word(['rotated', 'stopped', 'failed', 'not begun']),
        'status?': EXIT_STATUS,
        'lines?': list(text()),
      }),
      'Those that are due; with what became of them, where it was done',
    ),
  }),
  'store-copy': shape({
    to: text('The store'),
    clusters: list(
      shape({
        cluster: CLUSTER,
        outcome: word(['copied', 'there', 'absent', 'refused']),
        'error?': ERROR,
      }),
    ),
  }),
  'store-rekey': shape({
    clusters: list(shape({ cluster: CLUSTER, outcome: word(['rekeyed', 'unchanged', 'absent']) })),
  }),
  'store-show': shape({
    stores: list(
      shape({
        kind: text(),
        store: text(),
        clusters: list(text()),
        answers: flag('Whether it answers'),
        facts: { type: 'object', additionalProperties: text(), description: 'What it tells' },
        'error?': ERROR,
      }),
    ),
  }),
  'adopt-compare': shape({
    cluster: CLUSTER,
    state: SOUNDNESS,
    node: orNull(text(), 'The server that the others were compared with'),
    server: orNull(text(), 'The file of its server token'),
    agent: orNull(text(), 'The file of its agent token; null where agents have none of their own'),
    nodes: NODES,
    findings: NODE_FINDINGS,
    lines: list(text(), 'What people read of it'),
  }),
}
