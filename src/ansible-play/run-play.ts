// Runs a play of ours with the user's own inventory and settings. What Ansible prints is never shown: it may quote a secret.
import { spawn } from 'node:child_process'
import { readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { childVariables } from '../environment.js'
import type { Environment } from '../environment.js'
import { ClusterError, UsageError } from '../errors.js'
import { onInterrupt } from '../interrupt.js'
import { createPrivateFile, privateBases, wipeStaleFolders } from '../files/private-folder.js'
import { formatRehearsal, newRehearsal, REHEARSAL_VARIABLE } from '../token/rehearsal.js'
import type { Asker } from './programs.js'

export interface Play {
  /** The file in `playbooks/`: `drift.yml`. */
  readonly name: string
  /** The configuration for our own source and plugins, and for what the play runs of us. */
  readonly config: string
  /** The values of `-i`. */
  readonly sources: readonly string[]
  /** Further arguments of ansible-playbook, such as `--ask-become-pass`. */
  readonly flags: readonly string[]
  /** Without a token in them. */
  readonly variables: Readonly<Record<string, unknown>>
  /** What the programs of the play find in their environment besides. */
  readonly environment?: Readonly<Record<string, string>>
}

/**
 * The text that a play writes to the file which it finds in `k3s_vars_answer_file`. Our own source and plugins only rehearse
 * meanwhile, so that no token gets into the play.
 * @param launcher the program as it was called; the playbooks lie beside its folder
 * @throws ClusterError `K3SV_CLUSTER_ANSIBLE` where it gives no answer; UsageError where there is no such play
 */
export async function answerOfPlay(
  asker: Asker,
  launcher: string | undefined,
  play: Play,
): Promise<string> {
  const { environment } = asker
  const root = rootOf(launcher)
  const bases = privateBases(environment)
  wipeStaleFolders(bases)
  const file = createPrivateFile(bases[0] ?? '/tmp', {
    name: 'variables.json',
    content: Buffer.from(JSON.stringify(play.variables)),
  })
  const answer = join(dirname(file.path), 'answer.json')
  const release = onInterrupt(() => file.wipe())
  try {
    const args = [
      ...play.sources.flatMap((source) => ['-i', source]),
      ...play.flags,
      ...['-e', `@${file.path}`, '-e', JSON.stringify({ k3s_vars_answer_file: answer })],
      join(root, 'playbooks', play.name),
    ]
    const status = await run(args, environment, {
      ANSIBLE_LIBRARY: join(root, 'plugins/modules'),
      ANSIBLE_MODULE_UTILS: join(root, 'plugins/module_utils'),
      ANSIBLE_ACTION_PLUGINS: join(root, 'plugins/action'),
      K3S_VARS_CONFIG: play.config,
      ...play.environment,
      [REHEARSAL_VARIABLE]: formatRehearsal(newRehearsal(asker.randomBytes, asker.now())),
    })
    return read(answer, play, status)
  } finally {
    release()
    file.wipe()
  }
}

function rootOf(launcher: string | undefined): string {
  if (launcher !== undefined) return dirname(dirname(realpathSync(launcher)))
  throw new UsageError('K3SV_USAGE', 'the program does not know where its playbooks lie', {
    hint: 'call it as k3s-vars, or as plugins/k3s_vars',
  })
}

/** The exit status; null where it was killed. */
function run(
  args: readonly string[],
  environment: Environment,
  variables: Readonly<Record<string, string>>,
): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn('ansible-playbook', args, {
      cwd: environment.cwd,
      env: { ...childVariables(environment), ...variables },
      // Whatever asks for a password does so at the terminal itself.
      stdio: 'ignore',
    })
    child.on('error', () => {
      reject(
        new ClusterError('K3SV_CLUSTER_ANSIBLE', 'ansible-playbook cannot be run', {
          hint: 'put Ansible on PATH, for example by activating its virtual environment',
        }),
      )
    })
    const release = onInterrupt(() => child.kill())
    child.on('close', (status) => {
      release()
      resolve(status)
    })
  })
}

function read(answer: string, { name }: Play, status: number | null): string {
  try {
    return readFileSync(answer, 'utf8')
  } catch {
    const end = status === null ? 'was killed' : `ended with status ${status}`
    throw new ClusterError(
      'K3SV_CLUSTER_ANSIBLE',
      `the play ${name} ${end} and looked at no host`,
      {
        hint: 'see whether the inventory has the hosts of the cluster, and `ansible all -m ping` reaches them',
      },
    )
  }
}
