// Loaded into processes of the real program before it (`node --require`). It changes nothing of the program, but the world
// that it runs in: it makes many processes wait for each other at the store's door, and stands for file systems that
// are not at hand. The negative controls are made here, too: the care of the store is taken away call by call.
import fs from 'node:fs'
import { GATE, REPORT } from './world.js'
import type { World } from './world.js'

const words = new Set((process.env['K3S_VARS_PROOF'] ?? '').split(',') as World[])
const { openSync, linkSync, symlinkSync, renameSync, writeFileSync } = fs
const SLOW_MS = 80

if (words.has('gate')) {
  let isPassed = false
  fs.openSync = (path, ...rest) => {
    if (isPassed || !isDocument(path)) return openSync(path, ...rest)
    isPassed = true
    fs.writeSync(REPORT, 'waiting\n')
    fs.readSync(GATE, Buffer.alloc(1))
    try {
      return openSync(path, ...rest)
    } catch (error) {
      fs.writeSync(REPORT, 'absent\n')
      throw error
    }
  }
}
if (words.has('no-hard-links')) fs.linkSync = () => refuse('link')
if (words.has('no-symlinks')) fs.symlinkSync = () => refuse('symlink')
if (words.has('careless-names')) fs.linkSync = (from, to) => fs.copyFileSync(from, to)
if (words.has('no-lock')) {
  fs.symlinkSync = (target, path, type) => {
    if (!String(path).endsWith('.lock')) symlinkSync(target, path, type)
  }
}
if (words.has('no-lock-file')) {
  fs.writeFileSync = (file, data, options) => {
    if (!String(file).endsWith('.lock')) writeFileSync(file, data, options)
  }
}
if (words.has('in-place')) {
  fs.renameSync = (from, to) => writeInPlace(String(from), String(to))
  fs.linkSync = (from, to) => {
    if (fs.existsSync(to)) linkSync(from, to)
    writeInPlace(String(from), String(to))
  }
}
if (words.has('forgetful')) {
  fs.linkSync = () => undefined
  fs.renameSync = () => undefined
}
if (words.has('through-links')) {
  fs.renameSync = (from, to) => {
    if (isDocument(to)) fs.writeFileSync(to, fs.readFileSync(from))
    else renameSync(from, to)
  }
  fs.linkSync = fs.renameSync
}
if (words.has('slow-rename')) {
  fs.renameSync = (from, to) => {
    pause(SLOW_MS)
    renameSync(from, to)
  }
}
if (words.has('swapped-link')) {
  const { linkSync: link, renameSync: rename } = fs
  fs.linkSync = (from, to) => {
    swapIn(String(to))
    link(from, to)
  }
  fs.renameSync = (from, to) => {
    if (isDocument(to)) swapIn(String(to))
    rename(from, to)
  }
}
if (words.has('memory')) {
  process.on('exit', () => fs.writeSync(REPORT, `memory ${process.resourceUsage().maxRSS}\n`))
}
setClock()

function isDocument(path: unknown): boolean {
  return typeof path === 'string' && path.endsWith('/k3s_tokens/prod.yml')
}

function refuse(syscall: string): never {
  throw Object.assign(new Error(`EPERM: ${syscall}`), { code: 'EPERM', errno: -1, syscall })
}

function swapIn(document: string): void {
  symlinkSync('../victim', `${document}.link`)
  renameSync(`${document}.link`, document)
}

function writeInPlace(from: string, to: string): void {
  const bytes = fs.readFileSync(from)
  const descriptor = openSync(to, 'w', 0o600)
  fs.writeSync(descriptor, bytes.subarray(0, bytes.length >> 1))
  pause(SLOW_MS)
  fs.writeSync(descriptor, bytes.subarray(bytes.length >> 1))
  fs.closeSync(descriptor)
}

function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
}

function setClock(): void {
  const YEAR = 366 * 24 * 60 * 60 * 1000
  const real = Date.now
  let looks = 0
  const now = words.has('clock-before-1970')
    ? () => -YEAR
    : words.has('clock-in-2200')
      ? () => Date.UTC(2200, 0, 1)
      : words.has('clock-jumps')
        ? () => real() + (looks++ % 2 === 0 ? -3 : 3) * YEAR
        : undefined
  if (now === undefined) return
  const RealDate = Date
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args: []) => (args.length === 0 ? new target(now()) : new target(...args)),
    get: (target, key) => (key === 'now' ? now : (Reflect.get(target, key) as unknown)),
  })
}
