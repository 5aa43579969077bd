// What a scenario has measured, for the table in docs/real-k3s.md: a line of JSON each in the file that K3S_VARS_NOTES names.
import { appendFileSync } from 'node:fs'
import { basename } from 'node:path'
import { expect } from '@jest/globals'

/** @param value without a secret, for people */
export function note(what: string, value: number | string): void {
  const notes = process.env['K3S_VARS_NOTES']
  if (notes === undefined) return
  const file = basename(expect.getState().testPath!, '.test.ts')
  appendFileSync(notes, `${JSON.stringify({ file, what, value })}\n`)
}
