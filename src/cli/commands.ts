import type { Command } from './command.js'
import { BOOTSTRAP_CREATE } from './commands/bootstrap-create.js'
import { BOOTSTRAP_DELETE } from './commands/bootstrap-delete.js'
import { BOOTSTRAP_LIST } from './commands/bootstrap-list.js'
import { ADOPT } from './commands/adopt.js'
import { CA_EXPORT } from './commands/ca-export.js'
import { CA_NEW } from './commands/ca-new.js'
import { CA_SHOW } from './commands/ca-show.js'
import { CHECK } from './commands/check.js'
import { COMPLETION } from './commands/completion.js'
import { DRIFT } from './commands/drift.js'
import { EXTRA_VARS } from './commands/extra-vars.js'
import { GROUP_VARS_WRITE } from './commands/group-vars-write.js'
import { INIT } from './commands/init.js'
import { ROTATE } from './commands/rotate.js'
import { SCAN } from './commands/scan.js'
import { STORE_COPY } from './commands/store-copy.js'
import { STORE_REKEY } from './commands/store-rekey.js'
import { STORE_SHOW } from './commands/store-show.js'
import { STATUS } from './commands/status.js'
import { TOKEN_BIND } from './commands/token-bind.js'
import { TOKEN_FOR_SNAPSHOT } from './commands/token-for-snapshot.js'
import { TOKEN_IMPORT } from './commands/token-import.js'
import { TOKEN_INSPECT } from './commands/token-inspect.js'
import { TOKEN_NEW } from './commands/token-new.js'
import { TOKEN_SHOW } from './commands/token-show.js'
import { VERIFY } from './commands/verify.js'
import { VAULT_DECRYPT } from './commands/vault-decrypt.js'
import { VAULT_EDIT } from './commands/vault-edit.js'
import { VAULT_ENCRYPT } from './commands/vault-encrypt.js'
import { VAULT_REKEY } from './commands/vault-rekey.js'
import { VAULT_VIEW } from './commands/vault-view.js'

/** Every command, in the order of the help text. */
export const COMMANDS: readonly Command[] = [
  INIT,
  STATUS,
  CHECK,
  VERIFY,
  DRIFT,
  ADOPT,
  ROTATE,
  SCAN,
  TOKEN_NEW,
  TOKEN_SHOW,
  TOKEN_INSPECT,
  TOKEN_IMPORT,
  TOKEN_BIND,
  TOKEN_FOR_SNAPSHOT,
  STORE_SHOW,
  STORE_COPY,
  STORE_REKEY,
  CA_NEW,
  CA_SHOW,
  CA_EXPORT,
  BOOTSTRAP_CREATE,
  BOOTSTRAP_LIST,
  BOOTSTRAP_DELETE,
  VAULT_ENCRYPT,
  VAULT_DECRYPT,
  VAULT_REKEY,
  VAULT_VIEW,
  VAULT_EDIT,
  EXTRA_VARS,
  GROUP_VARS_WRITE,
  COMPLETION,
]

/** What the words mean that several commands begin with. */
export const GROUPS: Readonly<Record<string, string>> = {
  bootstrap: 'Tokens of a running cluster that join agents for a while, through its API',
  ca: 'Make the CA of a cluster before its first start, and hand it to the first server',
  'group-vars': 'Tokens in sealed group_vars files, for plays without our inventory source',
  store: 'Where the tokens are, how they move to another store, and what seals them',
  token: 'Make, show, inspect, import and bind tokens',
  vault: 'Encrypt, decrypt, rekey, view and edit the files that Ansible reads',
}
