// What somebody can do who may write the repository and has no vault password: he edits the documents, moves texts between them,
// and knows what some of the texts hold.
import type { ClusterDocument, StoredTokens } from '../../src/document/document.js'
import { renderDocument } from '../../src/document/text.js'
import { Secret } from '../../src/secret.js'
import { asSchema1 } from '../support/unbound.js'
import { committed } from './document-world.js'
import type { Documents, Name, World } from './document-world.js'

/** The documents that are written, as such or as texts. */
export type Changes = Partial<Readonly<Record<Name, ClusterDocument | string>>>

export interface Attack {
  /** As the table says it. */
  readonly what: string
  /** Whose token is wrong, or whose document tells something that is not so. */
  readonly victim: Name
  readonly edit: (documents: Documents, world: World) => Changes | Promise<Changes>
  /** What Git has then: nothing of it; a commit more; or no other commit than that one. */
  readonly git?: 'committed' | 'rewritten'
  /** Where nothing is there to attack in a document without binding. */
  readonly isAboutBinding?: true
}

/** The document with other current tokens. */
function withCurrent(document: ClusterDocument, change: Partial<StoredTokens>): ClusterDocument {
  return { ...document, current: { ...document.current, ...change } }
}

/** The generation with the secrets of another one. */
function secretsOf({ server, agent }: StoredTokens): Pick<StoredTokens, 'server' | 'agent'> {
  return { server, ...(agent && { agent }) }
}

/** The document as it would be if nobody had bound it. */
function unbind(document: ClusterDocument): ClusterDocument {
  const strip = <Tokens extends StoredTokens>({ binding, ...rest }: Tokens): Tokens =>
    rest as unknown as Tokens
  return {
    ...document,
    current: strip(document.current),
    pending: document.pending && strip(document.pending),
    previous: document.previous.map(strip),
  }
}

const ATTACKER = 'AttackersTokenQ7xV2mZ9kL4pR8wT3nB6yH1sD5fG0'

const TEXTS: readonly Attack[] = [
  {
    what: 'the document of edge, relabelled as that of prod',
    victim: 'prod',
    edit: ({ edge }) => ({ prod: { ...edge, cluster: 'prod' } }),
  },
  {
    what: 'the file of edge in the place of that of prod',
    victim: 'prod',
    edit: ({ edge }) => ({ prod: renderDocument(edge) }),
  },
  {
    what: 'the texts of edge in the document of prod',
    victim: 'prod',
    edit: ({ prod, edge }) => ({ prod: withCurrent(prod, secretsOf(edge.current)) }),
  },
  {
    what: 'the texts of edge with their fingerprint, dates and binding in the document of prod',
    victim: 'prod',
    edit: ({ prod, edge }) => ({ prod: { ...prod, current: edge.current } }),
  },
  {
    what: "edge's agent text in prod's document",
    victim: 'prod',
    edit: ({ prod, edge }) => ({ prod: withCurrent(prod, { agent: edge.current.agent! }) }),
  },
  {
    what: "the agent's text replaced by the server's",
    victim: 'prod',
    edit: ({ prod }) => ({ prod: withCurrent(prod, { agent: prod.current.server }) }),
  },
  {
    what: "the agent's text replaced by the former server's, which is no longer kept",
    victim: 'prod',
    edit: ({ prod }) => ({
      prod: { ...withCurrent(prod, { agent: prod.previous[0]!.server }), previous: [] },
    }),
  },
  {
    what: "the agent's text replaced by edge's server text",
    victim: 'prod',
    edit: ({ prod, edge }) => ({ prod: withCurrent(prod, { agent: edge.current.server }) }),
  },
  {
    what: 'server and agent swapped',
    victim: 'prod',
    edit: ({ prod: { current, ...rest } }) => ({
      prod: { ...rest, current: { ...current, server: current.agent!, agent: current.server } },
    }),
  },
  {
    what: 'server and agent swapped, and no fingerprint',
    victim: 'prod',
    edit: ({ prod: { current, ...rest } }) => ({
      prod: {
        ...rest,
        current: { ...current, fingerprint: null, server: current.agent!, agent: current.server },
      },
    }),
  },
  {
    what: 'an agent token for a cluster that has none',
    victim: 'solo',
    edit: ({ solo, edge }) => ({
      solo: withCurrent(unbind(solo), { agent: edge.current.agent! }),
    }),
  },
  {
    what: 'two made-up tokens exchanged',
    victim: 'weak',
    edit: ({ weak, weaker }) => ({ weak: withCurrent(weak, secretsOf(weaker.current)) }),
  },
  {
    what: 'the document of a made-up token, relabelled',
    victim: 'weak',
    edit: ({ weaker }) => ({ weak: { ...weaker, cluster: 'weak' } }),
  },
  {
    what: 'the sealed binding in the place of a made-up agent token',
    victim: 'weak',
    isAboutBinding: true,
    edit: ({ weak }) => ({
      weak: withCurrent(weak, {
        agent: weak.current.binding as Extract<StoredTokens['binding'], { form: 'sealed' }>,
      }),
    }),
  },
  {
    what: 'a minted token called made-up, with the sealed binding of another document',
    victim: 'edge',
    isAboutBinding: true,
    edit: ({ edge, prod, weak }) => ({
      edge: {
        ...edge,
        current: {
          ...edge.current,
          ...secretsOf(prod.current),
          origin: 'imported',
          fingerprint: null,
          guessable: 'made-up',
          binding: weak.current.binding!,
        },
      },
    }),
  },
]

