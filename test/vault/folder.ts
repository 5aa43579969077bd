// A folder of real files for one test file, removed at its end.
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll } from '@jest/globals'

export interface Folder {
  readonly path: string
  /** Writes a file, with its folders, and answers its absolute path. */
  write(name: string, content: string | Buffer, mode?: number): string
}

export function makeFolder(): Folder {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'k3s-vars-vault-')))
  afterAll(() => rmSync(path, { recursive: true, force: true }))
  return {
    path,
    write(name, content, mode = 0o600) {
      const file = join(path, name)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, content)
      chmodSync(file, mode)
      return file
    },
  }
}
