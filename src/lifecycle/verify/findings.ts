// What is wrong with a server's answers, and what to do.
import { lastMomentOf } from '../../cluster/ca-hash.js'
import { programOf } from '../../cluster/endpoints.js'
import type { Endpoints, Program } from '../../cluster/endpoints.js'
import { ANSWER_WORDS } from '../../cluster/words.js'
import type { ClusterConfig } from '../../config/config.js'
import type { K3sVarsError } from '../../errors.js'
import type { TokenKind } from '../../role/profile.js'
import { TOKEN_KINDS } from '../../token-pair.js'
import { findWrongCa } from './ca-findings.js'
import type { ServerFinding, Situation } from './finding.js'
import type { Interview, TokenAnswer } from './interview.js'

/** A CA that ends sooner than this is told of. */
const NOTICE_DAYS = 30
const DAY = 86_400_000

/** Servers that nobody can find from here. */
export function findUnasked(
  cluster: ClusterConfig,
  { urls, unaddressed }: Endpoints,
): ServerFinding[] {
  if (urls.length > 0 && unaddressed.length === 0) return []
  const [first, ...others] = unaddressed
  const more = others.length === 0 ? '' : ` and ${others.length} more`
  return [
    {
      rule: first === undefined ? 'no-servers' : 'no-address',
      severity: 'error',
      isUnknown: true,
      message:
        first === undefined
          ? 'no server of it is known here'
          : `the address of ${first}${more} is left to a template, which only Ansible evaluates`,
      place: cluster.location,
      hint: 'name the inventory that has them with -i, list the hosts under `hosts`, or name an address under `endpoint`',
    },
  ]
}

/** What kept the whole cluster from being asked. */
export function unreadable({ code, message, location, hint }: K3sVarsError): ServerFinding {
  return {
    rule: code,
    severity: 'error',
    isUnknown: true,
    message,
    ...(location && { place: location }),
    hint,
  }
}

/** Everything that is wrong with one server. */
export function findInServer(server: Interview, situation: Situation): readonly ServerFinding[] {
  if (server.ca !== 'pinned') return [findWrongCa(server, situation)]
  return [
    ...findOtherProgram(server, situation),
    ...findEndOfCa(server, situation),
    ...TOKEN_KINDS.flatMap((kind) => findInTokens(kind, server, situation)),
    ...findUnready(server),
  ]
}

const PROGRAM_NAMES: Readonly<Record<Program, string>> = { k3s: 'K3s', rke2: 'RKE2' }

function findOtherProgram({ program }: Interview, { cluster }: Situation): ServerFinding[] {
  const expected = programOf(cluster)
  if (program === undefined || program === expected || cluster.role.id === 'custom') return []
  return [
    {
      rule: 'other-program',
      severity: 'error',
      message: `it is a server of ${PROGRAM_NAMES[program]}, and role ${cluster.role.id} installs ${PROGRAM_NAMES[expected]}`,
      place: cluster.location,
      hint: 'set the role that installed the cluster',
    },
  ]
}

function findEndOfCa({ bundle }: Interview, { cluster, now }: Situation): ServerFinding[] {
  const end = bundle && lastMomentOf(bundle, now)
  if (end === undefined || end.getTime() - now.getTime() > NOTICE_DAYS * DAY) return []
  const isHandedOut = cluster.form === 'secure'
  return [
    {
      rule: 'ca-ends',
      severity: 'warn',
      message: `a certificate of its CA expires on ${end.toISOString().slice(0, 10)}; from then on the CA has another hash, or none is trusted${isHandedOut ? ', and with the secure form no node can join' : ''}`,
      hint: `renew it on the servers before that day, then \`k3s-vars verify ${cluster.name} --pin\``,
    },
  ]
}

function findUnready({ readiness }: Interview): ServerFinding[] {
  if (readiness === undefined || readiness === 'ready') return []
  return [
    {
      rule: 'not-ready',
      severity: 'warn',
      message: `it has the token, but ${ANSWER_WORDS[readiness]}`,
      hint: 'look at the log of its service; a restart takes up to half a minute',
    },
  ]
}

function findInTokens(kind: TokenKind, server: Interview, situation: Situation): ServerFinding[] {
  const answers = server.tokens.filter((answer) => answer.kind === kind)
  const cut = answers.find(({ verdict }) => verdict !== 'accepted' && verdict !== 'refused')
  if (cut !== undefined) return [notTold(kind, cut)]
  if (answers.length === 0) return []
  const accepted = answers.filter(({ verdict }) => verdict === 'accepted')
  if (accepted.length === 0) return [otherToken(kind, situation)]
  return accepted
    .filter(({ expected }) => expected === 'refused')
    .map((answer) => oldToken(answer, accepted.length > 1, situation))
}

function notTold(kind: TokenKind, { verdict }: TokenAnswer): ServerFinding {
  return {
    rule: `${kind}-token-unknown`,
    severity: 'error',
    isUnknown: true,
    message: `asked about the ${kind} token, it ${ANSWER_WORDS[verdict]}`,
    hint: 'ask again when the server is up',
  }
}

const FILES: Readonly<Record<TokenKind, string>> = {
  server: 'server/token',
  agent: 'server/agent-token',
}

function otherToken(kind: TokenKind, { cluster }: Situation): ServerFinding {
  const file = kind === 'server' ? '--file' : '--agent-file'
  return {
    rule: `${kind}-token-refused`,
    severity: 'error',
    message:
      kind === 'agent' && !cluster.agentToken
        ? 'agents cannot join with the server token: it has an agent token of its own'
        : `it has another ${kind} token than any that is kept here`,
    hint: `was it rotated by hand? The one that it has stands in ${FILES[kind]} on it: \`k3s-vars token import ${cluster.name} ${file} FILE --replace\``,
  }
}

function oldToken(
  { kind, number, standing }: TokenAnswer,
  isBesideOther: boolean,
  { cluster, document }: Situation,
): ServerFinding {
  const name = `the ${kind} token of generation ${number}`
  if (standing === 'pending') {
    return {
      rule: `pending-${kind}-token-accepted`,
      severity: 'error',
      message: `it accepts ${name} already, and the rotation is in phase ${document.phase}`,
      hint: 'go on with the rotation: the servers are further than the document says',
    }
  }
  return {
    rule: `former-${kind}-token-accepted`,
    severity: 'error',
    message: isBesideOther
      ? `it accepts ${name}, too: behind this address are several servers, and one was not restarted since the rotation`
      : `it still accepts ${name}: it was not restarted since the rotation`,
    hint: `restart the server, after its configuration has the new token; k3s-vars drift ${cluster.name} shows what it would take`,
  }
}
