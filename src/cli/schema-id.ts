/**
 * The name of a published form of JSON: docs/json.md. The number is raised where a field goes or changes its meaning.
 * @param name that of the command, with `-reveal` and the like behind it where it answers in several forms; or `error`
 */
export function schemaId(name: string): string {
  return `urn:k3s-vars:${name}:1`
}
