// Which of several sources Ansible cannot read: its programs fail without saying it in a way that may be shown.
import { isOurs } from '../../ansible-play/sources.js'
import { K3sVarsError } from '../../errors.js'
import { isFile, isFolder } from '../../files/look.js'
import type { CheckFinding } from './finding.js'
import type { Play } from './play.js'

/** A list of hosts that needs no file. */
const NO_FILE = 'localhost,'

/** @param failed what is said of the whole */
export async function findFailing(play: Play, failed: CheckFinding): Promise<CheckFinding[]> {
  const { sources } = play
  if (await fails(play, [NO_FILE])) {
    // Also where our own plugin is what fails, or the vault password that Ansible wants first.
    const hint = 'run `ansible-inventory -i localhost, --list` and read what it says'
    return [{ ...failed, message: `${failed.message}, whatever the source`, hint }]
  }
  for (let count = 1; count <= sources.length; count++) {
    if (!(await fails(play, sources.slice(0, count)))) continue
    const source = sources[count - 1]!
    if (!source.includes(',') && !isThere(source)) return [notThere(source)]
    const hint = isOurs(source) ? 'run it with --list and read what it says' : 'correct it'
    const message = 'Ansible cannot read this inventory source'
    return [
      failed,
      { rule: 'source-failed', severity: 'error', message, place: { file: source }, hint },
    ]
  }
  return [failed]
}

function isThere(source: string): boolean {
  return isFile(source) || isFolder(source)
}

/** Ansible only says that it could not parse it. */
function notThere(source: string): CheckFinding {
  return {
    rule: 'source-missing',
    severity: 'error',
    message: 'this inventory source is not there',
    place: { file: source },
    hint: 'name the one that you play with by -i, or under inventory in ansible.cfg',
  }
}

async function fails(play: Play, sources: readonly string[]): Promise<boolean> {
  try {
    await play.programs.inventory({ ...play.arguments, sources })
    return false
  } catch (error) {
    if (error instanceof K3sVarsError) return true
    throw error
  }
}
