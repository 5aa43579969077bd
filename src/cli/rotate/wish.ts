// What a call wants of a rotation, from its options.
import { hostname, userInfo } from 'node:os'
import type { Environment } from '../../environment.js'
import type { Wish } from '../../lifecycle/rotation/situation.js'
import type { Call } from '../command.js'

const ID_BYTES = 3
const MOST_CHARACTERS = 100

/** The rotation that would begin now; where one is under way, its own record counts. */
export function wishOf({ input, io }: Call): Wish {
  const kind = input.has('both') ? 'both' : input.has('agent') ? 'agent' : 'server'
  return {
    rotation: newId(io.now(), io.randomBytes(ID_BYTES)),
    kind,
    ...(input.text('to-form') === 'secure' && { form: 'secure' }),
    ...(!input.has('snapshot') && { snapshots: 'none' }),
    by: whoAsks(io.environment),
  }
}

/** `20261129t223000-1f2e3d`: in small letters, because it becomes a part of the names of snapshots. */
function newId(now: Date, random: Buffer): string {
  const time = now.toISOString().slice(0, 19).replace(/[-:]/g, '').toLowerCase()
  return `${time}-${random.toString('hex')}`
}

/** `anna@ctl-1`, for people alone. */
function whoAsks({ variables }: Environment): string {
  const who = variables['LOGNAME'] ?? variables['USER'] ?? nameOfUser()
  return `${who}@${hostname()}`.replace(/[^ -~]/g, '?').slice(0, MOST_CHARACTERS)
}

function nameOfUser(): string {
  try {
    return userInfo().username
  } catch {
    return 'somebody'
  }
}
