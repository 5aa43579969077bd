import { mkdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { chooseCluster } from '../../config/choose.js'
import { EXIT_STATUS, UsageError } from '../../errors.js'
import { openPinnedCa } from '../../lifecycle/ca/open-ca.js'
import type { CaFile } from '../../lifecycle/ca/open-ca.js'
import { answer, answerJson } from '../answer.js'
import type { Call, Command } from '../command.js'
import { openConfig, openLifecycle } from '../context.js'
import type { Io } from '../io.js'
import { writeSecretFile } from '../secret-output.js'

export const CA_EXPORT: Command = {
  usage: 'ca export [cluster]',
  summary: 'Write the CA of a cluster as the files that its first server needs in server/tls',
  positionals: {
    cluster: { type: 'text', describe: 'The cluster; not needed if there is only one' },
  },
  options: {
    output: {
      type: 'text',
      value: 'DIR',
      describe: 'A new folder, made with mode 0700',
      excludes: ['reveal'],
    },
    root: {
      type: 'flag',
      describe:
        'Root and intermediate as well, for `k3s certificate rotate-ca`; no server keeps them',
    },
    reveal: { type: 'flag', describe: 'Print the files as JSON, for a play that has no_log' },
  },
  examples: [
    ['ca export prod --output tls', 'then, as root: cp -r tls/. /var/lib/rancher/k3s/server/tls/'],
    ['$ ansible-playbook k3s_vars.token.place_ca', 'the same by a play, without a file here'],
  ],
  interrupted: 'remove what is in the folder of --output, and run it again',
  run: caExport,
}

async function caExport(call: Call): Promise<number> {
  const { input, io } = call
  const output = input.text('output')
  if (output === undefined && !input.has('reveal')) {
    throw new UsageError('K3SV_USAGE_OUTPUT', 'the keys of a CA are not just printed', {
      hint: 'use --output DIR, or --reveal for a play that has no_log',
    })
  }
  const config = openConfig(call)
  const cluster = chooseCluster(config, input.text('cluster'))
  const { forServer, kept, hash, program } = await openPinnedCa(
    openLifecycle(call, config),
    cluster,
  )
  const files = input.has('root') ? [...forServer, ...kept] : forServer
  if (output === undefined) {
    const texts = Object.fromEntries(files.map(({ name, text }) => [name, text.reveal()]))
    answerJson(call, { cluster: cluster.name, program, hash, files: texts }, 'reveal')
    return EXIT_STATUS.done
  }
  writeFolder(output, files, io)
  answer(call, { cluster: cluster.name, hash, files: files.map(({ name }) => name) }, [
    `wrote ${files.length} files; copy them to server/tls of the first server, then remove them here`,
  ])
  return EXIT_STATUS.done
}

function writeFolder(output: string, files: readonly CaFile[], io: Io): void {
  const folder = resolve(io.environment.cwd, output)
  try {
    mkdirSync(folder, { mode: 0o700 })
    for (const { name } of files) {
      mkdirSync(join(folder, dirname(name)), { mode: 0o700, recursive: true })
    }
  } catch {
    throw new UsageError(
      'K3SV_USAGE_OUTPUT',
      'the folder of --output cannot be made, or is there already',
      {
        hint: 'name a new folder in one that you can write',
      },
    )
  }
  for (const { name, text } of files) {
    writeSecretFile(join(folder, name), text, io, { name: 'a file in the folder of --output' })
  }
}
