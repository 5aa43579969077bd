// Comments that allow a finding: `# k3s-vars: allow RULE[, RULE] reason`, on its line or on the line above it.
import type { Hit } from './finding.js'

const MARK = /k3s-vars: allow +((?:[a-z-]+ *, *)*[a-z-]+)/
const ALONE = /^\s*(?:#|\/\/|;|--|<!--|\/\*)\s*k3s-vars: allow /

/** Whether a comment in `text` allows the hit. */
export function allowedBy(text: string): (hit: Hit) => boolean {
  if (!text.includes('k3s-vars: allow ')) return () => false
  const allowed = new Map<number, readonly string[]>()
  text.split(/\r\n|\n|\r/).forEach((line, index) => {
    const rules = MARK.exec(line)?.[1]?.split(/ *, */)
    if (rules === undefined) return
    const number = ALONE.test(line) ? index + 2 : index + 1
    allowed.set(number, [...(allowed.get(number) ?? []), ...rules])
  })
  return ({ line, rule }) => line !== undefined && (allowed.get(line)?.includes(rule) ?? false)
}