const PLAIN: readonly Attack[] = [
  {
    what: 'a plain token under `encrypt: always`',
    victim: 'solo',
    edit: ({ solo }) => ({
      solo: withCurrent(solo, {
        fingerprint: null,
        server: { form: 'plain', secret: new Secret(ATTACKER) },
      }),
    }),
  },
  {
    what: 'a plain token under `encrypt: always`, bound by who made it',
    victim: 'solo',
    isAboutBinding: true,
    edit: async ({ solo }, world) => ({
      solo: await world.bind(
        withCurrent(solo, {
          fingerprint: null,
          server: { form: 'plain', secret: new Secret(ATTACKER) },
        }),
      ),
    }),
  },
  {
    what: 'a damaged tag: the ciphertext as a plain text',
    victim: 'solo',
    edit: ({ solo }) => ({ solo: renderDocument(solo).replace('server: !vault |', 'server: |') }),
  },
  {
    what: 'a damaged tag: a word in front of the ciphertext',
    victim: 'solo',
    edit: ({ solo }) => ({
      solo: renderDocument(solo).replace('server: !vault |', 'server: |\n    sealed'),
    }),
  },
]

function withoutAgent({ current, ...rest }: ClusterDocument): ClusterDocument {
  const { agent, ...alone } = current
  return { ...rest, current: alone }
}

type Edit = (one: ClusterDocument) => ClusterDocument

const EDITS: readonly (readonly [string, Name, Edit])[] = [
  ['the generation changed', 'prod', (one) => ({ ...one, generation: 3 })],
  ['the write id changed', 'prod', (one) => ({ ...one, writeId: 'f'.repeat(32) })],
  ['the date changed', 'prod', (one) => withCurrent(one, { created: '2020-01-01T00:00:00Z' })],
  ['the fingerprint changed', 'prod', (one) => withCurrent(one, { fingerprint: '0123456789ab' })],
  ['the fingerprint taken away', 'prod', (one) => withCurrent(one, { fingerprint: null })],
  [
    'a CA that nobody compared',
    'solo',
    (one) => ({
      ...one,
      ca: [{ hash: 'd'.repeat(64), source: 'person', learnt: one.current.created }],
    }),
  ],
  ['the agent token taken away', 'prod', withoutAgent],
  ['a former generation taken away', 'prod', (one) => ({ ...one, previous: [] })],
  [
    'the date of a former generation changed',
    'prod',
    (one) => ({ ...one, previous: [{ ...one.previous[0]!, retired: '2020-01-01T00:00:00Z' }] }),
  ],
  ['phase `staged` changed to `rotating`', 'staged', (one) => ({ ...one, phase: 'rotating' })],
]

const CLEAR = EDITS.map(([what, victim, edit]): Attack => ({
  what,
  victim,
  edit: (documents) => ({ [victim]: edit(documents[victim]) }),
}))

