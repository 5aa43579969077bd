// Asks everybody who can know whether a cluster has, or had, a token; minting-decision.ts says what follows. Nothing is changed.
import { serverEndpoints } from '../cluster/endpoints.js'
import type { ServerHost } from '../cluster/endpoints.js'
import { findSigns } from '../cluster/probe.js'
import type { ClusterConfig } from '../config/config.js'
import type { Environment } from '../environment.js'
import { nameDocument } from '../store-spec.js'
import { ALL_TOKEN_VARIABLES } from '../token-environment.js'
import type { Lifecycle } from './lifecycle.js'
import { MINTING_RULES, ruleOf } from './minting-rules.js'
import type { Answer, QuestionId, Way } from './minting-rules.js'

export interface Asking {
  readonly way: Way
  /** Servers that another inventory has. */
  readonly servers?: readonly ServerHost[]
}

/** All answers, for a person to see; the first that stops, and those before it, at first use. */
export async function askBeforeMinting(
  lifecycle: Lifecycle,
  cluster: ClusterConfig,
  { way, servers = [] }: Asking,
): Promise<readonly Answer[]> {
  const ask: Readonly<Record<Asked, () => Answer | Promise<Answer>>> = {
    environment: () => askEnvironment(lifecycle.environment),
    configuration: () => askConfiguration(cluster, lifecycle.environment),
    git: () => ({
      question: 'git',
      answer: lifecycle.historyOf(cluster),
      detail: nameDocument(cluster.store, cluster.name),
    }),
    servers: () => askServers(cluster, servers),
  }
  const answers: Answer[] = []
  for (const question of Object.keys(ask) as Asked[]) {
    const by: readonly Way[] = MINTING_RULES[question].by
    if (!by.includes(way)) continue
    const answer = await ask[question]()
    answers.push(answer)
    if (way === 'first-use' && ruleOf(answer).verdict !== 'yes') break
  }
  return answers
}

/** The store answers by itself, and only the command line can ask about the project. */
type Asked = Exclude<QuestionId, 'store' | 'project'>

function askEnvironment({ variables }: Environment): Answer {
  const detail = ALL_TOKEN_VARIABLES.find((name) => (variables[name] ?? '') !== '')
  return detail === undefined
    ? { question: 'environment', answer: 'unset' }
    : { question: 'environment', answer: 'set', detail }
}

function askConfiguration({ mint, store }: ClusterConfig, environment: Environment): Answer {
  const question = 'configuration'
  if (mint !== 'outside-ci' || !isJob(environment)) return { question, answer: mint }
  return { question, answer: store.kind === 'file' ? 'in-ci' : 'in-ci-elsewhere' }
}

/** Whether this is a job of continuous integration; all services for that set `CI`. */
function isJob({ variables }: Environment): boolean {
  return !['', 'false', '0'].includes(variables['CI'] ?? '')
}

/** Whether K3s or RKE2 answers at a server of the cluster; no password is sent. */
export async function askServers(
  cluster: ClusterConfig,
  others: readonly ServerHost[] = [],
): Promise<Answer> {
  const question = 'servers'
  if (!cluster.probe) return { question, answer: 'not-asked' }
  const { urls, unaddressed } = serverEndpoints(cluster, others)
  if (urls.length + unaddressed.length === 0) return { question, answer: 'unknown' }
  const signs = await findSigns(urls)
  if (signs.kind === 'lives') return { question, answer: 'lives', detail: signs.url }
  const doubts = [
    ...(signs.kind === 'unclear' ? signs.doubts.map(({ url, word }) => `${url} ${word}`) : []),
    ...unaddressed.map((name) => `the address of ${name} is a template`),
  ]
  if (doubts.length === 0) return { question, answer: 'none-lives', detail: String(urls.length) }
  return { question, answer: 'unclear', detail: shorten(doubts) }
}

/** One of many stands for all. */
function shorten([first = '', ...rest]: readonly string[]): string {
  return rest.length === 0 ? first : `${first}, and ${rest.length} more give no clear answer`
}
