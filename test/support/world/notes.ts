// What a scenario has measured, for the table in docs/real-k3s.md: a line of JSON each in the file that K3S_VARS_NOTES names.
import { appendFileSync } from 'node:fs'

export function note(what: string, value: number | string): void {
  const file = process.env['K3S_VARS_NOTES']
  if (file !== undefined) appendFileSync(file, `${JSON.stringify({ what, value })}\n`)
}
