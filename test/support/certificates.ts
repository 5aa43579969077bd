// Certificates as an operator makes them with openssl: a CA, and what it signs.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Absolute paths of PEM files. */
export interface Certificate {
  readonly cert: string
  readonly key: string
}

export class TestCa {
  readonly folder = mkdtempSync(join(tmpdir(), 'k3s_vars-ca-'))
  readonly cert = join(this.folder, 'ca.crt')
  #made = 0

  constructor() {
    this.#openssl(
      'req',
      '-x509',
      ...KEY,
      '-subj',
      '/CN=test-ca',
      '-days',
      '30',
      '-keyout',
      'ca.key',
      '-out',
      'ca.crt',
    )
  }

  /** @param names as in subjectAltName; empty: a client's */
  sign(commonName: string, names = '', { expired = false } = {}): Certificate {
    const stem = `cert-${++this.#made}`
    const usage = names === '' ? 'clientAuth' : 'serverAuth,clientAuth'
    const extensions = `extendedKeyUsage=${usage}\n${names === '' ? '' : `subjectAltName=${names}\n`}`
    writeFileSync(join(this.folder, `${stem}.ext`), extensions)
    this.#openssl(
      'req',
      ...KEY,
      '-subj',
      `/CN=${commonName}`,
      '-keyout',
      `${stem}.key`,
      '-out',
      `${stem}.csr`,
    )
    const days = expired ? '-1' : '30'
    const by = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', `${stem}.ext`]
    this.#openssl('x509', '-req', '-in', `${stem}.csr`, ...by, '-days', days, '-out', `${stem}.crt`)
    return { cert: join(this.folder, `${stem}.crt`), key: join(this.folder, `${stem}.key`) }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true })
  }

  #openssl(...args: readonly string[]): void {
    execFileSync('openssl', args, { cwd: this.folder, stdio: 'ignore' })
  }
}

const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
