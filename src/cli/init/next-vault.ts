// The vault passwords: those that are missing, and those that Git has or would take.
import { shellWord } from './outcome.js'
import type { NextItem, Outcome } from './outcome.js'
import { isSealed, lacksPassword, passwordFile } from './vault-password.js'

/** Files with passwords are kept out of Git; scripts that fetch one may be in it. */
export function nextVault({ project }: Outcome): NextItem[] {
  const { vault, git } = project
  if (lacksPassword(project) && passwordFile(project) === undefined) {
    const text =
      'no vault password is configured, and a new one would not open what is sealed here: name the former one in ansible.cfg, with vault_password_file or vault_identity_list'
    return [{ about: 'vault', text }]
  }
  return vault.sources.flatMap(({ path, kind, problem }): NextItem[] => {
    if (path === undefined) return []
    const name = project.shown(path)
    if (problem !== undefined) {
      const isLost = kind === undefined && isSealed(project)
      const text = isLost
        ? `bring ${name} back: a new password would not open what is sealed here`
        : `${problem}: correct it, or take it out of ansible.cfg`
      return [{ about: 'vault', text, place: { file: name } }]
    }
    if (kind !== 'file' || name.startsWith('/')) return []
    if (git.isTracked(name)) return [trackedItem(name)]
    if (git.isIgnored(name) || !git.isRepository()) return []
    const text = 'add to .gitignore, which lets Git take the vault password'
    return [{ about: 'git', text, place: { file: '.gitignore' }, lines: [`/${name}`] }]
  })
}

function trackedItem(name: string): NextItem {
  return {
    about: 'git',
    text: `Git has ${name}, and so the vault password has everybody who has the repository: take it out, and seal anew with another one`,
    place: { file: name },
    commands: [`git rm --cached ${shellWord(name)}`],
  }
}
