// Who else may write. Linux knows no more of a folder than its owner, its group and everybody; that is enough to tell whether
// what lies there can be taken away or exchanged by somebody whom we do not know.
import type { Stats } from 'node:fs'

const STICKY = 0o1000

/**
 * Whether others than the owner may write: everybody, or a group that is not our own. One of the user's own, as many systems
 * make for each, adds nobody.
 */
export function isOpenToOthers({ mode, gid }: Pick<Stats, 'mode' | 'gid'>): boolean {
  return (mode & 0o002) !== 0 || ((mode & 0o020) !== 0 && gid !== process.getegid!())
}

/** Whether others may rename or remove what is in a folder. In a sticky one, such as /tmp, each may do so to his own alone. */
export function canOthersTakeFrom(folder: Pick<Stats, 'mode' | 'gid'>): boolean {
  return isOpenToOthers(folder) && (folder.mode & STICKY) === 0
}