/** A document of schema 1 knows neither. */
const ORIGINS_AND_CAS: readonly Attack[] = [
  {
    what: 'the origin changed',
    victim: 'prod',
    isAboutBinding: true,
    edit: ({ prod }) => ({ prod: withCurrent(prod, { origin: 'imported' }) }),
  },
  {
    what: 'the CA changed',
    victim: 'prod',
    isAboutBinding: true,
    edit: ({ prod }) => ({ prod: { ...prod, ca: [{ ...prod.ca[0]!, hash: 'd'.repeat(64) }] } }),
  },
  {
    what: 'the CA taken away',
    victim: 'prod',
    isAboutBinding: true,
    edit: ({ prod }) => ({ prod: { ...prod, ca: [] } }),
  },
]

const GENERATIONS: readonly Attack[] = [
  {
    what: 'phase `staged` changed to `rotated`',
    victim: 'staged',
    edit: ({ staged }) => ({ staged: { ...staged, phase: 'rotated' } }),
  },
  {
    what: 'phase `rotated` changed to `staged`',
    victim: 'rotated',
    edit: ({ rotated }) => ({ rotated: { ...rotated, phase: 'staged' } }),
  },
  {
    what: 'a rotation that is done, aborted',
    victim: 'rotated',
    edit: ({ rotated }) => ({ rotated: { ...rotated, phase: 'idle', pending: null } }),
  },
  {
    what: 'a rotation that is only staged, committed',
    victim: 'staged',
    edit: ({ staged }) => ({ staged: committed({ ...staged, phase: 'rotated' }) }),
  },
  {
    what: 'pending and current tokens exchanged',
    victim: 'staged',
    edit: ({ staged }) => {
      const { rotation, ...pending } = staged.pending!
      return { staged: { ...staged, current: pending, pending: { ...staged.current, rotation } } }
    },
  },
  {
    what: 'the texts of pending and current tokens exchanged',
    victim: 'staged',
    edit: ({ staged }) => ({
      staged: {
        ...staged,
        current: { ...staged.current, ...secretsOf(staged.pending!) },
        pending: { ...staged.pending!, ...secretsOf(staged.current) },
      },
    }),
  },
  {
    what: 'the id of a rotation changed',
    victim: 'rotated',
    edit: ({ rotated }) => ({
      rotated: { ...rotated, pending: { ...rotated.pending!, rotation: 'r2' } },
    }),
  },
  {
    what: 'a former generation in the place of the current one',
    victim: 'prod',
    edit: ({ prod }) => {
      const { retired, ...former } = prod.previous[0]!
      return { prod: { ...prod, current: former, previous: [{ ...prod.current, retired }] } }
    },
  },
  {
    what: 'the same, with its number',
    victim: 'prod',
    edit: ({ prod }) => {
      const { retired, ...former } = prod.previous[0]!
      return { prod: { ...prod, generation: 1, current: former, previous: [] } }
    },
  },
  {
    what: 'the texts of a former generation in the current one',
    victim: 'prod',
    edit: ({ prod }) => ({ prod: withCurrent(prod, secretsOf(prod.previous[0]!)) }),
  },
  {
    what: 'the agent text of a former generation replaced by that of edge',
    victim: 'prod',
    edit: ({ prod, edge }) => ({
      prod: { ...prod, previous: [{ ...prod.previous[0]!, agent: edge.current.agent! }] },
    }),
  },
]

