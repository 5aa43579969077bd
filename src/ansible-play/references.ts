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
  return traceReferences(hosts, host, value, isEnd).value
}

/** As {@link followReferences}, with the variable that has the value; undefined where the text refers to none. */
export function traceReferences(
  hosts: HostVariables,
  host: string,
  value: HostValue,
  isEnd: (variable: string) => boolean,
): { readonly value: HostValue; readonly variable: string | undefined } {
  let end: { value: HostValue; variable: string | undefined } = { value, variable: undefined }
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const variable = referenceIn(end.value)
    if (variable === undefined || isEnd(variable)) break
    const next = hosts.valueOf(host, { name: variable })
    if (next.form === 'absent') break
    end = { value: next, variable }
  }
  return end
}

/** Whether only a play can tell what a text is. */
export function isTemplate(text: string): boolean {
  return /\{[{%#]/.test(text)
}
