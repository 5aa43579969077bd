// The policy and the role for controllers, made with the very commands of docs/stores-openbao.md.
import { shellBlocks } from './doc-commands.js'
import type { OpenBao } from './openbao.js'

/** What a controller has in its environment to log in as the role of the docs. */
export type Credentials = Readonly<Record<string, string>>

/** Runs the page's commands; the mount `secret` is there already. */
export function makeRole(bao: OpenBao): Credentials {
  const [mount, policy, role] = shellBlocks('stores-openbao.md')
  if (
    !mount?.includes('secrets enable') ||
    !policy?.includes('policy write') ||
    !role?.includes('approle')
  ) {
    throw new Error('docs/stores-openbao.md has no longer what it had')
  }
  bao.run(policy)
  const commands = role.trim().split('\n')
  const [roleId, secretId] = commands.map((command) => bao.run(command)).slice(-2)
  return { BAO_CACERT: bao.ca.cert, BAO_ROLE_ID: roleId!, BAO_SECRET_ID: secretId! }
}
