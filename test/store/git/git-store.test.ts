// The contract on a bare repository, reached by its path, and from a folder that is in no repository.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openShared } from '../../../src/store/open.js'
import type { GitSpec } from '../../../src/store-spec.js'
import { describeStore } from '../contract.js'

function openBare() {
  const folder = mkdtempSync(join(tmpdir(), 'k3s_vars-git-'))
  const remote = join(folder, 'tokens.git')
  execFileSync('git', ['init', '--quiet', '--bare', remote])
  const spec: GitSpec = {
    kind: 'git',
    base: folder,
    timeout: 60_000,
    remote,
    ref: 'refs/k3s_vars/tokens',
  }
  const environment = {
    variables: { PATH: process.env['PATH'], XDG_CACHE_HOME: join(folder, 'cache') },
    cwd: folder,
    home: undefined,
  }
  return {
    isSealedOnly: true as const,
    connect: () => openShared(spec, { environment, trustedOwners: [] }),
    close: () => rmSync(folder, { recursive: true }),
  }
}

describeStore('a ref of a Git repository', openBare)
