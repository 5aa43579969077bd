/** Variables that may hold a token. They are ours to read and nobody else's, least of all a script's that may log them. */
const WITHHELD = ['K3S_TOKEN', 'K3S_AGENT_TOKEN']

/** The environment for a program that we start: all of ours but the tokens. */
export function childEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !WITHHELD.includes(name)),
  )
}
