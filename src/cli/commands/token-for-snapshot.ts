import { basename, resolve } from 'node:path'
import type { ClusterConfig } from '../../config/config.js'
import { allGenerations } from '../../document/active.js'
import type { Generation } from '../../document/active.js'
import type { ClusterDocument, FormerTokens } from '../../document/document.js'
import { EXIT_STATUS, StoreError, UsageError } from '../../errors.js'
import { fileError, inBrackets, isAbsence } from '../../files/file-error.js'
import type { Lifecycle } from '../../lifecycle/lifecycle.js'
import { openGeneration, requireSound } from '../../lifecycle/open.js'
import { snapshotPrefix } from '../../lifecycle/rotation/steps.js'
import { keyName } from '../../token/fingerprint.js'
import { answer } from '../answer.js'
import type { Call, Command } from '../command.js'
import { openConfig, openLifecycle } from '../context.js'
import { fingerprintsIn, fingerprintsInName } from '../snapshot-key.js'

export const TOKEN_FOR_SNAPSHOT: Command = {
  usage: 'token for-snapshot <file>',
  summary: 'Find out which token a snapshot of K3s is restored with: cluster and generation',
  positionals: {
    file: {
      type: 'text',
      describe: 'The snapshot, or its name alone where that has a fingerprint',
    },
  },
  options: {},
  examples: [
    ['token for-snapshot etcd-snapshot-l1-1764370000', 'by the key in a copy of the file'],
    ['token for-snapshot prod-3-0f1e2d3c4b5a-20261129t220000-aabbcc-l1-1764370000', 'by its name'],
  ],
  interrupted: 'nothing was changed; run it again',
  run: forSnapshot,
}

interface Kept {
  readonly cluster: ClusterConfig
  readonly document: ClusterDocument
  readonly generation: Generation
}

async function forSnapshot(call: Call): Promise<number> {
  const { input, io } = call
  const file = input.text('file') ?? ''
  const config = openConfig(call)
  const lifecycle = openLifecycle(call, config)
  const kept = await allKept(lifecycle, config.clusters)
  // What stands in the file decides; anybody can rename it.
  const inside = readInside(resolve(io.environment.cwd, file))
  const by = inside === undefined || inside.length === 0 ? 'name' : 'key'
  const wanted = by === 'key' ? inside! : fingerprintsInName(file)
  if (wanted.length === 0) {
    const named = namedByRotation(file, kept)
    if (named !== undefined) return tell(call, named, 'name')
    throw noFingerprint(inside !== undefined)
  }
  for (const fingerprint of wanted) {
    const found = await find(lifecycle, kept, fingerprint)
    if (found !== undefined) return tell(call, found, by)
  }
  throw new StoreError(
    'K3SV_STORE_ABSENT',
    `the token of this snapshot (fingerprint ${wanted[0]}) is not kept here`,
    {
      hint: 'look into backups of the documents, and on the servers: server/token; a wrong token destroys the datastore that a restore replaces',
    },
  )
}

async function allKept(
  lifecycle: Lifecycle,
  clusters: readonly ClusterConfig[],
): Promise<readonly Kept[]> {
  const found: Kept[] = []
  for (const cluster of clusters) {
    const stored = await lifecycle.storeOf(cluster).get(cluster.name)
    if (stored === null) continue
    const { document } = stored
    for (const generation of allGenerations(document)) found.push({ cluster, document, generation })
  }
  return found
}

/** Those that show no fingerprint are opened, and only where none that shows one has this. */
async function find(
  lifecycle: Lifecycle,
  kept: readonly Kept[],
  fingerprint: string,
): Promise<Kept | undefined> {
  const shown = kept.find(({ generation }) => generation.tokens.fingerprint === fingerprint)
  if (shown !== undefined) return shown
  for (const one of kept.filter(({ generation }) => generation.tokens.fingerprint === null)) {
    const { server } = one.generation.tokens
    const { server: secret } = requireSound(await openGeneration(lifecycle, one, { server }))
    if (keyName(secret) === fingerprint) return one
  }
  return undefined
}

function tell(call: Call, { cluster, generation }: Kept, by: 'name' | 'key'): number {
  const { number, standing, tokens } = generation
  const retired = 'retired' in tokens ? (tokens as FormerTokens).retired : null
  const until = retired === null ? `since ${tokens.created}` : `${tokens.created} to ${retired}`
  answer(
    call,
    { cluster: cluster.name, generation: number, standing, created: tokens.created, retired, by },
    [
      `${cluster.name}: generation ${number} (${standing}, ${until}), by ${by === 'key' ? 'the key in the file' : 'the name of the file'}`,
      `its token: k3s-vars token show ${cluster.name} --reveal --generation ${number}`,
    ],
  )
  return EXIT_STATUS.done
}

/** By the name that a rotation gives: the token of that generation could be guessed, so that no fingerprint is in it. */
function namedByRotation(file: string, kept: readonly Kept[]): Kept | undefined {
  const fits = kept.filter(({ cluster, generation }) =>
    basename(file).startsWith(`${snapshotPrefix(cluster.name, generation.number, null)}-`),
  )
  return fits.length === 1 ? fits[0] : undefined
}

/** Undefined where no such file is here. */
function readInside(path: string): readonly string[] | undefined {
  try {
    return fingerprintsIn(path)
  } catch (error) {
    if (isAbsence(error)) return undefined
    throw new UsageError(
      'K3SV_USAGE',
      `the snapshot cannot be read${inBrackets(fileError(error, path).errno)}`,
      { hint: 'copy it here, or give its name alone' },
    )
  }
}

function noFingerprint(isThere: boolean): UsageError {
  return isThere
    ? new UsageError('K3SV_USAGE', 'the file holds no key of K3s, nor does its name tell', {
        hint: 'unpack it first where it is packed (.zip); else the date tells: k3s-vars token show CLUSTER',
      })
    : new UsageError('K3SV_USAGE', 'there is no such file, and the name has no fingerprint in it', {
        hint: 'copy the snapshot here and name it; else the date tells: k3s-vars token show CLUSTER',
      })
}
