import type { HostValue, HostVariables } from './host-variables.js'

/** As deep as anybody refers from one variable to another. */
const MOST_STEPS = 5
const REFERENCE = /^\s*\{\{-?\s*([A-Za-z_]\w*)\s*-?\}\}\s*$/

/** The variable that a text consists of as a template: `{{ vault_token }}`; undefined for every other value. */
export function referenceIn(value: HostValue): string | undefined {
  return value.form === 'text' ? REFERENCE.exec(value.text.reveal())?.[1] : undefined
}

/**
 * The value that a template comes to that is the name of a variable alone; any other template, and one whose variable the host
 * does not have, stays as it is.
 * @param isEnd whether a variable is not looked behind
 */
export function followReferences(
  hosts: HostVariables,
  host: string,
  value: HostValue,
  isEnd: (variable: string) => boolean = () => false,
): HostValue {
  let end = value
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const name = referenceIn(end)
    const next = name === undefined || isEnd(name) ? undefined : hosts.valueOf(host, { name })
    if (next === undefined || next.form === 'absent') break
    end = next
  }
  return end
}

/** Whether only a play can tell what a text is. */
export function isTemplate(text: string): boolean {
  return /\{[{%#]/.test(text)
}
