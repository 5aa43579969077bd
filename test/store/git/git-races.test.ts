// Races on a bare repository, of processes that share what was fetched, as those of one machine do.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeRaces } from '../races.js'

describeRaces('a ref of a Git repository', () => {
  const folder = mkdtempSync(join(tmpdir(), 'k3s_vars-git-races-'))
  const remote = join(folder, 'tokens.git')
  execFileSync('git', ['init', '--quiet', '--bare', remote])
  const spec = {
    kind: 'git',
    base: folder,
    timeout: 60_000,
    remote,
    ref: 'refs/k3s_vars/tokens',
  } as const
  return Promise.resolve({
    spec,
    variables: { PATH: process.env['PATH'], HOME: folder },
    close: () => rmSync(folder, { recursive: true }),
  })
})
