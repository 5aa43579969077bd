// The command line without a process for each call: in a thread, by the program's own `run`. What only a process has (signals,
// terminals, inherited descriptors, the launcher's shell) is tried with `Project.run`; that both ways agree is shown for every
// command by test/scenarios/cli-process.test.ts.
import { join } from 'node:path'
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads'
import { afterAll } from '@jest/globals'
import { held } from './answers.js'
import type { CliCall, CliRequest } from './cli-thread.js'
import { CLI_THREAD } from './prepared.js'
import { LAUNCHER } from './project.js'
import type { Outcome, Project, RunOptions } from './project.js'

const DIST = join(import.meta.dirname, '../../dist')

/** All threads, and those of them that wait for a call. */
const threads: Worker[] = []
const idle: Worker[] = []
afterAll(async () => {
  await Promise.all(threads.map((thread) => thread.terminate()))
})

/** Runs the program in a project, as {@link Project.run} runs the launcher. An editor gets a process, with its signals. */
export function runCli(
  project: Project,
  args: readonly string[],
  options: RunOptions = {},
): Outcome {
  if (args[0] === 'vault' && args[1] === 'edit') return project.run(LAUNCHER, args, options)
  return held(args, ask(callOf(project, args, options), options.timeout ?? 120_000))
}

function callOf(project: Project, args: readonly string[], options: RunOptions): CliCall {
  const variables = Object.entries({ ...project.environment, ...options.environment })
  return {
    args,
    cwd: options.cwd ?? project.folder,
    variables: Object.fromEntries(
      variables.filter((pair): pair is [string, string] => pair[1] !== undefined),
    ),
    input: options.input ?? '',
    launcher: LAUNCHER,
    patience: options.patience,
  }
}

function newThread(): Worker {
  const thread = new Worker(CLI_THREAD, { workerData: DIST, execArgv: [], stdout: true })
  thread.unref()
  threads.push(thread)
  return thread
}

function post(call: CliCall) {
  const thread = idle.pop() ?? newThread()
  const { port1, port2 } = new MessageChannel()
  const isDone = new Int32Array(new SharedArrayBuffer(4))
  thread.postMessage({ call, port: port2, isDone } satisfies CliRequest, [port2])
  return { thread, port: port1, isDone }
}

/** As {@link runCli}, while this process goes on: with a server in it, or with other calls, each in a thread of its own. */
export async function startCli(
  project: Project,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Outcome> {
  const { thread, port } = post(callOf(project, args, options))
  const outcome = await new Promise<Outcome>((resolve) => {
    port.once('message', (message: Outcome) => resolve(message))
  })
  idle.push(thread)
  return held(args, outcome)
}

/** Blocks until the thread has answered, so that a test reads as one with processes does. */
function ask(call: CliCall, timeout: number): Outcome {
  const { thread, port: port1, isDone } = post(call)
  if (Atomics.wait(isDone, 0, 0, timeout) === 'timed-out') {
    throw new Error(`no answer to \`${call.args.slice(0, 2).join(' ')}\` within ${timeout} ms`)
  }
  const answer = receiveMessageOnPort(port1) as { readonly message: Outcome } | undefined
  if (answer === undefined) throw new Error('the thread of the command line gave no answer')
  idle.push(thread)
  return answer.message
}
