// The vault passwords: those that are missing, and those that Git has or would take.
import { shellWord } from '../../shell-word.js'
import type { GitView } from './git-view.js'
import type { NextItem, Outcome } from './outcome.js'
import { isSealed, lacksPassword, passwordFile } from './vault-password.js'

export function nextVault({ project }: Outcome): NextItem[] {
  const { vault, git } = project
  if (lacksPassword(project) && passwordFile(project) === undefined) {
    const text =
      'name the vault password that sealed what is here in ansible.cfg, with vault_password_file or vault_identity_list; a new one would not open it'
    return [{ about: 'vault', text }]
  }
  const problems = vault.sources.flatMap(({ path, kind, problem }): NextItem[] => {
    if (path === undefined || problem === undefined) return []
    const name = project.shown(path)
    const isLost = kind === undefined && isSealed(project)
    const text = isLost
      ? `bring ${name} back: a new password would not open what is sealed here`
      : `${problem}: correct it, or take it out of ansible.cfg`
    return [{ about: 'vault', text, place: { file: name } }]
  })
  const own = passwordFile(project)
  const files = vault.sources.flatMap(({ path, kind }) =>
    kind === 'file' && path !== undefined ? [project.shown(path)] : [],
  )
  const names = [...new Set([...files, ...(own === undefined ? [] : [own])])]
  return [...problems, ...names.flatMap((name) => gitItems(name, git))]
}

/** Files with passwords are kept out of Git; scripts that fetch one may be in it. */
function gitItems(name: string, git: GitView): NextItem[] {
  if (name.startsWith('/') || !git.isRepository()) return []
  if (git.isTracked(name)) return [trackedItem(name)]
  if (git.isIgnored(name)) return []
  const text = 'add to .gitignore, so that the vault password never gets into Git'
  return [{ about: 'git', text, place: { file: '.gitignore' }, lines: [`/${name}`] }]
}

function trackedItem(name: string): NextItem {
  return {
    about: 'git',
    text: `take ${name} out of Git, and seal everything anew with another password: this one is known to whoever has the repository`,
    place: { file: name },
    commands: [`git rm --cached ${shellWord(name)}`],
  }
}
