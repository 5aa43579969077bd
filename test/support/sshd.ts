// A real sshd on a port of this machine, for the user who runs the tests, and a client's settings that reach it.
import { execFileSync, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { closedPort } from './ports.js'

const PROGRAM = '/usr/sbin/sshd'
export const NO_SSHD = 'no sshd: the package openssh-server has it'

export function hasSshd(): boolean {
  return existsSync(PROGRAM)
}

export class Sshd {
  readonly folder = mkdtempSync(join(tmpdir(), 'k3s_vars-sshd-'))
  readonly #process: ChildProcess
  readonly port: number

  private constructor(port: number) {
    this.port = port
    for (const name of ['host', 'good', 'stranger']) {
      execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', this.#at(name)])
    }
    // Its place for the time before a login, which the system makes at boot.
    if (process.geteuid!() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 })
    const settings = [
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${this.#at('host')}`,
      `AuthorizedKeysFile ${this.#at('good.pub')}`,
      'StrictModes no',
      'UsePAM no',
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      'PidFile none',
      // Git over ssh alone: what the far user's shell would print is not of interest.
      'PermitRootLogin prohibit-password',
    ]
    writeFileSync(this.#at('sshd_config'), `${settings.join('\n')}\n`)
    const hostKey = execFileSync('cat', [this.#at('host.pub')], { encoding: 'utf8' })
    writeFileSync(this.#at('known'), `[127.0.0.1]:${port} ${hostKey}`)
    writeFileSync(this.#at('unknown'), '')
    this.#process = spawn(PROGRAM, ['-D', '-e', '-f', this.#at('sshd_config')], { stdio: 'ignore' })
  }

  static async start(): Promise<Sshd> {
    const sshd = new Sshd(await closedPort())
    for (let tries = 0; tries < 100; tries++) {
      if (await answers(sshd.port)) return sshd
      await sleep(50)
    }
    throw new Error('sshd did not start')
  }

  /** The URL of a folder of this machine. */
  url(path: string): string {
    return `ssh://${userInfo().username}@127.0.0.1:${this.port}${path}`
  }

  /** The variables of a user who has this key, and knows the host or does not. */
  variables(key: 'good' | 'stranger', hosts: 'known' | 'unknown' = 'known') {
    const settings = [
      'IdentitiesOnly yes',
      `IdentityFile ${this.#at(key)}`,
      `UserKnownHostsFile ${this.#at(hosts)}`,
      'GlobalKnownHostsFile /dev/null',
      'StrictHostKeyChecking ask',
    ]
    const file = this.#at(`config-${key}-${hosts}`)
    writeFileSync(file, `${settings.join('\n')}\n`)
    return { GIT_SSH_COMMAND: `ssh -F ${file}` }
  }

  stop(): void {
    this.#process.kill()
    rmSync(this.folder, { recursive: true })
  }

  #at(name: string): string {
    return join(this.folder, name)
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => (socket.destroy(), resolve(true)))
    socket.once('error', () => resolve(false))
  })
}
