import { hostname, userInfo } from 'node:os'
import { chooseCluster } from '../../config/choose.js'
import { EXIT_STATUS, UsageError } from '../../errors.js'
import { makeBootstrap } from '../../lifecycle/bootstrap.js'
import { Secret } from '../../secret.js'
import { answer, answerJson } from '../answer.js'
import { API_OPTIONS, openApiOf } from '../bootstrap/api.js'
import { parseLifetime } from '../bootstrap/lifetime.js'
import type { Call, Command } from '../command.js'
import { openConfig, openLifecycle } from '../context.js'
import { writeSecretDescriptor, writeSecretFile } from '../secret-output.js'

export const BOOTSTRAP_CREATE: Command = {
  usage: 'bootstrap create <cluster>',
  summary:
    'Create a token in a running cluster that joins agents for a limited time; uses the kubeconfig',
  positionals: { cluster: { type: 'text', describe: 'The cluster' } },
  options: {
    ttl: {
      type: 'text',
      value: 'TIME',
      describe:
        'How long the token is valid: a minute to 30 days, such as 30m, 2h or 1d; an hour if absent',
    },
    description: {
      type: 'text',
      value: 'TEXT',
      describe: 'What it is for; kept in the cluster, together with who made it',
    },
    output: {
      type: 'text',
      value: 'FILE',
      describe: 'Write it to a new file of mode 0600',
      excludes: ['fd', 'reveal'],
    },
    fd: {
      type: 'text',
      value: 'N',
      describe: 'Write it to an inherited descriptor, 3 or higher',
      excludes: ['reveal'],
    },
    reveal: { type: 'flag', describe: 'Print it' },
    ...API_OPTIONS,
  },
  examples: [
    ['bootstrap create prod --output join.token', 'for an hour; K3s takes it with --token-file'],
    [
      'bootstrap create prod --ttl 10m --description "node 17" --reveal',
      'printed once; it is kept nowhere',
    ],
  ],
  interrupted: 'a token that nobody got ends by itself; k3s-vars bootstrap list shows it',
  run: bootstrapCreate,
}

const HOUR = '1h'

async function bootstrapCreate(call: Call): Promise<number> {
  const { input, io, report } = call
  requireOutput(call)
  const seconds = parseLifetime(input.text('ttl') ?? HOUR)
  const config = openConfig(call)
  const cluster = chooseCluster(config, input.text('cluster'))
  const lifecycle = openLifecycle(call, config)
  const expires = new Date(Math.floor(io.now().getTime() / 1000 + seconds) * 1000)
  const made = await makeBootstrap(lifecycle, cluster, {
    api: openApiOf(call),
    expires,
    description: describe(input.text('description')),
  })
  const { id, isSecure } = made
  const told = { cluster: cluster.name, id, expires: expires.toISOString(), secure: isSecure }
  try {
    handOver(call, made.token, told)
  } catch (error) {
    // Nobody has it, so it should join nobody.
    await made.undo()
    throw error
  }
  if (!isSecure) {
    report.warn(
      `no CA of ${cluster.name} is known, so the token stands alone; k3s-vars verify ${cluster.name} --pin`,
    )
  }
  return EXIT_STATUS.done
}

/** Before anything is made. */
function requireOutput({ input }: Call): void {
  if (input.has('reveal') || input.text('output') !== undefined || input.text('fd') !== undefined)
    return
  throw new UsageError(
    'K3SV_USAGE_OUTPUT',
    'a bootstrap token joins machines, so it is not just printed',
    {
      hint: 'use --output FILE, --fd N, or --reveal',
    },
  )
}

/** Whoever lists the Secrets of the cluster reads it. */
function describe(why: string | undefined): string {
  const who = `k3s-vars: ${nameOfUser()}@${hostname()}`
  return why === undefined ? who : `${who}: ${why}`
}

/** The system need not know a user by name, as in many containers. */
function nameOfUser(): string {
  try {
    return userInfo().username
  } catch {
    return String(process.getuid?.() ?? '')
  }
}

function handOver(call: Call, token: Secret, told: Readonly<Record<string, unknown>>): void {
  const { input, io } = call
  const [output, fd] = [input.text('output'), input.text('fd')]
  const line = new Secret(`${token.reveal()}\n`)
  if (output === undefined && fd === undefined) {
    if (input.has('json')) answerJson(call, { ...told, token: token.reveal() })
    else io.stdout.write(line.reveal())
    return
  }
  if (output !== undefined) writeSecretFile(output, line, io)
  else writeSecretDescriptor(fd!, line)
  answer(call, told, [
    `made the bootstrap token ${String(told['id'])}; it joins until ${String(told['expires'])}`,
  ])
}
