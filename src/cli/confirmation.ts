// What the servers said about tokens that were brought, for people.
import { ANSWER_WORDS } from '../cluster/words.js'
import type { Confirmation, ServerReport } from '../lifecycle/confirm.js'

/** More servers than this are counted. */
const MOST_LINES = 8

const NOT_ASKED: Readonly<Record<NonNullable<Confirmation['notAsked']>, string>> = {
  offline: 'as was asked for',
  'probe-off': 'probe is false',
  'no-servers':
    'no server is known here; -i INVENTORY names an inventory that has them, for this and the next import',
  'no-pin':
    'a short token does not say which CA to trust, and no password goes to an unknown one; bring the whole K10… line of server/token to have it compared',
}

/** One line for each server, trouble first, or one that says why none was asked. */
export function describeConfirmation({ notAsked, servers }: Confirmation): string[] {
  if (notAsked !== undefined) return [`not compared with the cluster: ${NOT_ASKED[notAsked]}`]
  const sorted = [...servers].sort((a, b) => Number(isConfirmed(a)) - Number(isConfirmed(b)))
  const lines = sorted.slice(0, MOST_LINES).map(describeServer)
  const rest = sorted.length - lines.length
  const isAny = servers.some(isConfirmed)
  return [
    ...lines,
    ...(rest > 0 ? [`and ${rest} more servers`] : []),
    ...(isAny ? [] : ['not confirmed: no server of the cluster could be asked']),
  ]
}

/** Whether the server has the CA and accepts every token that was tried. */
export function isConfirmed({ ca, server, agent }: ServerReport): boolean {
  const tried = [server, agent].filter((verdict) => verdict !== undefined)
  return ca === 'pinned' && tried.every((verdict) => verdict === 'accepted')
}

function describeServer(report: ServerReport): string {
  const { url, ca, server, agent } = report
  if (ca !== 'pinned') return `${url} could not be asked: it ${ANSWER_WORDS[ca]}`
  if (isConfirmed(report)) {
    const kinds = [server && 'server', agent && 'agent'].filter(Boolean).join(' and ')
    return `${url} has the CA of the token and accepts the ${kinds} token`
  }
  const troubles = [
    server && server !== 'accepted' ? `server token: it ${ANSWER_WORDS[server]}` : undefined,
    agent && agent !== 'accepted' ? `agent token: it ${ANSWER_WORDS[agent]}` : undefined,
  ]
  return `${url} has the CA of the token, but: ${troubles.filter(Boolean).join('; ')}`
}
