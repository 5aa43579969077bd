import { statSync } from 'node:fs'
import { EXIT_STATUS } from '../../errors.js'
import { chooseClusters } from '../../config/choose.js'
import type { ClusterConfig, Config } from '../../config/config.js'
import { readAhead } from '../../lifecycle/ahead.js'
import type { Lifecycle } from '../../lifecycle/lifecycle.js'
import { Limiter } from '../../limiter.js'
import { describeVault } from '../../vault/create.js'
import { printable, printableJson } from '../../printable.js'
import { answer } from '../answer.js'
import { askAnsible } from '../check/ansible-findings.js'
import { checkCluster, checkFirstUse } from '../check/cluster-findings.js'
import type { ClusterCheck } from '../check/cluster-findings.js'
import { githubLines, gitlabReport, markdownLines } from '../check/ci-output.js'
import { formatFinding, sortFindings, summarize } from '../check/finding.js'
import type { CheckFinding } from '../check/finding.js'
import { checkHistory } from '../check/history-findings.js'
import { checkLiving } from '../check/living-findings.js'
import { checkTwins } from '../check/twin-findings.js'
import { checkPasswords, checkVault } from '../check/vault-findings.js'
import type { Call, Command } from '../command.js'
import { openConfig, openLifecycle } from '../context.js'

export const CHECK: Command = {
  usage: 'check [clusters..]',
  summary: 'Check configuration, store and vault, and ask Ansible which token each host would get',
  positionals: {
    clusters: { type: 'list', describe: 'The clusters; all of them if none is named' },
  },
  options: {
    inventory: {
      type: 'list',
      alias: 'i',
      value: 'SOURCE',
      describe: 'An inventory source, as for ansible-playbook; those of ansible.cfg if absent',
    },
    'playbook-dir': {
      type: 'text',
      value: 'DIR',
      describe: 'The folder of the playbooks, for their group_vars; that of k3s_vars.yml if absent',
    },
    markdown: {
      type: 'flag',
      describe: 'Print Markdown, for the summary of a CI job',
      excludes: ['github', 'gitlab', 'json'],
    },
    github: {
      type: 'flag',
      describe: "Answer as GitHub's annotations of a change",
      excludes: ['gitlab', 'json'],
    },
    gitlab: {
      type: 'flag',
      describe: "Answer as GitLab's Code Quality report",
      excludes: ['json'],
    },
    offline: {
      type: 'flag',
      describe: 'Do not ask the servers of a known CA whether they have the tokens',
    },
  },
  examples: [
    ['check', 'every cluster, with the sources of ansible.cfg'],
    ['check prod -i inventory.yml -i plugins/k3s_vars', 'one cluster, with the sources of a play'],
    ['$ k3s-vars check --markdown >> "$GITHUB_STEP_SUMMARY"', 'as the summary of a CI job'],
  ],
  interrupted: 'nothing was changed; run it again',
  run: check,
}

interface Checked extends ClusterCheck {
  readonly cluster: ClusterConfig
}

async function check(call: Call): Promise<number> {
  const config = openConfig(call)
  const clusters = chooseClusters(config, call.input.list('clusters'))
  const lifecycle = openLifecycle(call, config)
  const vault = describeVault(call.io.environment)
  const findings = checkVault(vault, clusters, [statSync(config.file).uid])
  await readAhead(clusters, lifecycle)
  const checked = await checkEach(call, clusters, (cluster) =>
    checkCluster(lifecycle, cluster, vault.sources.length > 0),
  )
  findings.push(...checkPasswords(lifecycle.vault))
  findings.push(...checked.flatMap((one) => one.findings))
  findings.push(...(await compareDocuments(call, lifecycle, checked)))
  const { findings: ofAnsible, serversOf } = await askAnsible({
    io: call.io,
    config,
    vault: lifecycle.vault,
    clusters: checked,
    namedConfig: call.input.text('config') === undefined ? undefined : config.file,
    play: {
      sources: call.input.list('inventory'),
      playbookDir: call.input.text('playbook-dir'),
    },
  })
  findings.push(...ofAnsible)
  const missing = checked.filter(({ origin }) => origin === 'none').map(({ cluster }) => cluster)
  for (let start = 0; start < missing.length; start += AT_ONCE) {
    const batch = missing.slice(start, start + AT_ONCE)
    const asked = batch.map((one) => checkFirstUse(lifecycle, one, serversOf(one)))
    findings.push(...(await Promise.all(asked)))
  }
  const sorted = sortFindings(findings)
  const isBad = sorted.some(({ severity }) => severity === 'error')
  const summary = `${clusters.length} cluster${clusters.length === 1 ? '' : 's'} checked: ${summarize(sorted)}`
  tell(call, { clusters, config, findings: sorted, summary })
  return isBad ? EXIT_STATUS.findings : EXIT_STATUS.done
}

interface Told {
  readonly clusters: readonly ClusterConfig[]
  readonly config: Config
  readonly findings: readonly CheckFinding[]
  readonly summary: string
}

function tell(call: Call, { clusters, config, findings, summary }: Told): void {
  const { input, io } = call
  const { GITHUB_WORKSPACE, CI_PROJECT_DIR } = io.environment.variables
  const root = GITHUB_WORKSPACE ?? CI_PROJECT_DIR ?? io.environment.cwd
  const scene = { root, config: config.file }
  const forCi = input.has('gitlab')
    ? [printableJson(gitlabReport(findings, scene), 2)]
    : input.has('github')
      ? [...githubLines(findings, scene), summary].map(printable)
      : input.has('markdown')
        ? markdownLines(findings, { summary, scene }).map(printable)
        : undefined
  if (forCi !== undefined) io.stdout.write(`${forCi.join('\n')}\n`)
  else {
    const lines = [...findings.flatMap(formatFinding), summary]
    answer(call, { clusters: clusters.map(({ name }) => name), findings }, lines)
  }
}

/** Documents with each other, with those that Git has, and with the servers. */
async function compareDocuments(
  { input, io }: Call,
  lifecycle: Lifecycle,
  checked: readonly Checked[],
): Promise<readonly CheckFinding[]> {
  const documents = checked.flatMap(({ document, ...one }) =>
    document === undefined ? [] : [{ ...one, document }],
  )
  const limiter = new Limiter(SERVERS_AT_ONCE)
  const asked = input.has('offline') ? [] : documents
  const living = await Promise.all(asked.map((one) => checkLiving(lifecycle, one, limiter)))
  return [...checkTwins(documents), ...checkHistory(documents, io.environment), ...living.flat()]
}

/** Of all clusters. */
const SERVERS_AT_ONCE = 64

/** A cluster's secrets are opened on all cores already, so a few clusters at once keep them busy. */
const AT_ONCE = 8

async function checkEach(
  { report, io }: Call,
  clusters: readonly ClusterConfig[],
  one: (cluster: ClusterConfig) => Promise<ClusterCheck>,
): Promise<Checked[]> {
  const progress = report.progress('checking', clusters.length, () => io.now().getTime())
  const checked: Checked[] = []
  for (let start = 0; start < clusters.length; start += AT_ONCE) {
    const batch = clusters.slice(start, start + AT_ONCE).map(async (cluster) => {
      const found = await one(cluster)
      progress.step()
      return { ...found, cluster }
    })
    checked.push(...(await Promise.all(batch)))
  }
  progress.end()
  return checked
}
