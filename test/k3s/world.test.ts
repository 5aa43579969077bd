// The world itself: its hosts answer, and nothing of it outlives whoever holds it, however that ends.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { describeWorld } from '../support/world/each-world.js'
import { World } from '../support/world/world.js'

const HOLDER = `
const { spawn } = require('node:child_process')
const flags = '--mount --propagation private --net --uts --pid --fork --kill-child --mount-proc'.split(' ')
const child = spawn('unshare', [...flags, 'bash', process.argv[1], '1'], { stdio: ['pipe', 'pipe', 2] })
child.stdout.once('data', () => process.stdout.write(String(child.pid)))
`

/** Whether the process is there; a zombie is none. */
function lives(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

describeWorld('a world of hosts', ({ k3s }) => {
  test('has hosts of their own that keep what is theirs when the plug is pulled', async () => {
    const world = await World.start(k3s, 2)
    try {
      expect(world.must(2, 'hostname; cat /proc/1/comm')).toBe('t2\nbash\n')
      expect(world.must(1, 'k3s --version')).toMatch(/^k3s version v1\./)
      world.must(1, 'echo kept >/etc/mark')
      await world.power('off', 1)
      await world.power('on', 1)
      expect(world.must(1, 'cat /etc/mark')).toBe('kept\n')
      expect(world.on(2, 'cat /etc/mark').status).not.toBe(0)
      expect(existsSync('/etc/mark')).toBe(false)
    } finally {
      await world.stop()
    }
  })

  test('is gone within a second when its holder is killed', async () => {
    const script = join(import.meta.dirname, '../support/world/world.sh')
    const holder = spawn(process.execPath, ['-e', HOLDER, script], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { PATH: process.env['PATH'], K3S: k3s },
    })
    const [said] = (await once(holder.stdout, 'data')) as [Buffer]
    const pid = Number(said.toString())
    const inner = Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim())
    expect([pid, inner].map(lives)).toEqual([true, true])
    holder.kill('SIGKILL')
    for (let tries = 0; tries < 20 && (lives(pid) || lives(inner)); tries++)
      await new Promise((resolve) => setTimeout(resolve, 50))
    expect([pid, inner].map(lives)).toEqual([false, false])
    expect(readFileSync('/proc/self/mounts', 'utf8')).not.toContain('/run/w')
  })
})
