// Comments that allow a finding: `# k3s-vars: allow RULE[, RULE] reason`, on its line or on the line above it.
import type { Hit } from './finding.js'

const MARK = 'k3s-vars: allow '
const ALONE = /^\s*(?:#|\/\/|;|--|<!--|\/\*)\s*k3s-vars: allow /

/** Whether a comment in `text` allows the hit. */
export function allowedBy(text: string): (hit: Hit) => boolean {
  if (!text.includes(MARK)) return () => false
  const allowed = new Map<number, Set<string>>()
  text.split(/\r\n|\n|\r/).forEach((line, index) => {
    const start = line.indexOf(MARK)
    if (start < 0) return
    const number = ALONE.test(line) ? index + 2 : index + 1
    const rules = allowed.get(number) ?? new Set()
    for (const rule of rulesIn(line.slice(start + MARK.length))) rules.add(rule)
    allowed.set(number, rules)
  })
  const isAllowedAt = (line: number | undefined, rule: string): boolean =>
    line !== undefined && (allowed.get(line)?.has(rule) ?? false)
  return ({ line, nameLine, rule }) => isAllowedAt(line, rule) || isAllowedAt(nameLine, rule)
}

/** `RULE[, RULE] reason`: each word that a comma follows, and the one behind the last comma. */
function* rulesIn(text: string): Generator<string> {
  for (const part of text.split(',')) {
    const [rule, reason] = part.trim().split(' ', 2)
    if (!/^[a-z-]+/.test(rule!)) return
    yield /^[a-z-]+/.exec(rule!)![0]
    if (reason !== undefined || !/^[a-z-]+$/.test(rule!)) return
  }
}