const BINDINGS: readonly Attack[] = [
  {
    what: 'the binding taken away',
    victim: 'prod',
    isAboutBinding: true,
    edit: ({ prod: { current, ...rest } }) => {
      const { binding, ...unbound } = current
      return { prod: { ...rest, current: unbound } }
    },
  },
  {
    what: 'the binding of a former generation taken away',
    victim: 'prod',
    isAboutBinding: true,
    edit: ({ prod }) => {
      const { binding, ...unbound } = prod.previous[0]!
      return { prod: { ...prod, previous: [unbound] } }
    },
  },
  {
    what: 'all bindings taken away',
    victim: 'prod',
    isAboutBinding: true,
    edit: ({ prod }) => ({ prod: unbind(prod) }),
  },
  {
    what: 'one digit of the binding changed',
    victim: 'prod',
    isAboutBinding: true,
    edit: ({ prod }) => ({
      prod: renderDocument(prod).replace(
        /(binding: ")(.)/,
        (_, start: string, digit: string) => start + (digit === '0' ? '1' : '0'),
      ),
    }),
  },
  {
    what: 'the binding of edge',
    victim: 'prod',
    isAboutBinding: true,
    edit: ({ prod, edge }) => ({ prod: withCurrent(prod, { binding: edge.current.binding! }) }),
  },
  {
    what: 'the document written as one of schema 1, which has no binding',
    victim: 'prod',
    isAboutBinding: true,
    edit: ({ prod }) => ({ prod: asSchema1(renderDocument(prod)) }),
  },
  {
    what: 'the same, and the token of edge in it',
    victim: 'prod',
    isAboutBinding: true,
    edit: ({ edge }) => ({ prod: asSchema1(renderDocument({ ...edge, cluster: 'prod' })) }),
  },
  {
    what: 'the same, committed',
    victim: 'prod',
    isAboutBinding: true,
    git: 'committed',
    edit: ({ edge }) => ({ prod: asSchema1(renderDocument({ ...edge, cluster: 'prod' })) }),
  },
]

/** The document with a token that the attacker knows, because he has a node of edge or wrote the text himself. */
async function boundToKnown(world: World, { prod }: Documents, server: string): Promise<Changes> {
  const { agent, binding, ...current } = prod.current
  const tokens: StoredTokens = {
    ...current,
    fingerprint: await world.fingerprint(server),
    server: { form: 'sealed', text: server },
    agent: { form: 'sealed', text: await world.seal(`${ATTACKER}OfAgents`) },
  }
  return { prod: await world.bind({ ...prod, current: tokens }) }
}

const KNOWN: readonly Attack[] = [
  {
    what: 'the text of a token that the attacker knows (he has a node of edge), bound by him',
    victim: 'prod',
    isAboutBinding: true,
    edit: (documents, world) =>
      boundToKnown(world, documents, textOf(documents.edge.current.server)),
  },
  {
    what: 'any vault text of the repository that the attacker knows, bound by him',
    victim: 'prod',
    isAboutBinding: true,
    edit: async (documents, world) => boundToKnown(world, documents, await world.seal(ATTACKER)),
  },
  {
    what: 'the same, committed',
    victim: 'prod',
    isAboutBinding: true,
    git: 'committed',
    edit: async (documents, world) => boundToKnown(world, documents, await world.seal(ATTACKER)),
  },
  {
    what: 'the same, and no other commit is left in any ref',
    victim: 'prod',
    isAboutBinding: true,
    git: 'rewritten',
    edit: async (documents, world) => boundToKnown(world, documents, await world.seal(ATTACKER)),
  },
]

function textOf(stored: StoredTokens['server']): string {
  if (stored.form === 'plain') throw new Error('it is sealed')
  return stored.text
}

const ROLLBACKS: readonly Attack[] = [
  {
    what: 'the first document of a cluster of that name in another project with the same vault password',
    victim: 'prod',
    edit: async (_, world) => ({ prod: await world.foreign('prod', 1) }),
  },
  {
    what: 'the same, of the same generation',
    victim: 'prod',
    edit: async (_, world) => ({ prod: await world.foreign('prod', 2) }),
  },
  {
    what: 'an older document, as it was',
    victim: 'prod',
    edit: (_, world) => ({ prod: `${world.git('show', 'HEAD~1:k3s_tokens/prod.yml')}\n` }),
  },
  {
    what: 'an older document, committed',
    victim: 'prod',
    git: 'committed',
    edit: (_, world) => ({ prod: `${world.git('show', 'HEAD~1:k3s_tokens/prod.yml')}\n` }),
  },
  {
    what: 'an older document, and no newer commit is left in any ref',
    victim: 'prod',
    git: 'rewritten',
    edit: (_, world) => ({ prod: `${world.git('show', 'HEAD~1:k3s_tokens/prod.yml')}\n` }),
  },
]

export const ATTACKS: readonly Attack[] = [
  ...TEXTS,
  ...PLAIN,
  ...CLEAR,
  ...ORIGINS_AND_CAS,
  ...GENERATIONS,
  ...BINDINGS,
  ...KNOWN,
  ...ROLLBACKS,
]
