// `npm run record`: runs the commands of docs/quick-start.md in a terminal of eighty columns and draws what stood there. The hosts
// are folders of this machine, as in examples/quickstart. Needs ansible-playbook on PATH, Python and Git.
import { execFileSync, spawn } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { COLUMNS, commandsOf, drawRecording, ROWS } from './recording.js'
import type { Moment } from './recording.js'

const ROOT = join(import.meta.dirname, '../..')
const EXAMPLE = join(ROOT, 'examples/quickstart')

const world = mkdtempSync(join(tmpdir(), 'k3s_vars-record-'))
const folder = join(world, 'lab')
const environment = {
  PATH: process.env.PATH,
  HOME: world,
  LANG: 'C.UTF-8',
  TERM: 'xterm-256color',
  npm_config_cache: join(world, 'npm'),
  npm_config_loglevel: 'error',
  npm_config_fund: 'false',
  npm_config_audit: 'false',
  npm_config_progress: 'false',
  npm_config_update_notifier: 'false',
}
const began = Date.now()
const moments: Moment[] = []

try {
  symlinkSync(ROOT, join(world, 'k3s_vars'))
  mkdirSync(folder)
  execFileSync('git', ['init', '--quiet'], { cwd: folder, env: environment })
  cpSync(join(EXAMPLE, 'site.yml'), join(folder, 'site.yml'))
  for (const command of commandsOf(readFileSync(join(ROOT, 'docs/quick-start.md'), 'utf8'))) {
    await record(command)
    if (!command.endsWith(' init')) continue
    // What an editor would do: put the hosts in. The reader sees the outcome.
    const configuration = readFileSync(join(EXAMPLE, 'k3s_vars.yml'), 'utf8')
    writeFileSync(join(folder, 'k3s_vars.yml'), configuration.replaceAll(/^ *#.*\n|^---\n/gm, ''))
    await record('cat k3s_vars.yml')
  }
  const picture = drawRecording(moments)
  refuseSecrets(picture)
  writeFileSync(join(ROOT, 'docs/pictures/quick-start.svg'), picture)
} finally {
  rmSync(world, { recursive: true, force: true })
}

/** Runs a command in the terminal, and waits for its end. */
async function record(command: string): Promise<void> {
  const note = (text: string): number => moments.push({ at: Date.now() - began, text })
  note(`\x1b[1;32m$\x1b[0m \x1b[1m${command}\x1b[0m\n`)
  const size = `stty cols ${COLUMNS} rows ${ROWS}; exec sh -c "$1"`
  const program = `import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))`
  const child = spawn('python3', ['-c', program, 'sh', '-c', size, 'sh', command], {
    cwd: folder,
    env: environment,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    note(text)
    // Every question takes the answer that it proposes.
    if (/[?:] $/.test(text)) child.stdin.write('\n')
  })
  const status = await new Promise((resolve) => child.on('close', resolve))
  if (status !== 0)
    throw new Error(
      `${command}: status ${String(status)}\n${moments.map(({ text }) => text).join('')}`,
    )
  note('\n')
}

/** Nothing of this machine, and no secret, goes into the repository. */
function refuseSecrets(picture: string): void {
  const ask = (...words: string[]): string =>
    execFileSync('npx', ['k3s-vars', ...words], { cwd: folder, env: environment, encoding: 'utf8' })
  const secrets = [
    ask('token', 'show', '--reveal').trim(),
    readFileSync(join(folder, '.vault_password'), 'utf8').trim(),
    world,
    ROOT,
  ]
  for (const secret of secrets)
    if (secret === '' || picture.includes(secret)) throw new Error('the recording shows a secret')
}
