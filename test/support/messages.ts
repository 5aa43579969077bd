/** The `msg` texts that debug tasks printed, in their order. */
export function messagesOf(stdout: string): string[] {
  return [...stdout.matchAll(/"msg": (".*")/g)].map((match) => JSON.parse(match[1]!) as string)
}

/** What Ansible printed, without the line breaks and continuation marks that differ between its versions. */
export function saidBy({
  stdout,
  stderr,
}: {
  readonly stdout: string
  readonly stderr: string
}): string {
  return `${stdout}\n${stderr}`.replace(/\\n/g, ' ').replace(/\s+/g, ' ')
}
